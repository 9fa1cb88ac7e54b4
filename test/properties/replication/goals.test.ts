import { describe, expect, test } from 'vitest';
import type { Control } from '../../../checker/explore/control.ts';
import { exploreExhaustively } from '../../../checker/explore/exhaustive.ts';
import type { AnyModel } from '../../../checker/model/model.ts';
import type { AnyProperty } from '../../../checker/model/property.ts';
import { replicationProperties } from '../../../properties/replication.ts';
import { replicationIn, type Scope } from '../../models/replication/scope.ts';
import { handBuiltScope } from './handBuilt.ts';

const pair = { brokers: 2 } as const;
const loose = { ...pair, minInsyncReplicas: 1 } as const;
const elr = { ...pair, generation: 'current-elr' } as const;

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
  'controller-failover-loses-request': {
    config: pair,
    bounds: { isrShrinks: 1, controllerFailovers: 1 },
  },
  'paused-leader-resumes-deposed': { config: pair, bounds: { pauses: 1 } },
  'produce-outcome-unknown-then-retried': { config: pair, bounds: { retries: 1 } },
};

test('there is a scope for every goal', () => {
  const { config, bounds } = handBuiltScope;
  const goals = replicationProperties(config, bounds).filter(({ kind }) => kind === 'sometimes');
  expect(Object.keys(scopes)).toEqual(goals.map(({ name }) => name));
});

/** Explores until the goal is reached; what lies beyond does not matter. */
function exploreUntilReached(model: AnyModel, goals: readonly AnyProperty[]) {
  let reached = false;
  const watched = goals.map(goal => {
    if (goal.kind !== 'sometimes') throw new Error(`${goal.name} is no goal`);
    const reaches: typeof goal.reaches = (...step) => {
      reached ||= goal.reaches(...step);
      return reached;
    };
    return { ...goal, reaches };
  });
  const control: Control = { poll: () => Promise.resolve(reached ? 'interrupted' : undefined) };
  return exploreExhaustively(model, watched, { control });
}

describe('a goal is reached', () => {
  test.each(Object.entries(scopes))('%s', async (name, scope) => {
    const { model, properties } = replicationIn(scope);
    const goal = properties.filter(property => property.name === name);
    const result = await exploreUntilReached(model, goal);
    expect(result.properties.map(({ verdict, note }) => note ?? verdict)).toEqual(['reached']);
  });

  test('fetch-fenced, by a request that arrives late', async () => {
    const { model, properties } = replicationIn({
      config: { ...pair, requestsInFlight: true },
      bounds: { preferredElections: 2 },
    });
    const goal = properties.filter(({ name }) => name === 'fetch-fenced');
    const result = await exploreUntilReached(model, goal);
    expect(result.properties[0]?.verdict).toBe('reached');
    expect(result.witnesses[0]?.steps.at(-1)?.name).toBe('receiveFetch');
  });
});
