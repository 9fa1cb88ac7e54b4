import { clusterEntry } from './cluster.ts';
import { findNamed } from './findNamed.ts';
import { kraftEntry } from './kraft.ts';
import type { ModelEntry } from './modelEntry.ts';
import { replicationEntry } from './replication.ts';

/** The models that there are without a configuration file. */
export const builtInModels: readonly ModelEntry[] = [replicationEntry, kraftEntry, clusterEntry];

/** Every model that can be explored. */
export let catalogue: readonly ModelEntry[] = builtInModels;

/** The configuration file that the catalogue is of; a worker thread reads it again. */
export let catalogueFile: string | undefined;

/** Makes these the models that can be explored, from now on in this thread. */
export function useCatalogue(models: readonly ModelEntry[], file: string | undefined): void {
  catalogue = models;
  catalogueFile = file;
}

/** @throws UsageError naming the models there are. */
export function findModel(name: string): ModelEntry {
  return findNamed('model', name, catalogue);
}
