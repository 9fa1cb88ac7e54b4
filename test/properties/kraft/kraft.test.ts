import { describe, expect, test } from 'vitest';
import { kraftProperties } from '../../../properties/kraft.ts';
import { judge, judged, told } from '../judge.ts';
import { allCases as cases } from './allCases.ts';
import { byOneCondition, withStaticVoters } from './cases/conditions.ts';
import { handBuiltScope } from './handBuilt.ts';

const properties = kraftProperties(handBuiltScope.config, handBuiltScope.bounds);

test('every property of the kraft model is seen to hold and to fail', () => {
  expect(Object.keys(cases).sort()).toEqual(properties.map(({ name }) => name).sort());
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

test('everything is said of the scope of the hand-built states', () => {
  expect(properties.filter(({ notApplicable }) => notApplicable !== undefined)).toEqual([]);
});

test('one condition alone decides', () => {
  expect(judged(properties, byOneCondition)).toEqual(told(byOneCondition));
});

test('where the voters are the same for ever', () => {
  const config = { ...handBuiltScope.config, dynamicVoters: false };
  const others = kraftProperties(config, handBuiltScope.bounds);
  expect(judged(others, withStaticVoters)).toEqual(told(withStaticVoters));
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
