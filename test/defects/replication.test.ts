import { describe, expect, test } from 'vitest';
import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import { simulate } from '../../checker/random/simulate.ts';
import { DirectedRun } from '../../checker/replay/directedRun.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import {
  defaultConfig,
  quietScope,
  type ReplicationBounds,
  type ReplicationConfig,
} from '../../models/replication/config.ts';
import { replicationDefects } from '../../models/replication/defects.ts';
import { replicationModel } from '../../models/replication/model.ts';
import type { ReplicationDefect } from '../../models/replication/rules.ts';
import { rulesOf } from '../../models/replication/rulesOf.ts';
import { replicationProperties } from '../../properties/replication.ts';
import { casesOf, everyFew, isLong } from '../long.ts';
import { corpusTrace } from '../traces/corpusTrace.ts';
import { explore } from './explored.ts';
import { figures } from './replicationFigures.ts';

/** Two rules that only together are what went wrong. */
const weakensTwoRules = ['same-leader-skips-truncation', 'isr-change-without-epochs'];
/** Defects that weaken no rule, and what of their setting must change to make it safe. */
const hazards: Readonly<Record<string, Change>> = {
  'unclean-leader-election': { config: { uncleanLeaderElection: false } },
  'last-replica-standing': { config: { eligibleLeaderReplicas: true } },
  'proposal-ended-by-known-record': { config: { isrAnswers: false } },
  'minisr-raised-with-elr': { config: { isrAnswers: false } },
  'correlated-power-loss': { bounds: { powerLosses: 1 } },
};
/** Without the defect these scopes have more states than a test should explore. */
const tooLargeWithout = [
  'same-leader-skips-truncation',
  'pending-isr-change-forgotten',
  'isr-change-without-partition-epoch',
  'fencings-from-one-snapshot',
  'clean-file-before-flush',
];
/** Without the defect thousands of states: only the long runs look at them. */
const largeWithout = [
  'truncates-to-high-watermark',
  'diverges-after-power-loss',
  'missing-epoch-entry',
  'followers-kept-across-elections',
  'elr-kept-on-min-isr-change',
  'stray-log-taken',
  'isr-change-of-deleted-topic',
  'skipped-epoch-keeps-follower-state',
];
/** Found after so many states that only the long runs look for them; the traces are replayed on every change. */
const deepest = [
  'same-leader-skips-truncation',
  'remembered-follower-joins-isr',
  'removed-replica-remembered',
  'clean-file-before-flush',
];
/**
 * The unmasking defect is not looked at alone: for the first it breaks the same property as soon;
 * the other two hide each other in one scope, and are looked at there.
 */
const unmaskedOtherwise = [
  'admitted-below-min-isr',
  'remembered-follower-joins-isr',
  'removed-replica-remembered',
];

interface Change {
  readonly config?: Partial<ReplicationConfig>;
  readonly bounds?: Partial<ReplicationBounds>;
}

interface Watched {
  readonly model: AnyModel;
  readonly all: readonly AnyProperty[];
  readonly watched: readonly AnyProperty[];
}

/** The scope of a defect with some defects on, watched by the property that should notice. */
function scopeOf(
  defect: ReplicationDefect,
  on: readonly ReplicationDefect[],
  change: Change = {},
): Watched {
  const config = { ...defaultConfig, ...defect.config, ...change.config };
  const bounds = { ...quietScope, ...defect.bounds, ...change.bounds };
  const all = replicationProperties(config, bounds);
  return {
    model: replicationModel(config, bounds, on),
    all,
    watched: all.filter(({ name }) => name === defect.caughtBy),
  };
}

function defectNamed(name: string): ReplicationDefect {
  const found = replicationDefects.find(defect => defect.name === name);
  if (found === undefined) throw new Error(`no defect ${name}`);
  return found;
}

function figuresOf({ name }: ReplicationDefect) {
  const known = figures[name];
  if (known === undefined) throw new Error(`no figures for ${name}`);
  return known;
}

async function expectCaught(
  defect: ReplicationDefect,
  on: readonly ReplicationDefect[],
): Promise<void> {
  const { model, watched } = scopeOf(defect, on);
  const result = await explore(model, watched);
  expect(result.violations).toMatchObject([{ property: defect.caughtBy, shortest: true }]);
  expect(result.violations[0]?.steps).toHaveLength(figuresOf(defect).steps);
}

async function expectNothing(
  model: AnyModel,
  properties: readonly AnyProperty[],
): Promise<ExplorationResult> {
  const result = await explore(model, properties);
  expect(result.violations).toEqual([]);
  expect(result.stopped).toBeUndefined();
  return result;
}

const masked = replicationDefects.filter(defect => defect.masked !== undefined);
/** Scopes of more than three thousand states, for every property: only in the long runs. */
const inTime = ({ name }: ReplicationDefect): boolean =>
  isLong || (figures[name]?.alone ?? 0) < 3000;
/** Those that are searched for: on every change some, which a fault of the search would not miss. */
const chosen = (all: readonly ReplicationDefect[]): readonly ReplicationDefect[] =>
  everyFew(isLong ? all : all.filter(({ name }) => !deepest.includes(name)), 5);
