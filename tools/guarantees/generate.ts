import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  type Cell,
  cellsOf,
  isSameCell,
  type MatrixSetting,
  settings,
} from '../../application/matrix/cell.ts';
import { exploreMatrix } from '../../application/matrix/exploreMatrix.ts';
import { isOfSetting } from '../../application/matrix/rows.ts';
import { plainProject } from '../../application/project/project.ts';
import { InterruptFlag } from '../../application/tasks/interrupt.ts';
import { type SavedCell, savedMatrix } from '../../cli/matrix/savedMatrix.ts';
import { releasePoints } from '../../models/replication/releases/points.ts';
import { fromRoot } from '../marked.ts';
import { type DefectRuns, runDefect, searchedSpans } from '../releases/defectRuns.ts';

/*
 * Computes the guarantee matrix anew, release by release, and writes docs/guarantees.json and the stories
 * of all answers in a folder outside of the sources; then looks for historic defects, for docs/defects.json.
 * Takes hours; with `--missing` it goes on where it was stopped. `npm run releases` writes the pages, and
 * keeps the stories that they name.
 */
const answersFile = fromRoot('docs/guarantees.json');
const folder = fromRoot('node_modules/.cache/highwater-guarantees');
const goesOn = process.argv.includes('--missing');

if (!goesOn) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
let matrix: SavedCell[] = goesOn && existsSync(answersFile) ? read() : [];
for (const wanted of inParts()) {
  if (wanted.every(cell => matrix.some(known => isSameCell(known, cell)))) continue;
  const surroundings = { project: plainProject(), jobs: 1, interrupt: new InterruptFlag() };
  const { cells } = await exploreMatrix(wanted, {}, surroundings);
  const others = matrix.filter(known => !wanted.some(cell => isSameCell(known, cell)));
  matrix = [...others, ...savedMatrix(cells, folder).map(withNamesOnly)];
  write(matrix);
  const [{ minInsyncReplicas = 0, last = '' } = {}] = wanted;
  process.stderr.write(`min.insync.replicas ${minInsyncReplicas} in ${last} is answered\n`);
}

const runs: DefectRuns[] = [];
for (const span of searchedSpans()) runs.push(await runDefect(span));
writeFileSync(fromRoot('docs/defects.json'), `${JSON.stringify(runs, null, 2)}\n`);

/** What is explored one after the other: the releases under one setting, the most asked for first. */
function inParts(): Cell[][] {
  const weight = ({ minInsyncReplicas, uncleanLeaderElection }: MatrixSetting) =>
    Number(uncleanLeaderElection) + (minInsyncReplicas > 2 ? 2 : 0);
  const inOrder = [...settings].sort((a, b) => weight(a) - weight(b));
  return inOrder.flatMap(setting =>
    releasePoints.map(point => cellsOf([point]).filter(cell => isOfSetting(cell, setting))),
  );
}

function read(): SavedCell[] {
  return JSON.parse(readFileSync(answersFile, 'utf8'));
}

/** A line for each cell, release by release. */
function write(cells: readonly SavedCell[]): void {
  const inOrder = cellsOf().flatMap(cell => cells.find(known => isSameCell(known, cell)) ?? []);
  const lines = inOrder.map(cell => `  ${JSON.stringify(cell)}`);
  writeFileSync(answersFile, `[\n${lines.join(',\n')}\n]\n`);
}

/** The cell with the names of its traces, not the way to them on this machine. */
function withNamesOnly(cell: SavedCell): SavedCell {
  const answers = cell.answers.map(({ trace, ...answer }) =>
    trace === undefined ? answer : { ...answer, trace: basename(trace) },
  );
  return { ...cell, answers };
}
