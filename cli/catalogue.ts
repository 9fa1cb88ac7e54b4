import type { ModelEntry } from './catalogue/modelEntry.ts';
import { replicationEntry } from './catalogue/replication.ts';
import { UsageError } from './errors.ts';

/** Every model that can be explored. */
export const catalogue: readonly ModelEntry[] = [replicationEntry];

/** @throws UsageError naming the models there are. */
export function findModel(name: string): ModelEntry {
  const entry = catalogue.find(candidate => candidate.name === name);
  if (entry === undefined) {
    throw UsageError.unknown(
      'model',
      name,
      catalogue.map(candidate => candidate.name),
    );
  }
  return entry;
}