const open = replicationDefects.filter(defect => defect.masked === undefined);
const directed = open.filter(({ scenario }) => scenario !== undefined);
const searched = open.filter(({ scenario }) => scenario === undefined);
const weakening = searched.filter(({ name }) => hazards[name] === undefined);

test('every defect of the replication model is listed here', () => {
  expect(replicationDefects.map(({ name }) => name)).toEqual(Object.keys(figures));
});

describe.each(replicationDefects)('$name', defect => {
  test('weakens one rule, in a sentence with a source', () => {
    const count = weakensTwoRules.includes(defect.name) ? 2 : 1;
    const rules = Object.keys(defect.rules);
    expect(rules).toHaveLength(defect.name in hazards ? 0 : count);
    for (const rule of rules) expect(Object.keys(rulesOf(defaultConfig))).toContain(rule);
    expect(defect.name).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(defect.statement).toMatch(/^[A-Z].*\.$/);
    expect(defect.source).not.toBe('');
  });

  test('names a property that applies to its scope', () => {
    const { watched } = scopeOf(defect, []);
    expect(watched).toHaveLength(1);
    expect(watched[0]?.notApplicable).toBeUndefined();
  });
});

// The traces themselves are replayed on every change.
describe('the trace', () => {
  test.each([...searched, ...masked])('of $name is as short as can be', defect => {
    const { steps, explored } = corpusTrace(`${defect.name}--${defect.caughtBy}`);
    expect(steps).toHaveLength(figuresOf(defect).steps);
    expect(explored.shortest).toBe(true);
  });
});

describe('alone', () => {
  test.each(chosen(searched))('$name is caught by $caughtBy in as few steps as possible', defect =>
    expectCaught(defect, [defect]),
  );

  test.each(directed)('$name is shown by its scenario to break $caughtBy', defect => {
    const { model, watched } = scopeOf(defect, [defect]);
    const script = new DirectedRun(model, watched).take(defect.scenario ?? []);
    expect(script.broken).toEqual([defect.caughtBy]);
    expect(script.steps).toHaveLength(figuresOf(defect).steps);
  });

  test.each(directed)('$name is what its scenario needs', defect => {
    const { model, watched } = scopeOf(defect, []);
    const script = new DirectedRun(model, watched).take(defect.scenario?.slice(0, -5) ?? []);
    expect(script.broken).toEqual([]);
  });

  test.each(everyFew(masked.filter(inTime), 4))('$name breaks nothing', async defect => {
    const { model, all } = scopeOf(defect, [defect]);
    const result = await expectNothing(model, all);
    expect(result.distinctStates).toBe(figuresOf(defect).alone);
  });
});

describe('with the rule gone that hides it', () => {
  const unmasking = (defect: ReplicationDefect) => defectNamed(defect.masked?.unmaskedBy ?? '');

  test.each(chosen(masked))('$name is caught by $caughtBy in as few steps as possible', defect =>
    expectCaught(defect, [defect, unmasking(defect)]),
  );

  const apart = masked.filter(defect => inTime(defect) && !unmaskedOtherwise.includes(defect.name));
  test.each(everyFew(apart, 4))(
    '$name is what is caught: the other defect alone is not',
    async defect => {
      const { model, watched } = scopeOf(defect, [unmasking(defect)]);
      await expectNothing(model, watched);
    },
  );
});

describe('switched off', () => {
  const small = weakening.filter(
    ({ name }) => !tooLargeWithout.includes(name) && (isLong || !largeWithout.includes(name)),
  );

  test.each(everyFew(small, 6))('$name leaves a scope that holds', async defect => {
    const { model, watched } = scopeOf(defect, []);
    await expectNothing(model, watched);
  });

  test.each(everyFew(Object.entries(hazards), 2))(
    '%s is only the setting',
    async (name, change) => {
      const { model, watched } = scopeOf(defectNamed(name), [], change);
      await expectNothing(model, watched);
    },
  );
});

describe('random interleavings', () => {
  const runs = 3000;
  const near = open.filter(defect => figuresOf(defect).steps <= (isLong ? 6 : 4));

  test.each(everyFew(near, 5))(`find $name within ${runs} runs`, async defect => {
    const { model, watched } = scopeOf(defect, [defect]);
    const result = await simulate(model, watched, { seed: 20_240_601, runs, maxSteps: 60 });
    expect(result.verdict).toBe('violated');
    expect(result.violations).toMatchObject([{ property: defect.caughtBy, shortest: true }]);
    expect(result.violations[0]?.steps).toHaveLength(figuresOf(defect).steps);
  });

  const quietRuns = casesOf(50, 200);
  test('find nothing without a defect, and do not call that a proof', async () => {
    const bounds = { ...quietScope, records: 2, crashes: 1, partitions: 1, isrShrinks: 1 };
    const claims = replicationProperties(defaultConfig, bounds).filter(
      ({ kind }) => kind !== 'sometimes',
    );
    const result = await simulate(replicationModel(defaultConfig, bounds), claims, {
      seed: 20_240_604,
      runs: quietRuns,
      maxSteps: 80,
    });
    expect(result).toMatchObject({
      verdict: 'nothing found',
      stopped: 'run limit',
      violations: [],
      runs: quietRuns,
    });
  });
});
