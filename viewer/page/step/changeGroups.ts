import { shownPath } from '../../../checker/trace/onlyNode.ts';
import type { TraceChange, TraceJson } from '../../../checker/trace/traceFile.ts';

/** Changes of one part of the state. */
export interface ChangeGroup {
  readonly part: 'protocol' | 'ghost' | 'budget';
  readonly title: string;
  readonly changes: readonly TraceChange[];
}

const titles: Readonly<Record<ChangeGroup['part'], string>> = {
  protocol: 'Changed',
  ghost: 'Remembered for the properties',
  budget: 'Left of the budget',
};

/**
 * The changes of a step by the part of the state that they are in, without its name in their paths, nor
 * those of nodes of which the state has only one.
 */
export function changeGroups(
  changes: readonly TraceChange[],
  state: TraceJson = null,
): ChangeGroup[] {
  const partOf = ({ path }: TraceChange): ChangeGroup['part'] =>
    path.startsWith('ghost.') ? 'ghost' : path.startsWith('budget.') ? 'budget' : 'protocol';
  return (['protocol', 'ghost', 'budget'] as const).flatMap(part => {
    const own = changes
      .filter(change => partOf(change) === part)
      .map(change => ({ ...change, path: withoutPrefix(shownPath(state, change.path), part) }));
    return own.length === 0 ? [] : [{ part, title: titles[part], changes: own }];
  });
}

function withoutPrefix(path: string, part: string): string {
  return path.startsWith(`${part}.`) ? path.slice(part.length + 1) : path;
}
