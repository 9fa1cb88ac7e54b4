import { expect, test } from 'vitest';
import type { replicationProperties } from '../../../properties/replication.ts';
import { judge } from '../judge.ts';
import { allCases } from '../replication/allCases.ts';
import { ofProperties } from '../replication/cases/conditions.ts';
import { ofGoals } from '../replication/cases/conditionsOfGoals.ts';
import { inOtherScopes } from '../replication/cases/otherScopes.ts';
import { acrossTopics } from '../replication/cases/topics.ts';
import { handBuiltScope } from '../replication/handBuilt.ts';
import { equivalentInReplication } from './equivalent.ts';
import { casesOf, isNoticed, survivorsOf, tableOf, weakenedModule } from './weakened.ts';

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
  const scope = handBuiltScope;
  const properties = make(scope.config, scope.bounds);
  const cases = [
    ...casesOf(properties, allCases, judge),
    ...tableOf(properties, [...acrossTopics, ...ofProperties, ...ofGoals], judge),
    ...inOtherScopes.flatMap(({ config, bounds, cases: table }) =>
      tableOf(make({ ...scope.config, ...config }, { ...scope.bounds, ...bounds }), table, judge),
    ),
  ];
  expect(isNoticed(cases)).toBe(false);
  expect(weakened.weakenings.length).toBeGreaterThan(800);
  expect(survivorsOf(weakened, cases, folder)).toEqual([...equivalentInReplication.keys()]);
});
