import { describe, expect, test } from 'vitest';
import { exploreLiveness } from '../../../checker/liveness/exploreLiveness.ts';
import type { LivenessResult } from '../../../checker/liveness/livenessResult.ts';
import { defaultConfig, quietScope } from '../../../models/replication/config.ts';
import { replicationProgressDefects } from '../../../models/replication/defects/progress.ts';
import { generations } from '../../../models/replication/generation.ts';
import { replicationModel } from '../../../models/replication/model.ts';
import { replicationTemporal } from '../../../properties/replication.ts';
import { everyFew, isLong } from '../../long.ts';
import type { Scope } from '../../models/replication/scope.ts';

function settle({ config: changed, bounds: allowed, defects }: Scope): Promise<LivenessResult> {
  const config = { ...defaultConfig, kafka: 'current', ...changed };
  const bounds = { ...quietScope, ...allowed };
  const model = replicationModel(config, bounds, defects);
  return exploreLiveness(model, replicationTemporal(config, bounds));
}

/** The names of the properties with this verdict. */
function having({ properties }: LivenessResult, verdict: string): string[] {
  return properties.filter(property => property.verdict === verdict).map(({ name }) => name);
}

const all = ['partition-gets-leader', 'replicas-come-back', 'producers-are-answered'];
/** Not asked wherever a leader is elected before everybody is back. */
const more = ['partition-is-led-again', 'reassignments-end'];
const pair = { brokers: 2 } as const;
const loose = { ...pair, minInsyncReplicas: 1 } as const;

describe('every promise is kept and is asked for', () => {
  const scopes: readonly (readonly [string, Scope])[] = [
    ['a broker crashes', { config: pair, bounds: { crashes: 1 } }],
    ['either of two brokers crashes', { config: loose, bounds: { crashes: 2 } }],
    [
      'a broker crashes where eligible leader replicas are on',
      {
        config: { ...pair, eligibleLeaderReplicas: true },
        bounds: { crashes: 1, isrShrinks: 1 },
      },
    ],
    ['a broker stands still', { config: loose, bounds: { pauses: 1 } }],
    ['the network is cut', { config: loose, bounds: { partitions: 1 } }],
    ['a broker stops cleanly', { config: loose, bounds: { shutdowns: 1 } }],
    ['the leadership moves', { config: pair, bounds: { preferredElections: 1 } }],
    ['heartbeats are missed', { config: loose, bounds: { missedHeartbeats: 1, isrShrinks: 1 } }],
    ['power is lost', { config: pair, bounds: { powerLosses: 1 } }],
    [
      'fetches are in flight',
      { config: { ...loose, requestsInFlight: true }, bounds: { crashes: 1 } },
    ],
  ];
  test.each(everyFew(scopes, 2))('when %s', async (_, scope) => {
    const result = await settle(scope);
    expect(result.stopped).toBeUndefined();
    expect(having(result, 'violated')).toEqual([]);
    expect(having(result, 'holds').filter(name => !more.includes(name))).toEqual(all);
  });

  test.each(everyFew(generations, 3))('in generation %s', async generation => {
    const result = await settle({ config: { ...pair, kafka: generation }, bounds: { crashes: 1 } });
    expect(having(result, 'violated')).toEqual([]);
    expect(having(result, 'holds').filter(name => !more.includes(name))).toEqual(all);
  });

  test('when the only replica is back before anybody has noticed', async () => {
    const config = { ...loose, brokers: 1, kafka: '3.9', repairs: [] } as const;
    const result = await settle({ config, bounds: { crashes: 1 } });
    expect(having(result, 'holds')).toEqual([
      'partition-gets-leader',
      'partition-is-led-again',
      'replicas-come-back',
    ]);
  });

  test('when a message is lost, which moves no leadership', async () => {
    const result = await settle({ config: loose, bounds: { lostMessages: 1, isrShrinks: 1 } });
    expect(having(result, 'holds')).toEqual(['replicas-come-back', 'producers-are-answered']);
    expect(having(result, 'vacuous')).toEqual([...['partition-gets-leader', ...more]]);
  });

  test.each<[string, Scope]>([
    ['the only replica is replaced', { config: { brokers: 1 } }],
    ['and ELR is on', { config: { brokers: 1, eligibleLeaderReplicas: true } }],
    ['before 3.8', { config: { brokers: 1, kafka: '3.7', repairs: ['all'] } }],
  ])('when %s and a broker crashes', async (_, { config }) => {
    const bounds = { reassignments: 1, crashes: 1 };
    const result = await settle({ config: { ...loose, spareBrokers: 1, ...config }, bounds });
    expect(having(result, 'holds')).toEqual(expect.arrayContaining([...all, ...more]));
  });
});

/** Of tens of thousands of states: looked at in the long runs. */
const inTime = replicationProgressDefects.filter(
  ({ name }) => isLong || name !== 'unregistered-broker-in-elr',
);

describe.each(inTime)('$name', defect => {
  const { config = {}, bounds = {}, caughtBy } = defect;
  const loops: Readonly<Record<string, { readonly steps: number; readonly breaks: string[] }>> = {
    'cut-off-fetcher-stops': { steps: 6, breaks: ['replicas-come-back', 'producers-are-answered'] },
    'isr-change-not-repeated': { steps: 7, breaks: ['replicas-come-back'] },
    'no-election-on-unfencing': {
      steps: 5,
      breaks: ['partition-gets-leader', 'partition-is-led-again', 'replicas-come-back'],
    },
    'stray-log-in-the-way': { steps: 9, breaks: ['replicas-come-back'] },
    'removed-replica-in-elr': {
      steps: 8,
      breaks: ['partition-is-led-again', 'replicas-come-back'],
    },
    'elr-enabled-while-offline': {
      steps: 7,
      breaks: ['partition-is-led-again', 'replicas-come-back'],
    },
    'unregistered-broker-in-elr': { steps: 7, breaks: ['partition-is-led-again'] },
    'replaced-reassignment-never-ends': { steps: 11, breaks: ['reassignments-end'] },
  };

  test('breaks a promise, and the run stays there', async () => {
    const result = await settle({ config, bounds, defects: [defect] });
    const expected = loops[defect.name];
    expect(having(result, 'violated')).toEqual(expected?.breaks);
    const found = result.violations.find(({ property }) => property === caughtBy);
    expect(found).toMatchObject({ shortest: true, loop: { from: expected?.steps } });
    expect(found?.steps).toHaveLength(expected?.steps ?? 0);
  });

  test.runIf(isLong)('leaves a scope in which every promise is kept', async () => {
    const result = await settle({ config, bounds });
    expect(having(result, 'violated')).toEqual([]);
    expect(having(result, 'holds')).toContain(caughtBy);
  });
});
