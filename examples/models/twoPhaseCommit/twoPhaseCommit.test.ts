import { exploreExhaustively } from 'highwater';
import { expect, test } from 'vitest';
import { twoPhaseCommit } from './twoPhaseCommit.ts';

// TLC's, from specifications/transaction_commit/manifest.json of github.com/tlaplus/Examples: of TwoPhase.cfg.
test('three managers have the states that TLC counts, and refine a transaction commit', async () => {
  const { model, properties } = twoPhaseCommit({ managers: 3 });
  const result = await exploreExhaustively(model, properties);
  expect(result).toMatchObject({
    verdict: 'holds',
    distinctStates: 288,
    generatedStates: 1146,
    depth: 11,
  });
});

test('a coordinator that waits for a majority alone is no transaction commit', async () => {
  const { model, properties } = twoPhaseCommit({ managers: 3, hasty: true });
  const { violations } = await exploreExhaustively(model, properties, { symmetry: true });
  expect(violations[0]?.clause).toContain('no step of transactionCommit changes managers');
  expect(violations[0]?.steps.map(({ name }) => name)).toHaveLength(6);
});
