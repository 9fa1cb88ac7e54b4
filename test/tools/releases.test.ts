import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type Cell,
  cellsOf,
  isSameCell,
  isSameRow,
  scenarioOf,
} from '../../application/matrix/cell.ts';
import { exploreMatrix } from '../../application/matrix/exploreMatrix.ts';
import { lettersOf, looksSafer } from '../../application/matrix/rows.ts';
import { plainProject } from '../../application/project/project.ts';
import { InterruptFlag } from '../../application/tasks/interrupt.ts';
import { replayTrace } from '../../application/tasks/replayTrace.ts';
import { builtInModels as models } from '../../catalogue/models.ts';
import type { SavedCell } from '../../cli/matrix/savedMatrix.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import {
  type DefectRuns,
  outcomeOf,
  runDefect,
  searchedSpans,
} from '../../tools/releases/defectRuns.ts';
import { pagesOf, storiesNamed } from '../../tools/releases/pages.ts';
import { everyFew, isLong } from '../long.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const stories = join(root, 'traces/guarantees');
const matrix: SavedCell[] = JSON.parse(read('docs/guarantees.json'));
const runs: DefectRuns[] = JSON.parse(read('docs/defects.json'));

function answersOf(cell: Cell): SavedCell {
  const found = matrix.find(other => isSameCell(other, cell));
  if (found === undefined) throw new Error(`the matrix has no ${JSON.stringify(cell)}`);
  return found;
}

/** The cells of a release under min.insync.replicas 1, unclean election off, with what was found. */
function cellsIn(kafka: string, zooKeeper: boolean, scenarios: readonly string[]): Cell[] {
  return cellsOf().filter(
    cell =>
      cell.last === kafka &&
      cell.zooKeeper === zooKeeper &&
      !cell.eligibleLeaderReplicas &&
      cell.minInsyncReplicas === 1 &&
      !cell.uncleanLeaderElection &&
      scenarios.includes(cell.scenario),
  );
}

describe('the guarantee matrix', () => {
  it('has an answer to every question in every cell but those with a limit', () => {
    const open = cellsOf().filter(cell => lettersOf(answersOf(cell)).includes('?'));
    expect(open.filter(cell => scenarioOf(cell).maxStates === undefined)).toEqual([]);
    expect(matrix).toHaveLength(cellsOf().length);
  });

  it('has what a part of a scenario shows in the whole', () => {
    for (const cell of matrix.filter(({ scenario }) => scenario === 'power-lag')) {
      const part = matrix.find(other => isSameRow(other, cell) && other.scenario === 'power');
      const yes = (of: SavedCell | undefined) =>
        of?.answers.flatMap(({ property, answer }) => (answer === 'yes' ? property : [])) ?? [];
      expect(yes(cell)).toEqual(expect.arrayContaining(yes(part)));
    }
  });

  // Where a release and the next differ: a bounce is noticed since 2.2 (ZooKeeper), and since 4.0 (KRaft).
  const samples: readonly (readonly [string, boolean, string])[] = [
    ['3.9', false, 'A1RD.'],
    ['2.6', true, '.1...'],
    ['2.1', true, 'A1RD.'],
    ['4.0', false, '.1...'],
  ];
  it.each(everyFew(samples, 4))(
    'is what an exploration of a power loss gives in %s',
    async (kafka, zooKeeper, letters) => {
      const cells = cellsIn(kafka, zooKeeper, ['power']);
      const surroundings = { project: plainProject(), jobs: 1, interrupt: new InterruptFlag() };
      const again = await exploreMatrix(cells, {}, surroundings);
      expect(again.cells.map(lettersOf)).toEqual([letters]);
      for (const { distinctStates, depth, ...cell } of again.cells) {
        const known = answersOf(cell);
        expect([distinctStates, depth]).toEqual([known.distinctStates, known.depth]);
        expect(lettersOf(known)).toBe(letters);
      }
    },
  );

  it('says where a setting only looks safer than a stricter one', () => {
    const [strict] = cellsIn('3.9', false, ['power-lag']);
    if (strict === undefined) throw new Error('no such cell');
    const property = 'acknowledged-records-survive';
    const lost = { ...strict, answers: [{ property, answer: 'yes' as const }] };
    const kept = { ...strict, answers: [{ property, answer: 'no' as const }] };
    const unclean = { ...kept, uncleanLeaderElection: true };
    const higher = { ...kept, minInsyncReplicas: 2 };
    expect(looksSafer(unclean, [lost, unclean])).toEqual(['A']);
    expect(looksSafer(higher, [lost, higher])).toEqual([]);
    expect(looksSafer(kept, [kept, { ...higher, answers: lost.answers }])).toEqual(['A']);
    for (const cell of matrix) {
      if (looksSafer(cell, matrix).length > 0) {
        expect(scenarioOf(cell).bounds.isrShrinks).toBe(1);
      }
    }
  });
});

describe('the pages about releases', () => {
  const pages = pagesOf(
    { matrix, runs, traces: readdirSync(join(root, 'traces')) },
    read('docs/releases.md'),
  );

  it.each(Object.keys(pages))('%s is as it would be written now', path => {
    expect(read(path)).toBe(pages[path]);
  });

  it('name the stories that are kept, and no other', () => {
    expect(storiesNamed(pages)).toEqual(readdirSync(stories).sort());
  });

  it('name stories that replay', () => {
    const files = readdirSync(stories).filter((_, index) => isLong || index % 8 === 0);
    const words = files.map(file => [
      file,
      replayTrace(readTraceFile(join(stories, file)), models).word,
    ]);
    expect(words.filter(([, word]) => word !== 'reproduced')).toEqual([]);
  });
});

describe('a historic defect', () => {
  it('is found in the last release with it, and not in the first without', () => {
    expect(runs.map(({ defect }) => defect)).toEqual(searchedSpans().map(({ defect }) => defect));
    const gone = runs.filter(run => outcomeOf(run) === 'gone');
    expect(gone.length).toBeGreaterThanOrEqual(8);
    for (const { with: before, without } of gone) {
      expect([before.verdict, without?.verdict]).toEqual(['violated', 'holds']);
    }
  });

  const samples = searchedSpans().filter(({ defect }) => defect === 'unnoticed-bounce');
  it.each(samples)('$defect ($version.since) is found so again', async span => {
    const again = await runDefect(span);
    expect(runs).toContainEqual(again);
  });
});
