import { expect, test } from 'vitest';
import type { kraftProperties } from '../../../properties/kraft.ts';
import { allCases } from '../kraft/allCases.ts';
import { handBuiltScope, judge } from '../kraft/handBuilt.ts';
import { unnoticedOfKraft } from './unnoticedOfKraft.ts';
import { casesOf, isNoticed, survivorsOf, weakenedModule } from './weakened.ts';

/** What must happen at some time, questions, and what a scope has. */
const apart = ['progress.ts', 'questions.ts', 'scopeFacts.ts'];

test('a hand-built case notices every condition of a property of the quorum that is true or false for ever', async () => {
  const folder = 'properties/kraft/';
  const weakened = await weakenedModule('properties/kraft.ts', folder, apart);
  const make = weakened.module['kraftProperties'] as typeof kraftProperties;
  const properties = make(handBuiltScope.config, handBuiltScope.bounds);
  const cases = casesOf(properties, allCases, judge);
  expect(isNoticed(cases)).toBe(false);
  expect(weakened.weakenings.length).toBeGreaterThan(350);
  const names = survivorsOf(weakened, cases, folder);
  expect(names.filter(name => !unnoticedOfKraft.has(name))).toEqual([]);
  expect([...unnoticedOfKraft].filter(name => !names.includes(name))).toEqual([]);
});
