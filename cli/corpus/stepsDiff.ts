import { labelOf } from '../../checker/core/compiledModel.ts';
import { printable } from '../../checker/trace/renderParts.ts';
import type { TraceStep } from '../../checker/trace/traceFile.ts';

/** The steps that only one of two runs has, in order: `- 3  ...` of the old, `+ 3  ...` of the new. */
export function stepsDiff(before: readonly TraceStep[], after: readonly TraceStep[]): string[] {
  const [old, now] = [before.map(textOf), after.map(textOf)];
  const common = commonLengths(old, now);
  const lines: string[] = [];
  let [left, right] = [0, 0];
  while (left < old.length || right < now.length) {
    const [gone, come] = [old[left], now[right]];
    if (gone !== undefined && gone === come) {
      left++;
      right++;
    } else if (
      gone !== undefined &&
      lengthAt(common, left + 1, right) >= lengthAt(common, left, right + 1)
    ) {
      lines.push(`- ${++left}  ${gone}`);
    } else if (come !== undefined) {
      lines.push(`+ ${++right}  ${come}`);
    }
  }
  return lines;
}

function textOf({ action, params, actor }: TraceStep): string {
  return printable(`${actor}  ${labelOf({ name: action, params })}`);
}

function lengthAt(common: readonly (readonly number[])[], left: number, right: number): number {
  return common[left]?.[right] ?? -1;
}

/** For every two ends of the lists, the length of their longest common subsequence. */
function commonLengths(old: readonly string[], now: readonly string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () =>
    new Array<number>(now.length + 1).fill(0),
  );
  for (let left = old.length - 1; left >= 0; left--) {
    const row = table[left] ?? [];
    for (let right = now.length - 1; right >= 0; right--) {
      row[right] =
        old[left] === now[right]
          ? lengthAt(table, left + 1, right + 1) + 1
          : Math.max(lengthAt(table, left + 1, right), lengthAt(table, left, right + 1));
    }
  }
  return table;
}
