import { expect, test } from 'vitest';
import { kraftProperties } from '../../../properties/kraft.ts';
import { holdToCases } from '../holdToCases.ts';
import { judged, told } from '../judge.ts';
import { allCases as cases } from './allCases.ts';
import { byOneCondition, withStaticVoters } from './cases/conditions.ts';
import { handBuiltScope } from './handBuilt.ts';

const properties = kraftProperties(handBuiltScope.config, handBuiltScope.bounds);

holdToCases('the kraft model', properties, cases);

test('everything is said of the scope of the hand-built states', () => {
  expect(properties.filter(({ notApplicable }) => notApplicable !== undefined)).toEqual([]);
});

test('one condition alone decides', () => {
  expect(judged(properties, byOneCondition)).toEqual(told(byOneCondition));
});

test('where the voters are the same for ever, and leaders flush at once', () => {
  const config = { ...handBuiltScope.config, dynamicVoters: false, lateFlush: false };
  const others = kraftProperties(config, handBuiltScope.bounds);
  expect(judged(others, withStaticVoters)).toEqual(told(withStaticVoters));
});
