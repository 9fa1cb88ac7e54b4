import { type KeptEvidence, placesIn, type RecordPlace } from '../checker/search/evidence.ts';
import type { Conduct, PlainModel } from '../checker/search/plainModel.ts';
import { type StateKey, type StateTable, sameKey } from '../checker/search/stateTable.ts';
import { CheckpointError } from './checkpointError.ts';
import type { KeptWithTable } from './checkpointFolder.ts';

/** The most that is said of a state. */
const MOST_LETTERS = 200;

/**
 * Holds a search that was kept to the model as it is: in the states that there is evidence of, what the
 * model did then and what it does now, and whether the table has these states and what follows them.
 *
 * @param plain - The model as it is, with the answers of the evidence.
 * @throws CheckpointError naming the first state in which there is a difference.
 */
export function spotCheck({ state, table }: KeptWithTable, plain: PlainModel): void {
  const difference = differenceIn(state.evidence, table, plain);
  if (difference === undefined) return;
  throw new CheckpointError(
    'the model does something else than it did when the checkpoint was written, although its ' +
      `sources are the same: ${difference}: begin anew in an empty folder`,
  );
}

function differenceIn(
  evidence: KeptEvidence,
  table: StateTable,
  plain: PlainModel,
): string | undefined {
  const place = plain
    .initialKeys()
    .findIndex((key, index) => !isSame(key, evidence.initial[index]));
  if (place >= 0) return `initial state ${place + 1} is another one than it was`;
  let index = 0;
  for (const { records, at } of placesIn(evidence, plain.recordLength)) {
    const conduct = evidence.conducts[index++] as Conduct;
    const difference =
      plain.differenceAt(records, at, conduct) ??
      missingIn(table, { records, at }, plain.successorsIn(conduct));
    if (difference !== undefined) return `in ${cut(plain.inWords(records, at))}, ${difference}`;
  }
  return undefined;
}

function isSame(a: StateKey, b: StateKey | undefined): boolean {
  return b !== undefined && sameKey(a, b);
}

/** What the table should have and has not: a state and, where it was expanded, what follows it. */
function missingIn(
  table: StateTable,
  { records, at }: RecordPlace,
  successors: readonly StateKey[],
): string | undefined {
  const [low, high] = [records[at] as number, records[at + 1] as number];
  if (!table.has({ low, high }))
    return 'which is expected to be among those that were reached, and is not';
  if (!table.isExpanded({ low, high }) || successors.every(key => table.has(key))) return undefined;
  return 'a step leads to a state that was not reached';
}

function cut(text: string): string {
  return text.length <= MOST_LETTERS ? text : `${text.slice(0, MOST_LETTERS - 3)}...`;
}
