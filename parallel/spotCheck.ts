import { type Conduct, isSameConduct, successorsIn } from '../checker/exhaustive/sample/conduct.ts';
import { changeOf } from '../checker/exhaustive/sample/conductChange.ts';
import {
  type KeptEvidence,
  placesIn,
  type RecordPlace,
} from '../checker/exhaustive/sample/evidence.ts';
import type { PlainModel } from '../checker/exhaustive/sample/plainModel.ts';
import { type StateKey, type StateTable, sameKey } from '../checker/exhaustive/stateTable.ts';
import { CheckpointError } from './checkpointError.ts';
import type { KeptWithTable } from './checkpointFolder.ts';

/** The most that is said of a state. */
const MOST_LETTERS = 200;

/**
 * Holds a search that was kept to the model as it is: in the states that there is evidence of, what the
 * model did then and what it does now, what it looks at to do so, and whether the table has these states
 * and what follows them.
 *
 * @param plain - The model as it is, with the answers of the evidence.
 * @throws CheckpointError naming the first state in which there is a difference: one in what is done, if
 * there is any, and else one in what is looked at.
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
  let looksElsewhere: string | undefined;
  let index = 0;
  for (const { records, at } of placesIn(evidence, plain.recordLength)) {
    const [was, is] = [evidence.conducts[index++] as Conduct, plain.conductAt(records, at)];
    const isAlike = isSameConduct(was, is);
    const difference =
      (isAlike ? undefined : changeOf(was, is, plain)) ??
      missingIn(table, { records, at }, successorsIn(is));
    if (difference !== undefined) return `in ${cut(plain.inWords(records, at))}, ${difference}`;
    if (isAlike || looksElsewhere !== undefined) continue;
    looksElsewhere = `in ${cut(plain.inWords(records, at))}, it depends on other parts of the state`;
  }
  return looksElsewhere;
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
  if (!table.has({ low, high })) return 'which is to be among those that were reached, and is not';
  if (!table.isExpanded({ low, high }) || successors.every(key => table.has(key))) return undefined;
  return 'a step leads to a state that was not reached';
}

function cut(text: string): string {
  return text.length <= MOST_LETTERS ? text : `${text.slice(0, MOST_LETTERS - 3)}...`;
}
