import { describe, expect, test } from 'vitest';
import type { Control } from '../../../checker/explore/control.ts';
import { exploreExhaustively } from '../../../checker/explore/exhaustive.ts';
import type { AnyModel } from '../../../checker/model/model.ts';
import type { AnyProperty } from '../../../checker/model/property.ts';
import { kraftProperties } from '../../../properties/kraft.ts';
import { kraftIn, type Scope } from '../../models/kraft/scope.ts';
import { handBuiltScope } from './handBuilt.ts';

const rounds = { transport: 'rounds' } as const;
const old = { ...rounds, release: '3.9' } as const;
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
};

test('there is a scope for every goal', () => {
  const { config, bounds } = handBuiltScope;
  const goals = kraftProperties(config, bounds).filter(({ kind }) => kind === 'sometimes');
  expect(Object.keys(scopes).sort()).toEqual(goals.map(({ name }) => name).sort());
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
  return exploreExhaustively(model, watched, { control, symmetry: true });
}

describe('a goal is reached', () => {
  test.each(Object.entries(scopes))('%s', async (name, scope) => {
    const { model, properties } = kraftIn(scope);
    const goal = properties.filter(property => property.name === name);
    const result = await exploreUntilReached(model, goal);
    expect(result.properties.map(({ verdict, note }) => note ?? verdict)).toEqual(['reached']);
  });
});
