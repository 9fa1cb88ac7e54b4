import { describe, expect, test } from 'vitest';
import type { AnyProperty } from '../../../checker/model/property.ts';
import { clientsProperties, clientsQuestions } from '../../../properties/clients.ts';
import { judge } from '../judge.ts';
import { deliveryCases, questionCases } from './cases/delivery.ts';
import { goalCases, plainGoalCases } from './cases/goals.ts';
import { numberCases } from './cases/numbers.ts';
import { type Cases, handBuiltScope, plainScope } from './handBuilt.ts';

const cases: Readonly<Record<string, Cases>> = {
  ...deliveryCases,
  ...numberCases,
  ...goalCases,
  ...plainGoalCases,
  ...questionCases,
};

const { config, bounds } = handBuiltScope;
const idempotent = clientsProperties(config, bounds);
const plain = clientsProperties(plainScope.config, plainScope.bounds);
/** Each in a scope of which it says something. */
const properties: readonly AnyProperty[] = [
  ...idempotent.map((property, index) =>
    property.notApplicable === undefined ? property : (plain[index] ?? property),
  ),
  ...clientsQuestions(config),
];

test('every property of the clients is seen to hold and to fail', () => {
  expect(Object.keys(cases).sort()).toEqual(properties.map(({ name }) => name).sort());
  expect(properties.filter(({ notApplicable }) => notApplicable !== undefined)).toEqual([]);
  for (const { good, bad } of Object.values(cases)) {
    expect(Object.keys(good).length).toBeGreaterThan(0);
    expect(Object.keys(bad).length).toBeGreaterThan(0);
  }
});

test('every antecedent is seen to be false', () => {
  for (const property of properties) {
    const hasAntecedent = property.kind !== 'sometimes' && property.when !== undefined;
    const silent = Object.keys(cases[property.name]?.silent ?? {});
    expect([property.name, silent.length > 0]).toEqual([property.name, hasAntecedent]);
  }
});

describe.each(properties)('$name', property => {
  const { good, bad, silent = {} } = cases[property.name] ?? { good: {}, bad: {} };

  test.each(Object.entries(good))('holds when %s', (_, place) => {
    expect(judge(property, place)).toBe(true);
  });

  test.each(Object.entries(bad))('fails when %s', (_, [place, clause]) => {
    expect(judge(property, place)).toBe(clause);
  });

  test.each(Object.entries(silent))('says nothing when %s', (_, place) => {
    expect(judge(property, place)).toBe('nothing');
  });
});
