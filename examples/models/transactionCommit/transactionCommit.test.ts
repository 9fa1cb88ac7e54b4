import { exploreExhaustively, nodeType } from 'highwater';
import { expect, test } from 'vitest';
import { transactionCommit } from './transactionCommit.ts';

// TLC's, from specifications/transaction_commit/manifest.json of github.com/tlaplus/Examples: of TCommit.cfg.
test('three managers have the states that TLC counts', async () => {
  const { model, properties } = transactionCommit(nodeType('manager', 3));
  const result = await exploreExhaustively(model, properties);
  expect(result).toMatchObject({
    verdict: 'holds',
    distinctStates: 34,
    generatedStates: 94,
    depth: 7,
  });
});
