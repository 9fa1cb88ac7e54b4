import { type Cell, cellName } from '../../application/matrix/cell.ts';
import type { Answer, AnsweredCell } from '../../application/matrix/matrix.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { saveTrace } from '../output/saveTrace.ts';

/** An answer with the file of its story instead of that story. */
interface SavedAnswer extends Omit<Answer, 'story'> {
  readonly trace?: string;
}

/** A cell as documents have it. */
export interface SavedCell extends Omit<AnsweredCell, 'answers'> {
  readonly answers: readonly SavedAnswer[];
}

/**
 * The cells with the files that their stories are saved in, if there is a folder for them.
 *
 * @throws UsageError when a file cannot be written.
 */
export function savedMatrix(cells: readonly AnsweredCell[], out: string | undefined): SavedCell[] {
  const stories = new Stories(out);
  return cells.map(cell => ({
    ...cell,
    answers: cell.answers.map(({ story, ...answer }) => {
      const trace = story && stories.keep(cell, answer.property, story);
      return trace === undefined ? answer : { ...answer, trace };
    }),
  }));
}

/** Saves the story of each yes, but not again where one failure has the same story as two. */
class Stories {
  readonly #folder: string | undefined;
  readonly #kept = new Map<string, { readonly steps: number; readonly path: string }>();

  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  keep(cell: Cell, property: string, trace: TraceFile): string | undefined {
    if (this.#folder === undefined) return undefined;
    const key = `${cellName({ ...cell, count: 1, lag: false })}--${property}`;
    const known = this.#kept.get(key);
    const steps = trace.steps.length;
    if (known?.steps === steps) return known.path;
    const path = saveTrace(this.#folder, `${cellName(cell)}--${property}`, trace);
    if (!cell.lag) this.#kept.set(key, { steps, path });
    return path;
  }
}
