import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agreedSurvival } from '../../application/quorum/agreed.ts';
import { type QuorumRow, quorumRow } from '../../application/quorum/quorumRow.ts';
import { quorumSurvival } from '../../application/quorum/survival.ts';
import { ModelError } from '../../checker/core/errors.ts';
import { majorityOf } from '../../models/kafkaConfig/quorumArithmetic.ts';
import { kraftDefects } from '../../models/kraft/defects.ts';
import type { KraftDefect, KraftRules } from '../../models/kraft/rules.ts';
import { quorumPage } from '../../tools/quorums/page.ts';
import { isLong } from '../long.ts';

const docs = join(import.meta.dirname, '../../docs');
const rows: QuorumRow[] = JSON.parse(readFileSync(join(docs, 'quorums.json'), 'utf8'));
const sizes = isLong ? [1, 2, 3, 4, 5, 6, 7, 8] : [1, 2, 3, 4, 5, 6];
/** Eight voters take minutes. */
const longest = 3_600_000;

const offByOne = kraftDefects.filter(({ name }) => name === 'majority-off-by-one');

function changed(rules: Partial<KraftRules>): readonly KraftDefect[] {
  return offByOne.map(defect => ({ ...defect, name: 'changed', rules }));
}

describe('what a metadata quorum survives', () => {
  it.each(sizes)(
    'of %i voters is what counting says, and what the page says',
    async voters => {
      const survival = await quorumSurvival(voters);
      expect(survival.survives).toBe(voters - majorityOf(voters));
      for (const { down, commits } of survival.outages) {
        expect([down, commits]).toEqual([down, down <= survival.survives]);
      }
      expect(quorumRow(survival)).toEqual(rows[voters - 1]);
    },
    longest,
  );

  it('was asked for every number of failed voters, with and without the leader', () => {
    expect(rows.map(({ voters }) => voters)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const { voters, outages } of rows) expect(outages).toHaveLength(2 * voters);
  });

  it('is not more for an even number than for the odd one below it', () => {
    const played = rows.map(({ survives }) => survives.played);
    expect(played).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
    expect(rows.map(({ survives }) => survives.counted)).toEqual(played);
  });

  it('is the page in the documentation', () => {
    expect(readFileSync(join(docs, 'quorums.md'), 'utf8')).toBe(quorumPage(rows));
  });
});

describe('playing a quorum with a changed rule', () => {
  it.each([2, 3, 4, 5])('of %i voters survives one more if half is a majority', async voters => {
    expect(offByOne).toHaveLength(1);
    const { survives } = await quorumSurvival(voters, offByOne);
    expect(survives).toBe(voters - majorityOf(voters) + 1);
    const error: unknown = await agreedSurvival(voters, offByOne).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({ message: expect.stringContaining('one of them is wrong') });
    const steps = error instanceof ModelError ? error.steps.map(({ name }) => name) : [];
    expect(steps.filter(name => name === 'crash')).toHaveLength(survives);
    expect(steps.filter(name => name === 'append')).toHaveLength(2);
  });

  it('survives nothing if all voters must agree', async () => {
    const all = changed({ majorityOf: voters => voters });
    const { survives, outages } = await quorumSurvival(3, all);
    expect(survives).toBe(0);
    expect(outages.filter(({ commits }) => commits).map(({ down }) => down)).toEqual([0]);
    await expect(agreedSurvival(3, all)).rejects.toThrow('survives 0 by playing and 1 by counting');
  });

  it('notices a leader that is elected and commits nothing', async () => {
    const first = changed({ majorityOf: () => 1, mayCommit: offset => offset <= 2 });
    const { survives, outages } = await quorumSurvival(2, first);
    expect(survives).toBe(-1);
    expect(outages.filter(({ explored }) => explored?.elects)).not.toEqual([]);
  });
});
