import { cellsOf } from '../../application/matrix/cell.ts';
import { exploreMatrix, type Matrix } from '../../application/matrix/exploreMatrix.ts';
import { questions } from '../../application/matrix/questions.ts';
import type { ReleasePoint } from '../../models/replication/releases/points.ts';
import type { CheckOptions } from '../check/options.ts';
import { exitCodes } from '../exitCodes.ts';
import { limitsOf } from '../options/limits.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';
import { makeOutFolder } from '../output/saveTrace.ts';
import { stylerFor } from '../output/style.ts';
import { withProgress } from '../output/withProgress.ts';
import { matrixText } from './matrixText.ts';
import { savedMatrix } from './savedMatrix.ts';

/**
 * Computes the guarantee matrix: explores every cell of it completely and prints what can be lost.
 *
 * @throws UsageError when the folder for traces cannot be made; ModelError when the model crashes.
 */
export async function runMatrix(
  wanted: readonly ReleasePoint[],
  options: CheckOptions,
  io: CommandIo,
): Promise<void> {
  const { jobs, quiet = false, out, color } = options;
  if (out !== undefined) makeOutFolder(out);
  const shown = {
    quiet,
    title: (cells: number) => `exploring ${cells} cells with ${jobs} jobs`,
    label: ({ done, of }: { readonly done: number; readonly of: number }) =>
      `${done} of ${of} cells done`,
  };
  const matrix = await withProgress(io, shown, onlooker => {
    const { project, interrupt } = io;
    return exploreMatrix(cellsOf(wanted), limitsOf(options), {
      project,
      jobs,
      interrupt,
      ...onlooker,
    });
  });
  const cells = savedMatrix(matrix.cells, out);
  if (options.json) printJson(io.stdout, 'check --matrix', { questions, cells });
  else {
    const layout = { width: io.stdout.columns, style: stylerFor(io.stdout, color) };
    io.stdout.write(`${matrixText(cells, layout).join('\n')}\n`);
  }
  io.finish(exitCodeOf(matrix));
}

function exitCodeOf({ cells, interrupted }: Matrix): number {
  if (interrupted) return exitCodes.interrupted;
  const open = cells.some(({ answers }) => answers.some(({ answer }) => answer === 'open'));
  return open ? exitCodes.inconclusive : exitCodes.holds;
}
