import type { StateKey } from '../checker/core/stateHash.ts';
import { type StateTable, sameKey } from '../checker/core/stateTable.ts';
import { changeOf } from '../checker/exhaustive/sample/changeOf.ts';
import {
  type ExpandedState,
  isSameExpansion,
  successorKeysIn,
} from '../checker/exhaustive/sample/expandedState.ts';
import type { PlainModel } from '../checker/exhaustive/sample/plainModel.ts';
import {
  recordsIn,
  type SampledRecord,
  type SavedSample,
} from '../checker/exhaustive/sample/spotSample.ts';
import { CheckpointError } from './checkpointError.ts';
import type { SavedSearchWithTable } from './checkpointFolder.ts';

/** The most that is said of a state. */
const MOST_LETTERS = 200;

/**
 * Holds a saved search to the model as it is: in the states of its sample, what the model did then and
 * what it does now, what it reads to do so, and whether the table has these states
 * and what follows them.
 *
 * @param plain - The model as it is, with the outcomes of the sample.
 * @throws CheckpointError naming the first state in which there is a difference: one in what is done, if
 * there is any, and else one in what is read.
 */
export function spotCheck({ state, table }: SavedSearchWithTable, plain: PlainModel): void {
  const difference = differenceIn(state.sample, table, plain);
  if (difference === undefined) return;
  throw new CheckpointError(
    'the model does something else than it did when the checkpoint was written, although its ' +
      `sources are the same: ${difference}: begin anew in an empty folder`,
  );
}

function differenceIn(
  sample: SavedSample,
  table: StateTable,
  plain: PlainModel,
): string | undefined {
  const initialState = plain
    .initialKeys()
    .findIndex((key, index) => !isSame(key, sample.initial[index]));
  if (initialState >= 0) return `initial state ${initialState + 1} is another one than it was`;
  let readsElsewhere: string | undefined;
  let index = 0;
  for (const { records, at } of recordsIn(sample, plain.recordLength)) {
    const [was, is] = [sample.expanded[index++] as ExpandedState, plain.expand(records, at)];
    const isAlike = isSameExpansion(was, is);
    const difference =
      (isAlike ? undefined : changeOf(was, is, plain)) ??
      missingIn(table, { records, at }, successorKeysIn(is));
    if (difference !== undefined) return `in ${cut(plain.inWords(records, at))}, ${difference}`;
    if (isAlike || readsElsewhere !== undefined) continue;
    readsElsewhere = `in ${cut(plain.inWords(records, at))}, it depends on other parts of the state`;
  }
  return readsElsewhere;
}

function isSame(a: StateKey, b: StateKey | undefined): boolean {
  return b !== undefined && sameKey(a, b);
}

/** What the table should have and has not: a state and, where it was expanded, what follows it. */
function missingIn(
  table: StateTable,
  { records, at }: SampledRecord,
  successors: readonly StateKey[],
): string | undefined {
  const [low, high] = [records[at] as number, records[at + 1] as number];
  if (!table.has({ low, high })) return 'which is to be among those that were reached, and is not';
  if (!table.isExpanded({ low, high }) || successors.every(key => table.has(key))) return undefined;
  return 'a step leads to a state that was not reached';
}

function cut(text: string): string {
  return text.length <= MOST_LETTERS ? text : `${text.slice(0, MOST_LETTERS - 3)}...`;
}
