import type { AddedTrace } from '../../application/corpus/addTraces.ts';
import { counted } from '../../checker/results/numbers.ts';
import { printable } from '../../checker/trace/renderParts.ts';

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
export function addJson(added: readonly AddedTrace[]) {
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
