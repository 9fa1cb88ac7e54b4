import type { TraceFile } from '../../checker/trace/traceFile.ts';
import type { TaskResult } from '../tasks/task.ts';
import { type Cell, isWithin, scenarioOf } from './cell.ts';
import { acknowledgedByLeader, type Question, questions, readDifferently } from './questions.ts';

/** What a cell says about one question. */
export interface Answer {
  readonly property: string;
  /**
   * `no`: not in the whole scope; `open`: a limit ended the search first; `unasked`: the cell's scope
   * is too small to show it.
   */
  readonly answer: 'yes' | 'no' | 'open' | 'unasked';
  /** The length of the story, where the answer is yes: a shortest one of the scenario that it is of. */
  readonly steps?: number;
  /** The story. */
  readonly story?: TraceFile;
  /** The scenario that the story is of, where a part of this one suffices. */
  readonly of?: string;
}

/** A cell with its answers, and what was explored for them. */
export interface AnsweredCell extends Cell {
  readonly answers: readonly Answer[];
  /** 0 where every answer was known before. */
  readonly distinctStates: number;
  readonly depth: number;
}

/** What came of a cell's explorations; without a result a search was not needed, or not begun. */
export interface Outcomes {
  readonly outcome: TaskResult | undefined;
  /** With a second record sent, where that can be covered. */
  readonly twoRecords?: TaskResult | undefined;
  /** With acks=1 alone, where the others are asked with acks=all alone. */
  readonly byLeader?: TaskResult | undefined;
}

/** What can happen in a cell because it can in a part of its scenario. */
export function knownAnswers(cell: Cell, matrix: readonly AnsweredCell[]): Answer[] {
  const parts = matrix.filter(other => isWithin(other, cell));
  return questions.flatMap(({ property }) => {
    for (const { scenario, answers } of parts) {
      const found = answers.find(each => each.property === property && each.answer === 'yes');
      if (found !== undefined) return [{ of: scenario, ...found }];
    }
    return [];
  });
}

/** The questions that are asked of every state of a cell at once; the others are asked apart. */
export function questionsOf(cell: Cell, known: readonly Answer[]): readonly Question[] {
  const { size } = scenarioOf(cell);
  return questions.filter(
    ({ property }) =>
      property !== readDifferently &&
      (size === 'small' || property !== acknowledgedByLeader) &&
      !known.some(answer => answer.property === property),
  );
}

/** Whether a second record can be sent as well, and the scope still be covered in seconds. */
export function takesTwoRecords(cell: Cell, known: readonly Answer[]): boolean {
  const isKnown = known.some(({ property }) => property === readDifferently);
  return scenarioOf(cell).takesTwoRecords === true && !isKnown;
}

/** Whether acks=1 is asked apart: a story of it is short, and the scope ends with it. */
export function asksByLeader(cell: Cell, known: readonly Answer[]): boolean {
  const isKnown = known.some(({ property }) => property === acknowledgedByLeader);
  return scenarioOf(cell).size === 'large' && !isKnown;
}

/** The answers of a cell, with those that were known before. */
export function answered(
  cell: Cell,
  known: readonly Answer[],
  { outcome, twoRecords, byLeader }: Outcomes,
): AnsweredCell {
  const asked = questionsOf(cell, known);
  const answers = questions.map((question): Answer => {
    const before = known.find(({ property }) => property === question.property);
    if (before !== undefined) return before;
    if (asked.includes(question)) return answerOf(question, outcome);
    if (question.property === acknowledgedByLeader) return answerOf(question, byLeader);
    if (takesTwoRecords(cell, known)) return answerOf(question, twoRecords);
    return { property: question.property, answer: 'unasked' };
  });
  const { distinctStates = 0, depth = 0 } = outcome?.result ?? {};
  return { ...cell, answers, distinctStates, depth };
}

function answerOf({ property }: Question, outcome: TaskResult | undefined): Answer {
  const found = outcome?.result.violations.find(violation => violation.property === property);
  if (found === undefined) {
    const covered = outcome !== undefined && outcome.result.stopped === undefined;
    return { property, answer: covered ? 'no' : 'open' };
  }
  const story = outcome?.traces.find(candidate => candidate.property.name === property);
  const steps = found.steps.length;
  return { property, answer: 'yes', steps, ...(story === undefined ? {} : { story }) };
}
