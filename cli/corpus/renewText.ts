import type { RenewedTrace } from '../../application/corpus/renewTraces.ts';
import { counted } from '../../checker/results/numbers.ts';
import { printable } from '../../checker/trace/renderParts.ts';
import { stepsDiff } from './stepsDiff.ts';

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
export function renewedJson(all: readonly RenewedTrace[]) {
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
