import { describe, expect, test } from 'vitest';
import { exploreLiveness } from '../../../checker/liveness/exploreLiveness.ts';
import type { LivenessResult } from '../../../checker/liveness/livenessResult.ts';
import {
  defaultConfig,
  type GroupsBounds,
  type GroupsConfig,
  quietScope,
} from '../../../models/groups/config.ts';
import { groupsModel } from '../../../models/groups/model.ts';
import { groupsTemporal } from '../../../properties/groups.ts';
import { everyFew } from '../../long.ts';
import { judge } from '../judge.ts';
import { consumerProgressCases, progressCases, saysWhatIsDue } from './cases/progress.ts';
import { consumerScope, handBuiltScope } from './handBuilt.ts';

describe.each([
  ['the classic protocol', handBuiltScope, progressCases],
  ['the consumer protocol', consumerScope, consumerProgressCases],
] as const)('what is due by %s', (_, { config, bounds }, cases) => {
  const places = groupsTemporal(config, bounds).flatMap(property =>
    Object.entries(cases[property.name]?.bad ?? {}).map(
      ([name, [place, said]]) =>
        [property.name, name, saysWhatIsDue(property), place, said] as const,
    ),
  );
  test.each(places)('%s, when %s', (_name, _when, property, place, said) => {
    expect(judge(property, place)).toBe(said);
  });
});

interface Fair {
  readonly config?: Partial<GroupsConfig>;
  readonly bounds?: Partial<GroupsBounds>;
  /** Actions that need not happen although they can. */
  readonly without?: readonly string[];
}

function settle({ config: changed, bounds: allowed, without = [] }: Fair): Promise<LivenessResult> {
  const config: GroupsConfig = { ...defaultConfig, repairs: ['all'], ...changed };
  const bounds = { ...quietScope, ...allowed };
  const model = groupsModel(config, bounds);
  const actions = model.actions.map(action =>
    without.includes(action.name) ? { ...action, fair: false } : action,
  );
  return exploreLiveness({ ...model, actions }, groupsTemporal(config, bounds));
}

/** The names of the properties with this verdict. */
function having({ properties }: LivenessResult, verdict: string): string[] {
  return properties.filter(property => property.verdict === verdict).map(({ name }) => name);
}

const [end, owner] = ['rebalances-end', 'partitions-get-an-owner'] as const;
const consumer = { protocol: 'consumer' } as const;

describe('every promise is kept and is asked for', () => {
  const scopes: readonly (readonly [string, Fair])[] = [
    ['nothing goes wrong', {}],
    ['a member dies', { bounds: { crashes: 1 } }],
    ['an application is slow', { bounds: { slowPolls: 1 } }],
    ['the coordinator fails over', { bounds: { failovers: 1 } }],
    ['members are cooperative', { config: { assignor: 'cooperative', partitions: 2 } }],
    ['the group is of the consumer protocol', { config: consumer, bounds: { crashes: 1 } }],
  ];
  test.each(everyFew(scopes, 2))('when %s', async (_, scope) => {
    const result = await settle(scope);
    expect(result.stopped).toBeUndefined();
    expect(having(result, 'holds')).toEqual([end, owner]);
  });
});

describe('a promise is broken', () => {
  test.each<[string, Fair, readonly string[]]>([
    [
      'when the dead are never given up',
      { bounds: { crashes: 1 }, without: ['expireSession'] },
      [end, owner],
    ],
    [
      'when a coordinator waits for members that it has',
      { without: ['completeJoin'] },
      [end, owner],
    ],
    ['when an assignment is never committed', { without: ['replicate'] }, [end, owner]],
    ['when members never ask for their partitions', { without: ['getPartitions'] }, [owner]],
    [
      'when the next coordinator never loads',
      { config: { members: 1 }, bounds: { failovers: 1 }, without: ['load'] },
      [owner],
    ],
    [
      'when members of the consumer protocol are silent',
      { config: consumer, without: ['heartbeat'] },
      [end, owner],
    ],
    [
      'when they never take what they are told',
      { config: consumer, without: ['reconcile'] },
      [owner],
    ],
  ])('%s', async (_, scope, broken) => {
    expect(having(await settle(scope), 'violated')).toEqual(broken);
  });
});
