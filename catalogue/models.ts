import { clusterEntry } from './cluster.ts';
import { findNamed } from './findNamed.ts';
import { kraftEntry } from './kraft.ts';
import type { ModelEntry } from './modelEntry.ts';
import { replicationEntry } from './replication.ts';

/** The models that there are without a configuration file. */
export const builtInModels: readonly ModelEntry[] = [replicationEntry, kraftEntry, clusterEntry];

/** @throws UsageError naming the models there are. */
export function builtInModel(name: string): ModelEntry {
  return findNamed('model', name, builtInModels);
}
