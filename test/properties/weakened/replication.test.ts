import { expect, test } from 'vitest';
import type { replicationProperties } from '../../../properties/replication.ts';
import { allCases } from '../replication/allCases.ts';
import { handBuiltScope, judge } from '../replication/handBuilt.ts';
import { unnoticed } from './unnoticed.ts';
import { casesOf, isNoticed, survivorsOf, weakenedModule } from './weakened.ts';

/** How partitions are made properties of the model, what must happen at some time, questions, goals of several. */
const apart = [
  'everyPartition.ts',
  'progress.ts',
  'questions.ts',
  'availability.ts',
  'severalPartitions.ts',
  'leaderImbalance.ts',
  'scopeFacts.ts',
];

test('a hand-built case notices every condition of a property that is true or false for ever', async () => {
  const folder = 'properties/replication/';
  const weakened = await weakenedModule('properties/replication.ts', folder, apart);
  const make = weakened.module['replicationProperties'] as typeof replicationProperties;
  const properties = make(handBuiltScope.config, handBuiltScope.bounds);
  const cases = casesOf(properties, allCases, judge);
  expect(isNoticed(cases)).toBe(false);
  expect(weakened.weakenings.length).toBeGreaterThan(800);
  const names = survivorsOf(weakened, cases, folder);
  expect(names.filter(name => !unnoticed.has(name))).toEqual([]);
  expect([...unnoticed].filter(name => !names.includes(name))).toEqual([]);
});
