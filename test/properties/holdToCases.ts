import { describe, expect, test } from 'vitest';
import type { AnyProperty } from '../../checker/model/property.ts';
import { type CasesOf, judge } from './judge.ts';

/**
 * Holds each property to its hand-built cases: there are some in which it holds, some in which it fails, and some in which
 * its antecedent is false if it has one; and it says of each what the case says.
 *
 * @param model - What the properties are of, in the words of the test.
 */
export function holdToCases(
  model: string,
  properties: readonly AnyProperty[],
  cases: Readonly<Record<string, CasesOf<object>>>,
): void {
  test(`every property of ${model} is seen to hold and to fail`, () => {
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
}
