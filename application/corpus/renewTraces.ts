import { rmSync } from 'node:fs';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import { overwriteTrace, type StoredTrace } from '../../corpus/folder.ts';
import { specificationOf } from '../tasks/replayTrace.ts';
import type { Renewal } from './renewal.ts';
import { renewTrace } from './renewTrace.ts';
import type { SearchTime } from './searchTime.ts';

/** What became of a trace of the corpus that was to be renewed. */
export interface RenewedTrace extends StoredTrace {
  readonly renewal: Renewal;
  /** Whether the file was removed, because its failure was not found again. */
  readonly pruned: boolean;
}

/** How traces are renewed. */
export interface RenewOptions extends SearchTime {
  /** The models that traces name. */
  readonly models: readonly ModelEntry[];
  /** Remove the files of which the failure is not found again. */
  readonly prune: boolean;
  /** Is told of each as soon as it is done. */
  readonly onRenewed: (renewed: RenewedTrace) => void;
}

/**
 * Renews the traces that are not reproduced as they were recorded, each in its file.
 *
 * @throws TraceError when a file cannot be written; ModelError when a model crashes.
 */
export async function renewTraces(
  stored: readonly StoredTrace[],
  options: RenewOptions,
): Promise<RenewedTrace[]> {
  const all: RenewedTrace[] = [];
  for (const { path, trace } of stored) {
    const renewal = await renewOne(trace, options);
    // What was not searched to the end says nothing.
    if (options.isInterrupted() && renewal.word === 'not found') break;
    const pruned = options.prune && renewal.word === 'not found';
    if (renewal.word === 'renewed') overwriteTrace(path, renewal.trace);
    if (pruned) rmSync(path);
    const renewed = { path, trace, renewal, pruned };
    options.onRenewed(renewed);
    all.push(renewed);
  }
  return all;
}

async function renewOne(
  trace: StoredTrace['trace'],
  { models, ...time }: RenewOptions,
): Promise<Renewal> {
  try {
    return await renewTrace(specificationOf(trace.model, models), trace, time);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { word: 'not found', reason: error.message };
  }
}
