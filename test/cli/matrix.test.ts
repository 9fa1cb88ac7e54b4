import { describe, expect, it } from 'vitest';
import { cellsOf } from '../../application/matrix/cell.ts';
import { questions } from '../../application/matrix/questions.ts';
import { plain } from '../../checker/trace/renderStyle.ts';
import { matrixText } from '../../cli/matrix/matrixText.ts';
import type { SavedCell } from '../../cli/matrix/savedMatrix.ts';
import { isLong } from '../long.ts';
import { run } from './runInProcess.ts';

/** A cell in which one thing can happen and nothing was explored for it. */
function cellWith(cell: ReturnType<typeof cellsOf>[number], yes: readonly string[]): SavedCell {
  const answers = questions.map(({ property, letter }) => {
    return { property, answer: yes.includes(letter) ? ('yes' as const) : ('no' as const) };
  });
  return { ...cell, answers, distinctStates: 0, depth: 0 };
}

describe('the text of a matrix', () => {
  const layout = { width: 120, style: plain };
  const text = (yes: (last: string) => readonly string[]) =>
    matrixText(
      cellsOf().map(cell => cellWith(cell, yes(cell.last))),
      layout,
    ).join('\n');

  it('says what its letters mean', () => {
    for (const { letter, text: meaning } of questions) {
      expect(text(() => [])).toContain(`${letter}  ${meaning}`);
    }
  });

  it('has one row for releases that follow each other and have the same letters', () => {
    const rows = text(() => ['A']).split('\n');
    const startingWith = (text: string) => rows.filter(row => row.startsWith(text));
    expect(startingWith('0.10 to 3.9 (ZooKeeper)')).toHaveLength(3);
    expect(startingWith('2.8 to 4.4 ')).toHaveLength(3);
    // With unclean election the largest scope is asked of the last releases of each kind.
    expect(startingWith('0.10 to 3.6 (ZooKeeper)')).toHaveLength(2);
    expect(startingWith('4.0 to 4.2 ')).toHaveLength(2);
    // With a minimum of three as well nothing else is, and what lies between is not claimed.
    expect(startingWith('3.8 to 3.9 ')).toHaveLength(3);
    expect(startingWith('4.3 to 4.4 ')).toHaveLength(3);
  });

  it('has a row of its own for releases that have others', () => {
    const rows = text(last => (last === '4.0' ? ['A'] : []));
    for (const row of ['2.8 to 3.9 ', '4.0 ', '4.1 to 4.4 ', '4.0, ELR on']) {
      expect(rows).toContain(`\n${row}`);
    }
  });
});

describe('check --matrix', () => {
  it.each([
    [['check', '--release', '3.9'], 'belongs to --matrix'],
    [['check', '--matrix', '--release', '3.10'], 'expected a Kafka release from 0.10 to 4.4'],
    [['check', '--matrix', '--release', '3.9.1'], 'as 3.8, found "3.9.1"'],
    [['check', '--matrix', 'some.properties'], 'takes no files'],
  ])('ends with 2 for %j', async (argv, words) => {
    const { code, stderr } = await run(argv);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  // All cells of a release take half a minute, however soon each search ends.
  it.runIf(isLong)('ends with 3 when a limit ends a search, and says what is open', async () => {
    const part = ['--release', '2.0', '--time-limit', '1ms'];
    const { code, stdout } = await run(['check', '--matrix', ...part, '--jobs', '1', '--quiet']);
    expect(code).toBe(3);
    expect(stdout).toContain('?  a limit ended the search');
  });
});
