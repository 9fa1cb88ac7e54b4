import { exploreExhaustively } from 'highwater';
import { modelTest } from 'highwater/vitest';
import { expect, test } from 'vitest';
import { paxos } from './paxos.ts';

modelTest('Paxos', paxos({ values: 2, ballots: 3 }), { runs: 50, maxSteps: 40 });

/** The numbers of states with three ballots are those that TLC finds of Paxos.tla: it takes seconds, and is for long runs. */
const isLong = process.env['HIGHWATER_LONG'] !== undefined;
test.each([
  [2, false, 3921, 23_563],
  [2, true, 443, 2697],
  ...(isLong
    ? ([
        [3, false, 185_369, 1_361_380],
        [3, true, 17_153, 127_002],
      ] as const)
    : []),
] as const)(
  '%s ballots, symmetry %s: %s states',
  async (ballots, symmetry, distinct, generated) => {
    const { model, properties } = paxos({ values: 2, ballots });
    const result = await exploreExhaustively(model, properties, { symmetry });
    expect(result).toMatchObject({ verdict: 'holds', symmetry });
    expect([result.distinctStates, result.generatedStates]).toEqual([distinct, generated]);
  },
);

test('a leader that does not listen lets two values be chosen', async () => {
  const { model, properties } = paxos({ values: 2, ballots: 2, deaf: true });
  const { violations } = await exploreExhaustively(model, properties, { symmetry: true });
  expect(violations[0]?.clause).toBe('value-1 and value-2 are chosen');
  expect(violations[0]?.steps.map(({ name }) => name)).toHaveLength(12);
});
