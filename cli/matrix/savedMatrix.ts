import { cellName } from '../../application/matrix/cell.ts';
import type { Answer, AnsweredCell } from '../../application/matrix/matrix.ts';
import { saveTrace } from '../output/saveTrace.ts';

/** An answer with the file of its story instead of that story. */
export interface SavedAnswer extends Omit<Answer, 'story'> {
  readonly trace?: string;
}

/** A cell as documents have it. */
export interface SavedCell extends Omit<AnsweredCell, 'answers'> {
  readonly answers: readonly SavedAnswer[];
}

/**
 * The cells with the files that their stories are saved in, if there is a folder for them. A story that
 * answers several cells is saved once.
 *
 * @throws UsageError when a file cannot be written.
 */
export function savedMatrix(cells: readonly AnsweredCell[], out: string | undefined): SavedCell[] {
  const saved = new Map<string, string>();
  return cells.map(cell => ({
    ...cell,
    answers: cell.answers.map(({ story, ...answer }) => {
      if (story === undefined || out === undefined) return answer;
      const { of: scenario = cell.scenario, property } = answer;
      const name = `${cellName({ ...cell, scenario })}--${property}`;
      const trace = saved.get(name) ?? saveTrace(out, name, story);
      saved.set(name, trace);
      return { ...answer, trace };
    }),
  }));
}
