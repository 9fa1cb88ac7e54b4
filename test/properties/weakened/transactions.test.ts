import { expect, test } from 'vitest';
import type {
  transactionsProperties,
  transactionsQuestions,
} from '../../../properties/transactions.ts';
import { judge } from '../judge.ts';
import { transactionsCases } from '../transactions/allCases.ts';
import { firstCases, plainCases } from '../transactions/cases/goals.ts';
import { outboxCases } from '../transactions/cases/processing.ts';
import { firstScope, handBuiltScope, outboxScope, plainScope } from '../transactions/handBuilt.ts';
import { equivalentInTransactions } from './equivalent.ts';
import { casesOf, isNoticed, survivorsOf, weakenedModule } from './weakened.ts';

test('a hand-built case notices every condition of a property of transactions that is true or false for ever', async () => {
  const folder = 'properties/transactions/';
  const apart = ['scopeFacts.ts', 'progress.ts'];
  const weakened = await weakenedModule('properties/transactions.ts', folder, apart);
  const make = weakened.module['transactionsProperties'] as typeof transactionsProperties;
  const ask = weakened.module['transactionsQuestions'] as typeof transactionsQuestions;
  const { config, bounds } = handBuiltScope;
  const cases = [
    ...casesOf([...make(config, bounds), ...ask(config)], transactionsCases, judge),
    ...casesOf(make(firstScope.config, firstScope.bounds), firstCases, judge),
    ...casesOf(make(plainScope.config, plainScope.bounds), plainCases, judge),
    ...casesOf(make(outboxScope.config, outboxScope.bounds), outboxCases, judge),
  ];
  expect(isNoticed(cases)).toBe(false);
  expect(weakened.weakenings.length).toBeGreaterThan(150);
  expect(survivorsOf(weakened, cases, folder)).toEqual([...equivalentInTransactions.keys()]);
});
