import { expect, test } from 'vitest';
import type { clientsProperties, clientsQuestions } from '../../../properties/clients.ts';
import { clientsCases } from '../clients/allCases.ts';
import { beforeCases, latestCases } from '../clients/cases/consuming.ts';
import { plainCases } from '../clients/cases/delivery.ts';
import { plainGoalCases } from '../clients/cases/goals.ts';
import { beforeScope, handBuiltScope, latestScope, plainScope } from '../clients/handBuilt.ts';
import { judge } from '../judge.ts';
import { equivalentInClients } from './equivalent.ts';
import { casesOf, isNoticed, survivorsOf, weakenedModule } from './weakened.ts';

test('a hand-built case notices every condition of a property of the clients that is true or false for ever', async () => {
  const folder = 'properties/clients/';
  const weakened = await weakenedModule('properties/clients.ts', folder, ['scopeFacts.ts']);
  const make = weakened.module['clientsProperties'] as typeof clientsProperties;
  const ask = weakened.module['clientsQuestions'] as typeof clientsQuestions;
  const { config, bounds } = handBuiltScope;
  const idempotent = [...make(config, bounds), ...ask(config)];
  const plain = make(plainScope.config, plainScope.bounds);
  const cases = [
    ...casesOf(idempotent, clientsCases, judge),
    ...casesOf(make(beforeScope.config, beforeScope.bounds), beforeCases, judge),
    ...casesOf(make(latestScope.config, latestScope.bounds), latestCases, judge),
    ...casesOf(plain, { ...plainGoalCases, ...plainCases }, judge),
  ];
  expect(isNoticed(cases)).toBe(false);
  expect(weakened.weakenings.length).toBeGreaterThan(150);
  expect(survivorsOf(weakened, cases, folder)).toEqual([...equivalentInClients.keys()]);
});
