import { clusterEntry } from './catalogue/cluster.ts';
import { findNamed } from './catalogue/findNamed.ts';
import { kraftEntry } from './catalogue/kraft.ts';
import type { ModelEntry } from './catalogue/modelEntry.ts';
import { replicationEntry } from './catalogue/replication.ts';

/** Every model that can be explored. */
export const catalogue: readonly ModelEntry[] = [replicationEntry, kraftEntry, clusterEntry];

/** @throws UsageError naming the models there are. */
export function findModel(name: string): ModelEntry {
  return findNamed('model', name, catalogue);
}
