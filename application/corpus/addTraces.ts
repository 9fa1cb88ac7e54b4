import type { ReplayOutcome } from '../../checker/replay/replayOutcome.ts';
import { counted } from '../../checker/results/numbers.ts';
import { printable } from '../../checker/trace/renderParts.ts';
import { type Addition, addTrace, type StoredTrace, tracesIn } from '../../corpus/folder.ts';
import type { SearchTime } from './searchTime.ts';
import { shortenReproduced } from './shortenReproduced.ts';

/** What became of a trace that was to be added. */
export interface AddedTrace extends StoredTrace {
  /** Absent where it is not reproduced, and so was not added. */
  readonly addition?: Addition;
  readonly outcome: ReplayOutcome;
}

/**
 * Shortens each trace and adds it to the folder, unless it is not reproduced or the folder has one of
 * the same failure signature that is not longer.
 *
 * @throws TraceError when the folder cannot be read or written; ModelError when a model crashes.
 */
export async function addTraces(
  folder: string,
  given: readonly StoredTrace[],
  time: SearchTime,
): Promise<AddedTrace[]> {
  const added: AddedTrace[] = [];
  for (const stored of given) {
    const { outcome, shortened: trace } = await shortenReproduced(stored.trace, time);
    if (trace === undefined) {
      added.push({ ...stored, outcome });
      continue;
    }
    // Read anew each time: one that was just added is a rival of the next.
    const addition = addTrace(folder, trace, tracesIn(folder));
    added.push({ path: stored.path, trace, outcome, addition });
  }
  return added;
}

/** What became of each, one line for a trace. */
export function addText(added: readonly AddedTrace[]): string {
  return added.map(one => `${printable(lineOf(one))}\n`).join('');
}

function lineOf({ path, trace, outcome, addition }: AddedTrace): string {
  if (addition === undefined) return `${path}: not added: ${outcome.word}: ${outcome.reason}`;
  const steps = counted(trace.steps.length, 'step');
  switch (addition.word) {
    case 'added':
      return `${path}: added as ${addition.path}, ${steps}`;
    case 'replaced': {
      const before = addition.before.steps.length;
      return `${path}: replaces ${addition.path}, ${steps} instead of ${before}`;
    }
    case 'refused': {
      const there = counted(addition.before.steps.length, 'step');
      return `${path}: refused: ${addition.path} shows the same failure in ${there}, this in ${steps}`;
    }
  }
}

/** The same as a JSON document has it. */
export function addJson(added: readonly AddedTrace[]): object {
  return {
    traces: added.map(({ path, trace, outcome, addition }) => ({
      file: path,
      outcome: outcome.word,
      reason: outcome.reason,
      steps: trace.steps.length,
      result: addition?.word ?? 'not added',
      path: addition?.path ?? null,
    })),
  };
}
