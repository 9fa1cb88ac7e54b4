import { describe, expect, test } from 'vitest';
import { replicationProperties } from '../../../properties/replication.ts';
import { replicationIn, type Scope } from '../../models/replication/scope.ts';
import { stepsUntilReached } from '../untilReached.ts';
import { handBuiltScope } from './handBuilt.ts';

const pair = { brokers: 2 } as const;
const loose = { ...pair, minInsyncReplicas: 1 } as const;
const elr = { ...pair, eligibleLeaderReplicas: true } as const;

/** For each goal a scope in which it is reached, as small as it gets. */
const scopes: Readonly<Record<string, Scope>> = {
  'leader-changes': { config: pair, bounds: { preferredElections: 1 } },
  'elected-from-elr': { config: elr, bounds: { isrShrinks: 1, missedHeartbeats: 1 } },
  'last-known-leader-elected': {
    config: { ...elr, brokers: 1, minInsyncReplicas: 1 },
    bounds: { crashes: 1 },
  },
  'unclean-election': { config: loose, bounds: { isrShrinks: 1, pauses: 1, uncleanElections: 1 } },
  'preferred-replica-elected': { config: pair, bounds: { preferredElections: 1 } },
  'pending-expansion-overtaken-by-election': {
    config: pair,
    bounds: { isrShrinks: 1, missedHeartbeats: 1 },
  },
  'acknowledged-record-survives-failover': { config: pair, bounds: { preferredElections: 1 } },
  'log-truncated': { config: pair, bounds: { preferredElections: 1 } },
  'truncated-over-two-epochs': { config: pair, bounds: { records: 2, preferredElections: 3 } },
  'zombie-append-truncated': { config: pair, bounds: { records: 2, preferredElections: 1 } },
  'fetch-fenced': { config: pair, bounds: { preferredElections: 2 } },
  'high-watermark-held-below-min-isr': { config: pair, bounds: { isrShrinks: 1 } },
  'checkpointed-high-watermark-recovered': {
    config: { brokers: 1 },
    bounds: { crashes: 1, checkpoints: 1 },
  },
  'follower-restarts-from-leader-log-start': {
    config: loose,
    bounds: { isrShrinks: 1, deletions: 1 },
  },
  'isr-shrinks-and-expands-again': { config: pair, bounds: { isrShrinks: 1 } },
  'ineligible-member-refused': { config: pair, bounds: { isrShrinks: 1, missedHeartbeats: 1 } },
  'reassignment-completed': { config: pair, bounds: { reassignments: 1 } },
  'clean-shutdown-completed': { config: { brokers: 1 }, bounds: { shutdowns: 1 } },
  'leave-beside-failed-broker': { config: pair, bounds: { crashes: 1, shutdowns: 1 } },
  'controller-failover-loses-request': {
    config: pair,
    bounds: { isrShrinks: 1, controllerFailovers: 1 },
  },
  'paused-leader-resumes-deposed': { config: pair, bounds: { pauses: 1 } },
  'produce-outcome-unknown-then-retried': { config: pair, bounds: { retries: 1 } },
  'stray-log-replaced': {
    config: { brokers: 1, minInsyncReplicas: 1 },
    bounds: { crashes: 1, topicDeletions: 1 },
  },
  'absent-broker-joins-recreated-topic': {
    config: loose,
    bounds: { missedHeartbeats: 1, topicDeletions: 1 },
  },
  'elr-switched-on-while-offline': {
    config: { brokers: 1, minInsyncReplicas: 1 },
    bounds: { crashes: 1, elrEnablings: 1 },
  },
  'unregistered-broker-returns': {
    config: { brokers: 1, minInsyncReplicas: 1 },
    bounds: { crashes: 1, unregistrations: 1 },
  },
  'reassignment-replaced': {
    config: { brokers: 1, minInsyncReplicas: 1, spareBrokers: 1 },
    bounds: { reassignments: 1, replacedReassignments: 1 },
  },
  'unclean-election-once-allowed': {
    config: loose,
    bounds: { crashes: 1, isrShrinks: 1, uncleanSettingChanges: 1 },
  },
};

test('there is a scope for every goal', () => {
  const { config, bounds } = handBuiltScope;
  const goals = replicationProperties(config, bounds).filter(({ kind }) => kind === 'sometimes');
  expect(Object.keys(scopes)).toEqual(goals.map(({ name }) => name));
});

describe('a goal is reached', () => {
  test.each(Object.entries(scopes))('%s', async (name, scope) => {
    const { model, properties } = replicationIn(scope);
    const goal = properties.find(property => property.name === name);
    expect((await stepsUntilReached(model, goal)).length).toBeGreaterThan(0);
  });

  test('fetch-fenced, by a request that arrives late', async () => {
    const { model, properties } = replicationIn({
      config: { ...pair, requestsInFlight: true },
      bounds: { preferredElections: 2 },
    });
    const goal = properties.find(({ name }) => name === 'fetch-fenced');
    expect((await stepsUntilReached(model, goal)).at(-1)?.name).toBe('receiveFetch');
  });
});
