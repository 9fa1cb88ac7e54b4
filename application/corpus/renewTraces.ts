import { rmSync } from 'node:fs';
import { UsageError } from '../../catalogue/usageError.ts';
import { counted } from '../../checker/results/numbers.ts';
import { printable } from '../../checker/trace/renderParts.ts';
import { stepsDiff } from '../../cli/corpus/stepsDiff.ts';
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

async function renewOne(trace: StoredTrace['trace'], time: SearchTime): Promise<Renewal> {
  try {
    return await renewTrace(specificationOf(trace.model), trace, time);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { word: 'not found', reason: error.message };
  }
}

/** What became of a trace, with the steps that are not what they were; nothing if it is unchanged. */
export function renewedText({ path, trace, renewal, pruned }: RenewedTrace): string {
  switch (renewal.word) {
    case 'unchanged':
      return '';
    case 'not found': {
      const fate = pruned ? 'the file is removed' : 'the file is left as it is';
      return `${printable(`${path}: not found again: ${renewal.reason}; ${fate}`)}\n`;
    }
    case 'renewed': {
      const now = counted(renewal.trace.steps.length, 'step');
      const head = `${path}: renewed by ${renewal.by}, ${now} (${trace.steps.length} before)`;
      const diff = stepsDiff(trace.steps, renewal.trace.steps).map(line => `  ${line}`);
      const same = diff.length === 0 ? ['  the same steps, in other states'] : diff;
      return [printable(head), ...same].map(line => `${line}\n`).join('');
    }
  }
}

/** The same, of all, as a JSON document has it. */
export function renewedJson(all: readonly RenewedTrace[]): object {
  return {
    traces: all.map(({ path, trace, renewal, pruned }) => ({
      file: path,
      result: renewal.word,
      by: renewal.word === 'renewed' ? renewal.by : null,
      reason: renewal.word === 'not found' ? renewal.reason : null,
      before: trace.steps.length,
      after: renewal.word === 'renewed' ? renewal.trace.steps.length : null,
      diff: renewal.word === 'renewed' ? stepsDiff(trace.steps, renewal.trace.steps) : [],
      pruned,
    })),
  };
}
