import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Cell, cellsOf, isSameCell } from '../../application/matrix/cell.ts';
import { taskOf } from '../../application/matrix/exploreMatrix.ts';
import { answered } from '../../application/matrix/matrix.ts';
import { questions, readDifferently } from '../../application/matrix/questions.ts';
import { plainProject } from '../../application/project/project.ts';
import { replayTrace } from '../../application/tasks/replayTrace.ts';
import { runTask } from '../../application/tasks/runTask.ts';
import { builtInModels as models } from '../../catalogue/models.ts';
import { plain } from '../../checker/trace/renderStyle.ts';
import { lettersOf } from '../../cli/matrix/letters.ts';
import { matrixText } from '../../cli/matrix/matrixText.ts';
import type { SavedCell } from '../../cli/matrix/savedMatrix.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { generations } from '../../models/replication/generation.ts';
import { matrixPage } from '../../tools/guarantees/page.ts';
import { run } from './runInProcess.ts';

const docs = join(import.meta.dirname, '../../docs');
const stories = join(import.meta.dirname, '../../traces/guarantees');
const matrix: SavedCell[] = JSON.parse(readFileSync(join(docs, 'guarantees.json'), 'utf8'));
const isLong = process.env['HIGHWATER_LONG'] !== undefined;

function answersOf(cell: Cell): SavedCell {
  const found = matrix.find(other => isSameCell(other, cell));
  if (found === undefined) throw new Error(`the matrix has no ${JSON.stringify(cell)}`);
  return found;
}

describe('the guarantee matrix', () => {
  it('has an answer to every question in every cell', () => {
    expect(cellsOf().map(cell => lettersOf(answersOf(cell)))).not.toContain('?');
    expect(matrix).toHaveLength(cellsOf().length);
    expect(matrix.filter(cell => lettersOf(cell).includes('?'))).toEqual([]);
  });

  it('is the page in the documentation', () => {
    const page = readFileSync(join(docs, 'guarantees.md'), 'utf8');
    expect(page).toBe(matrixPage(matrix, '../traces/guarantees'));
  });

  it('names a story for everything that can be lost, and no other', () => {
    const named = matrix.flatMap(({ answers }) =>
      answers.flatMap(({ answer, trace }) => {
        expect(trace === undefined).toBe(answer !== 'yes');
        return trace === undefined ? [] : [trace];
      }),
    );
    expect([...new Set(named)].sort()).toEqual(readdirSync(stories).sort());
  });

  it('has stories that replay', () => {
    const files = readdirSync(stories).filter((_, index) => isLong || index % 8 === 0);
    const words = files.map(file => [
      file,
      replayTrace(readTraceFile(join(stories, file)), models).word,
    ]);
    expect(words.filter(([, word]) => word !== 'reproduced')).toEqual([]);
  });

  it('is what an exploration of a cell gives', async () => {
    const cell = cellsOf(['kip-101']).find(({ failure }) => failure === 'diskLosses');
    if (cell === undefined) throw new Error('there is no such cell');
    const outcome = await runTask(taskOf(cell, {}), plainProject());
    const again = answered(cell, { outcome });
    const known = answersOf(cell);
    const asked = (of: Pick<SavedCell, 'answers'>) =>
      of.answers.filter(({ property }) => property !== readDifferently).map(({ answer }) => answer);
    expect(asked(again)).toEqual(asked(known));
    expect(again.distinctStates).toBe(known.distinctStates);
    expect(again.depth).toBe(known.depth);
  });

  it('prints a table for each generation, and what its letters mean', () => {
    const layout = { width: 100, style: plain };
    const text = matrixText(matrix, layout).join('\n');
    for (const { letter, text: meaning } of questions)
      expect(text).toContain(`${letter}  ${meaning}`);
    for (const generation of generations) expect(text).toContain(`${generation}\n`);
  });
});

describe('check --matrix', () => {
  it.each([
    [['check', '--generation', 'current'], 'belongs to --matrix'],
    [['check', '--matrix', '--generation', 'curent'], 'did you mean "current"?'],
    [['check', '--matrix', 'some.properties'], 'takes no files'],
  ])('ends with 2 for %j', async (argv, words) => {
    const { code, stderr } = await run(argv);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  // All cells of a generation take half a minute, however soon each search ends.
  it.runIf(isLong)('ends with 3 when a limit ends a search, and says what is open', async () => {
    const part = ['--generation', 'kip-101', '--time-limit', '1ms'];
    const { code, stdout } = await run(['check', '--matrix', ...part, '--jobs', '1', '--quiet']);
    expect(code).toBe(3);
    expect(stdout).toContain('?  a limit ended the search');
  });
});
