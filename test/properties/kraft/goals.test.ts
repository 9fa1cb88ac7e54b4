import { describe, expect, test } from 'vitest';
import { kraftProperties } from '../../../properties/kraft.ts';
import { kraftIn, type Scope } from '../../models/kraft/scope.ts';
import { stepsUntilReached } from '../untilReached.ts';
import { handBuiltScope } from './handBuilt.ts';

const rounds = { transport: 'rounds' } as const;
const old = { ...rounds, kafka: '3.9' } as const;
const pair = { ...old, voters: 2 } as const;
const dynamic = { ...old, dynamicVoters: true } as const;

/** For each goal a scope in which it is reached, as small as it gets. */
const scopes: Readonly<Record<string, Scope>> = {
  'leader-changes': { config: pair, bounds: { epochs: 2 } },
  'leaders-of-two-epochs-at-once': { config: old, bounds: { epochs: 2 } },
  'split-vote': { config: pair },
  'pre-vote-refused': { config: rounds, bounds: { epochs: 2 } },
  'resigned-after-restart': { config: { ...old, voters: 1 }, bounds: { crashes: 1 } },
  'vote-kept-across-restart': { config: pair, bounds: { crashes: 1 } },
  'first-commit': { config: { ...old, voters: 1 } },
  'high-watermark-advances-in-two-epochs': { config: pair, bounds: { epochs: 2 } },
  'leader-change-with-divergence': { config: old, bounds: { epochs: 2 } },
  'log-truncated': { config: old, bounds: { epochs: 2 } },
  'unflushed-tail-lost': {
    config: { ...old, voters: 1, lateFlush: true },
    bounds: { crashes: 1 },
  },
  'snapshot-installed': { config: old, bounds: { snapshots: 1 } },
  'commit-under-new-voter-set': {
    config: { ...dynamic, voters: 1, observers: 1, bootstrapFetch: true },
    bounds: { voterChanges: 1 },
  },
  'removed-leader-resigns': { config: { ...dynamic, voters: 2 }, bounds: { voterChanges: 1 } },
  'voter-set-rolled-back': { config: dynamic, bounds: { epochs: 2, voterChanges: 1 } },
  'late-message-raises-epoch': {
    config: { ...pair, transport: 'inFlight' },
    bounds: { delayedMessages: 1 },
  },
};

test('there is a scope for every goal', () => {
  const { config, bounds } = handBuiltScope;
  const goals = kraftProperties(config, bounds).filter(({ kind }) => kind === 'sometimes');
  expect(Object.keys(scopes).sort()).toEqual(goals.map(({ name }) => name).sort());
});

describe('a goal is reached', () => {
  test.each(Object.entries(scopes))('%s', async (name, scope) => {
    const { model, properties } = kraftIn(scope);
    const goal = properties.find(property => property.name === name);
    expect((await stepsUntilReached(model, goal)).length).toBeGreaterThan(0);
  });
});
