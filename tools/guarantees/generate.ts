import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SavedCell } from '../../cli/matrix/savedMatrix.ts';
import { matrixPage } from './page.ts';

/*
 * Computes the whole guarantee matrix anew and writes docs/guarantees.json, docs/guarantees.md and the
 * stories in traces/guarantees. Takes the better part of an hour on two cores; with `--page` only the
 * page is written, from the answers that are there.
 */
const fromHere = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const answersFile = fromHere('docs/guarantees.json');
const folder = fromHere('traces/guarantees');

if (!process.argv.includes('--page')) {
  rmSync(folder, { recursive: true, force: true });
  const argv = ['check', '--matrix', '--json', '--out', folder];
  const stdout = execFileSync(process.execPath, [fromHere('cli/highwater.mjs'), ...argv], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { cells }: { cells: SavedCell[] } = JSON.parse(stdout);
  const lines = cells.map(cell => `  ${JSON.stringify(withNamesOnly(cell))}`);
  writeFileSync(answersFile, `[\n${lines.join(',\n')}\n]\n`);
}

const matrix: SavedCell[] = JSON.parse(readFileSync(answersFile, 'utf8'));
writeFileSync(fromHere('docs/guarantees.md'), matrixPage(matrix, '../traces/guarantees'));

/** The cell with the names of its traces, not the way to them on this machine. */
function withNamesOnly(cell: SavedCell): SavedCell {
  const answers = cell.answers.map(({ trace, ...answer }) =>
    trace === undefined ? answer : { ...answer, trace: basename(trace) },
  );
  return { ...cell, answers };
}
