import type { TraceFile } from '../../checker/trace/traceFile.ts';
import type { TaskResult } from '../tasks/task.ts';
import { type Cell, hasTwoRecords, isSameCell } from './cell.ts';
import { ofOneFailure, type Question, questions, readDifferently } from './questions.ts';

/** What a cell says about one question. */
export interface Answer {
  readonly property: string;
  /**
   * `no`: not in the whole scope; `open`: a limit ended the search first; `unasked`: the cell's scope
   * is too small to show it.
   */
  readonly answer: 'yes' | 'no' | 'open' | 'unasked';
  /** The length of the shortest story, where the answer is yes. */
  readonly steps?: number;
  /** That story. */
  readonly story?: TraceFile;
}

/** A cell with its answers, and what was explored for them. */
export interface AnsweredCell extends Cell {
  readonly answers: readonly Answer[];
  readonly distinctStates: number;
  readonly depth: number;
}

/** What came of a cell's explorations; without a result a search was not begun. */
export interface Outcomes {
  readonly outcome: TaskResult | undefined;
  /** With a second record sent, where that can be covered. */
  readonly twoRecords?: TaskResult | undefined;
}

/** The answers of a cell; without a result its search was not begun. */
export function answered(cell: Cell, { outcome, twoRecords }: Outcomes): AnsweredCell {
  const result = outcome?.result;
  return {
    ...cell,
    answers: questions.map(question => {
      if (question.property !== readDifferently) return answerOf(question, outcome);
      if (hasTwoRecords(cell)) return answerOf(question, twoRecords);
      return { property: readDifferently, answer: 'unasked' };
    }),
    distinctStates: result?.distinctStates ?? 0,
    depth: result?.depth ?? 0,
  };
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

/**
 * The cell, and what was asked of one failure only answered as there: what one failure can do, two
 * can.
 */
export function withAnswersOfOneFailure(
  cell: AnsweredCell,
  matrix: readonly AnsweredCell[],
): AnsweredCell {
  if (cell.count === 1) return cell;
  const one = matrix.find(other => isSameCell(other, { ...cell, count: 1 }));
  const answers = cell.answers.map(
    own =>
      (own.property === ofOneFailure &&
        one?.answers.find(({ property }) => property === own.property)) ||
      own,
  );
  return { ...cell, answers };
}
