import type { Cell } from '../matrix/cell.ts';
import { exploreMatrix, type Matrix } from '../matrix/exploreMatrix.ts';
import { type WorkOptions, working } from './options.ts';

/**
 * Explores cells of the guarantee matrix completely, and answers in each what can be lost there, as
 * `highwater check --matrix` does of all. A cell takes some seconds; `cellsOf` lists them.
 *
 * @throws ModelError when the model crashes.
 */
export function exploreCells(cells: readonly Cell[], options: WorkOptions = {}): Promise<Matrix> {
  return working(options, ({ surroundings, limits }) => exploreMatrix(cells, limits, surroundings));
}
