import { expect, test } from 'vitest';
import type { kraftProperties } from '../../../properties/kraft.ts';
import { judge } from '../judge.ts';
import { allCases } from '../kraft/allCases.ts';
import { byOneCondition, withStaticVoters } from '../kraft/cases/conditions.ts';
import { handBuiltScope } from '../kraft/handBuilt.ts';
import { equivalentInKraft } from './equivalent.ts';
import { casesOf, isNoticed, survivorsOf, tableOf, weakenedModule } from './weakened.ts';

/** What must happen at some time, questions, and what a scope has. */
const apart = ['progress.ts', 'questions.ts', 'scopeFacts.ts'];

test('a hand-built case notices every condition of a property of the quorum that is true or false for ever', async () => {
  const folder = 'properties/kraft/';
  const weakened = await weakenedModule('properties/kraft.ts', folder, apart);
  const make = weakened.module['kraftProperties'] as typeof kraftProperties;
  const properties = make(handBuiltScope.config, handBuiltScope.bounds);
  const config = { ...handBuiltScope.config, dynamicVoters: false, lateFlush: false };
  const cases = [
    ...casesOf(properties, allCases, judge),
    ...tableOf(properties, byOneCondition, judge),
    ...tableOf(make(config, handBuiltScope.bounds), withStaticVoters, judge),
  ];
  expect(isNoticed(cases)).toBe(false);
  expect(weakened.weakenings.length).toBeGreaterThan(350);
  expect(survivorsOf(weakened, cases, folder)).toEqual([...equivalentInKraft.keys()]);
});
