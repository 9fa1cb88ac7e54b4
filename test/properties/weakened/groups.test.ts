import { expect, test } from 'vitest';
import type {
  groupsProperties,
  groupsQuestions,
  groupsTemporal,
} from '../../../properties/groups.ts';
import { consumerCases, groupsCases } from '../groups/allCases.ts';
import { sharedGoalCases } from '../groups/cases/goals.ts';
import { consumerProgressCases, progressCases, saysWhatIsDue } from '../groups/cases/progress.ts';
import { consumerScope, handBuiltScope, sharedScope } from '../groups/handBuilt.ts';
import { judge } from '../judge.ts';
import { equivalentInGroups } from './equivalent.ts';
import { casesOf, isNoticed, survivorsOf, weakenedModule } from './weakened.ts';

test('a hand-built case notices every condition of a property of groups that is true or false for ever', async () => {
  const folder = 'properties/groups/';
  const weakened = await weakenedModule('properties/groups.ts', folder, ['scopeFacts.ts']);
  const make = weakened.module['groupsProperties'] as typeof groupsProperties;
  const ask = weakened.module['groupsQuestions'] as typeof groupsQuestions;
  const settle = weakened.module['groupsTemporal'] as typeof groupsTemporal;
  const due = ({ config, bounds }: typeof handBuiltScope) =>
    settle(config, bounds).map(saysWhatIsDue);
  const { config, bounds } = handBuiltScope;
  const cases = [
    ...casesOf([...make(config, bounds), ...ask(config)], groupsCases, judge),
    ...casesOf(make(sharedScope.config, sharedScope.bounds), sharedGoalCases, judge),
    ...casesOf(make(consumerScope.config, consumerScope.bounds), consumerCases, judge),
    ...casesOf(due(handBuiltScope), progressCases, judge),
    ...casesOf(due(consumerScope), consumerProgressCases, judge),
  ];
  expect(isNoticed(cases)).toBe(false);
  expect(weakened.weakenings.length).toBeGreaterThan(100);
  expect(survivorsOf(weakened, cases, folder)).toEqual([...equivalentInGroups.keys()]);
});
