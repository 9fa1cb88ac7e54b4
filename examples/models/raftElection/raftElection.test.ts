import { exploreExhaustively } from 'highwater';
import { modelTest } from 'highwater/vitest';
import { expect, test } from 'vitest';
import { raftElection } from './raftElection.ts';

modelTest('an election with a crash', raftElection({ crashes: 1 }));

test.each([
  [3, 2, 1],
  [4, 1, 1],
  [5, 1, 0],
])('%s servers, %s terms, %s crashes: one leader a term', async (servers, terms, crashes) => {
  const { model, properties } = raftElection({ servers, terms, crashes });
  const [claim] = properties;
  if (claim === undefined) throw new Error('no property');
  const result = await exploreExhaustively(model, [claim], { symmetry: true });
  expect(result.verdict).toBe('holds');
});

test('a server that forgets its vote gives it twice', async () => {
  const { model, properties } = raftElection({ crashes: 1, keepsVote: false });
  const { violations } = await exploreExhaustively(model, properties, { symmetry: true });
  const [violation] = violations;
  expect(violation?.property).toBe('one-leader-per-term');
  expect(violation?.shortest).toBe(true);
  expect(violation?.steps.map(({ name }) => name).sort()).toEqual(
    ['crash', 'lead', 'lead', 'timeOut', 'timeOut', 'vote', 'vote'].sort(),
  );
});

test('votes are split where each server stands for itself', async () => {
  const { model, properties } = raftElection();
  const { witnesses } = await exploreExhaustively(model, properties, { symmetry: true });
  expect(witnesses.map(({ property }) => property)).toEqual(['split-vote']);
  expect(witnesses[0]?.steps.map(({ name }) => name)).toEqual(['timeOut', 'timeOut', 'timeOut']);
});
