import { describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import type { AnyProperty } from '../../../checker/model/property.ts';
import { memberDefects } from '../../../models/groups/defects/member.ts';
import { groupsProperties, groupsQuestions } from '../../../properties/groups.ts';
import { groupsIn, type Scope } from '../../models/groups/scope.ts';
import { holdToCases } from '../holdToCases.ts';
import { consumerCases, groupsCases } from './allCases.ts';
import { sharedGoalCases } from './cases/goals.ts';
import { type Cases, consumerScope, handBuiltScope, sharedScope } from './handBuilt.ts';

const cases: Readonly<Record<string, Cases>> = { ...groupsCases, ...sharedGoalCases };

/** Each in the first of these scopes of which it says something. */
const shared = groupsProperties(sharedScope.config, sharedScope.bounds);
const properties: readonly AnyProperty[] = [
  ...groupsProperties(handBuiltScope.config, handBuiltScope.bounds).map((property, index) =>
    property.notApplicable === undefined ? property : (shared[index] ?? property),
  ),
  ...groupsQuestions(handBuiltScope.config),
];

holdToCases('groups', properties, cases);

describe('by the consumer protocol', () => {
  const { config, bounds } = consumerScope;
  const named = groupsProperties(config, bounds).filter(({ name }) => name in consumerCases);
  holdToCases('the consumer protocol', named, consumerCases);
});

test('everything is said of some scope of the hand-built states', () => {
  expect(properties.filter(({ notApplicable }) => notApplicable !== undefined)).toEqual([]);
});

test('what a dead member had in hand and had committed is passed over, and a property of its own notices', async () => {
  const defects = memberDefects.filter(({ name }) => name === 'auto-commit-of-records-in-hand');
  const { model, properties: all } = groupsIn({ bounds: { crashes: 1 }, defects });
  const asked = all.filter(({ name }) => name === 'positions-pass-nothing-over');
  const { violations } = await exploreExhaustively(model, asked, { symmetry: true });
  expect(violations).toMatchObject([
    { shortest: true, clause: 'member-2 goes on at 1, and nobody has processed 0' },
  ]);
});

describe('what is promised', () => {
  const [kept, processed, nothingOver, once] = [
    'acknowledged-commits-are-kept',
    'committed-records-are-processed',
    'positions-pass-nothing-over',
    'records-are-processed-once',
  ] as const;
  const [oneOwner, inGeneration, back] = [
    'partitions-have-one-owner',
    'one-owner-in-a-generation',
    'committed-offsets-do-not-go-back',
  ] as const;

  /** The promises that a scope does not make. */
  const unmade = (scope: Scope): string[] =>
    groupsIn(scope)
      .properties.filter(
        ({ kind, notApplicable }) => kind !== 'sometimes' && notApplicable !== undefined,
      )
      .map(({ name }) => name);

  test.each<[string, Scope, readonly string[]]>([
    ['everything where members come and go', { bounds: { leaves: 2 } }, []],
    ['when a member dies', { bounds: { crashes: 1 } }, [once]],
    ['when the coordinator fails over', { bounds: { failovers: 1 } }, [once]],
    ['when it does not know it', { bounds: { lateResignations: 1 } }, [once]],
    ['when members ask it', { bounds: { lateResignations: 1, staleLookups: 1 } }, [once, back]],
    ['when a member is paused', { bounds: { missedSessions: 1 } }, [once, oneOwner]],
    ['when an application is slow', { bounds: { slowPolls: 1 } }, [once, oneOwner]],
    ['when offsets expire', { bounds: { offsetExpiries: 1 } }, [once, back]],
    [
      'when the log is lost',
      { bounds: { uncleanFailovers: 1 } },
      [kept, once, oneOwner, inGeneration, back],
    ],
    ['of cooperative members', { config: { assignor: 'cooperative' } }, [once]],
    [
      'of processes with one instance id',
      { config: { instanceIds: 'shared' } },
      [once, oneOwner, inGeneration],
    ],
    [
      'of static members that commit before processing',
      { config: { instanceIds: 'own', commit: 'before' } },
      [processed, nothingOver],
    ],
    ['with asynchronous commits', { config: { commit: 'async' } }, [once]],
    ['of other threads', { config: { commit: 'handedOver' } }, [processed, nothingOver, once]],
    [
      'with commits before processing',
      { config: { commit: 'before', assignor: 'cooperative' }, bounds: { crashes: 1 } },
      [processed, nothingOver],
    ],
    [
      'of a group that begins at the end',
      { config: { reset: 'latest' } },
      [processed, nothingOver],
    ],
  ])('%s', (_, scope, expected) => {
    expect(unmade(scope)).toEqual(expected);
  });
});
