import { describe, expect, test } from 'vitest';
import type { Control } from '../../checker/explore/control.ts';
import { exploreExhaustively } from '../../checker/explore/exhaustive.ts';
import { simulate } from '../../checker/explore/simulate.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import { replicationDefects } from '../../models/defects/replication.ts';
import { defaultConfig, smallScope } from '../../models/replication/config.ts';
import { replicationModel } from '../../models/replication/model.ts';
import { kafkaRules, type ReplicationDefect } from '../../models/replication/rules.ts';
import { replicationProperties } from '../../properties/replication.ts';

/** For each defect, in the order of their list, the length of a shortest counterexample. */
const shortest: Readonly<Record<string, number>> = {
  'truncates-to-high-watermark': 11,
  'election-outside-isr': 3,
  'high-watermark-ignores-isr': 1,
  'acknowledged-before-replication': 3,
  'isr-change-without-epochs': 14,
  'leader-epoch-not-bumped': 1,
  'reads-to-log-end': 2,
  'skipped-epoch-keeps-follower-state': 12,
};
/** Without a defect, a scope too large to finish is explored at least this deep. */
const leastSteps = 11;
/** Scopes with more states than that: without the defect they are explored only in part. */
const tooLargeToFinish = [
  'election-outside-isr',
  'isr-change-without-epochs',
  'skipped-epoch-keeps-follower-state',
];

interface Watched {
  readonly model: AnyModel;
  readonly all: readonly AnyProperty[];
  readonly watched: readonly AnyProperty[];
}

/** The scope of the defect, with it or without it. */
function scopeOf(defect: ReplicationDefect, switched: 'on' | 'off'): Watched {
  const config = { ...defaultConfig, ...defect.config };
  const bounds = { ...smallScope, ...defect.bounds };
  const all = replicationProperties(config, bounds);
  return {
    model: replicationModel(config, bounds, switched === 'on' ? [defect] : []),
    all,
    watched: all.filter(({ name }) => name === defect.caughtBy),
  };
}

test('every defect of the replication model is listed here', () => {
  expect(replicationDefects.map(({ name }) => name)).toEqual(Object.keys(shortest));
});

describe.each(replicationDefects)('$name', defect => {
  test('weakens exactly one rule, in a sentence with a source', () => {
    const [rule, ...others] = Object.keys(defect.rules);
    expect(others).toEqual([]);
    expect(Object.keys(kafkaRules)).toContain(rule);
    expect(defect.statement).toMatch(/^[A-Z].*\.$/);
    expect(defect.source).not.toBe('');
  });

  test(`is caught by ${defect.caughtBy} in as few steps as possible`, async () => {
    const { model, watched } = scopeOf(defect, 'on');
    const result = await exploreExhaustively(model, watched, { symmetry: true });
    expect(result.verdict).toBe('violated');
    expect(result.violations).toMatchObject([{ property: defect.caughtBy, shortest: true }]);
    expect(result.violations[0]?.steps).toHaveLength(shortest[defect.name] ?? 0);
  });

  const isFinished = !tooLargeToFinish.includes(defect.name);
  test(`switched off, ${isFinished ? 'the scope holds' : 'no run as long breaks it'}`, async () => {
    const { model, watched } = scopeOf(defect, 'off');
    const steps = Math.max(shortest[defect.name] ?? 0, leastSteps);
    // Every state of a level is known when its expansion begins; level 1 is the initial state.
    const control: Control = {
      poll: ({ depth }) =>
        Promise.resolve(!isFinished && depth > steps ? 'state limit' : undefined),
    };
    const result = await exploreExhaustively(model, watched, { symmetry: true, control });
    expect(result.verdict).toBe(isFinished ? 'holds' : 'inconclusive');
    expect(result.violations).toEqual([]);
    expect(result.depth).toBeGreaterThan(steps);
  });
});

describe('random interleavings', () => {
  const runs = 3000;
  const near = replicationDefects.filter(({ name }) => (shortest[name] ?? 99) <= 3);

  test.each(near)(`find $name within ${runs} runs`, async defect => {
    const { model, watched } = scopeOf(defect, 'on');
    const result = await simulate(model, watched, { seed: 20_240_601, runs, maxSteps: 60 });
    expect(result.verdict).toBe('violated');
    expect(result.violations).toMatchObject([{ property: defect.caughtBy, shortest: false }]);
    // Leaving steps out comes to the shortest run, or near it.
    expect(result.violations[0]?.steps.length).toBeLessThanOrEqual(
      (shortest[defect.name] ?? 0) + 3,
    );
  });

  test('find nothing without a defect, and do not call that a proof', async () => {
    const bounds = { ...smallScope, partitions: 1, preferredElections: 1, isrShrinks: 1 };
    const result = await simulate(
      replicationModel(defaultConfig, bounds),
      replicationProperties(defaultConfig, bounds),
      { seed: 20_240_602, runs: 2000, maxSteps: 80 },
    );
    expect(result).toMatchObject({
      verdict: 'inconclusive',
      stopped: 'run limit',
      violations: [],
      runs: 2000,
    });
  });
});
