import { describe, expect, test } from 'vitest';
import { DirectedRun } from '../../checker/replay/directedRun.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { newestRelease } from '../../models/description/release.ts';
import type { RuleVersion } from '../../models/description/ruleTable.ts';
import { repairNames } from '../../models/kraft/config.ts';
import { everyKraftDefect, kraftDefects } from '../../models/kraft/defects.ts';
import { kraftRules, kraftRuleTable } from '../../models/kraft/releaseRules.ts';
import type { KraftDefect } from '../../models/kraft/rules.ts';
import { everyFew, isLong } from '../long.ts';
import { kraftIn, type Scope } from '../models/kraft/scope.ts';
import { corpusTrace } from '../traces/corpusTrace.ts';
import { explore } from './explored.ts';
import { figures } from './kraftFigures.ts';

/**
 * Defects that weaken no rule: the setting itself is what the protocol does not survive, or the release has
 * the bug, and is explored with its repair.
 */
const hazards: Readonly<Record<string, Scope>> = {
  'quorum-state-lost': { bounds: { quorumStateLosses: 0 } },
  'wiped-voter-votes-again': { bounds: { diskLosses: 0 } },
  'directory-id-restored': { config: { directoryIdRestored: false } },
  'stands-again-after-following': { config: { repairs: ['stands-again-after-following'] } },
  // The whole scope with the repair is in the long runs.
  'replacing-voters-not-read': {
    config: { repairs: ['replacing-voters-not-read'] },
    ...(!isLong ? { bounds: { epochs: 2, records: 0, voterChanges: 1 } } : {}),
  },
};
/** Without the defect these scopes have more states than a test should explore. */
const tooLargeWithout = [
  'vote-without-up-to-date-log',
  'leader-restarts-without-vote',
  'leader-resumes-epoch',
  'earlier-epoch-committed',
  'epoch-start-committed',
  'counted-before-flush',
  'joining-observer-not-flushed',
  'removed-leader-counted',
  'diverging-fetch-counted',
  'unawaited-answer-taken',
  'voter-change-before-commit',
  'two-voter-changes-at-once',
  'uncommitted-record-applied',
];
/** Without the defect thousands of states: only the long runs look at them. */
const largeWithout = ['directory-id-ignored', 'truncated-voters-kept', 'vote-not-persisted'];
/** Found after so many states that only the long runs look for them; the traces are replayed on every change. */
const deepest = [
  'repeated-vote-counted',
  'earlier-epoch-committed',
  'epoch-start-committed',
  'replacing-voters-not-read',
];
/** Whether the other defect of a pair, in the pair's scope, is looked at elsewhere or breaks it too. */
const unmaskedOtherwise = ['repeated-vote-counted', 'answer-of-another-epoch-taken'];
/** Those that are searched for: on every change some, which a fault of the search would not miss. */
const chosen = (all: readonly KraftDefect[]): readonly KraftDefect[] =>
  everyFew(isLong ? all : all.filter(({ name }) => !deepest.includes(name)), 3);
const inTime = ({ name }: KraftDefect): boolean => isLong || (figuresOf(name).alone ?? 0) < 2000;

function figuresOf(name: string) {
  const known = figures[name];
  if (known === undefined) throw new Error(`no figures for ${name}`);
  return known;
}

function defectNamed(name: string): KraftDefect {
  const found = kraftDefects.find(defect => defect.name === name);
  if (found === undefined) throw new Error(`no defect ${name}`);
  return found;
}

/** The scope of a defect with some defects on, watched by the property that should notice. */
function scopeOf(defect: KraftDefect, on: readonly KraftDefect[], change: Scope = {}) {
  const { model, properties: all } = kraftIn({
    config: { ...defect.config, ...change.config },
    bounds: { ...defect.bounds, ...change.bounds },
    defects: on,
  });
  return { model, all, watched: all.filter(({ name }) => name === defect.caughtBy) };
}

async function expectCaught(defect: KraftDefect, on: readonly KraftDefect[]): Promise<void> {
  const { model, watched } = scopeOf(defect, on);
  const { violations } = await explore(model, watched);
  expect(violations).toMatchObject([{ property: defect.caughtBy, shortest: true }]);
  expect(violations[0]?.steps).toHaveLength(figuresOf(defect.name).steps);
}

async function expectNothing({
  model,
  all,
}: Pick<ReturnType<typeof scopeOf>, 'model' | 'all'>): Promise<ExplorationResult> {
  const result = await explore(model, all);
  expect(result.violations).toEqual([]);
  expect(result.stopped).toBeUndefined();
  return result;
}

const masked = kraftDefects.filter(defect => defect.masked !== undefined);
const open = kraftDefects.filter(defect => defect.masked === undefined);
const directed = open.filter(({ scenario }) => scenario !== undefined);
const searched = open.filter(({ scenario }) => scenario === undefined);

test('every defect of the quorum model is listed here', () => {
  expect(kraftDefects.map(({ name }) => name)).toEqual(Object.keys(figures));
});

describe.each(kraftDefects)('$name', defect => {
  test('weakens one rule, in a sentence with a source', () => {
    const rules = Object.keys(defect.rules);
    expect(rules).toHaveLength(defect.name in hazards ? 0 : 1);
    for (const rule of rules) expect(Object.keys(kraftRules)).toContain(rule);
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

const repairable = Object.entries<readonly RuleVersion<unknown>[]>(kraftRuleTable).flatMap(
  ([rule, versions]) =>
    versions.flatMap(({ defect, repaired }) => (repaired === undefined ? [] : [{ rule, defect }])),
);

test('every repair mends what a defect shows', () => {
  const bugs = repairable.map(({ defect }) => defect ?? 'none');
  expect([...bugs, 'all'].sort()).toEqual([...repairNames].sort());
  const all = everyKraftDefect;
  const shown = all.filter(({ name }) => bugs.includes(name));
  expect(shown).toHaveLength(bugs.length);
  // The newest release has a bug without any rule weakened, or it takes the rule of an earlier one.
  for (const { rules, releases } of shown) {
    expect(Object.keys(rules)).toHaveLength(releases?.endsWith(newestRelease) === true ? 0 : 1);
  }
});

test('every rule is weakened by some defect, or is what no release has and a repair puts in', () => {
  const all = everyKraftDefect;
  const weakened = [
    ...all.flatMap(({ rules }) => Object.keys(rules)),
    ...repairable.map(({ rule }) => rule),
  ];
  expect(Object.keys(kraftRules).filter(rule => !weakened.includes(rule))).toEqual([]);
});

// The traces themselves are replayed on every change.
describe('the trace', () => {
  test.each([...searched, ...masked])('of $name is as short as can be', defect => {
    const { steps, explored } = corpusTrace(`${defect.name}--${defect.caughtBy}`);
    expect(steps).toHaveLength(figuresOf(defect.name).steps);
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
    expect(script.steps).toHaveLength(figuresOf(defect.name).steps);
  });

  test.each(directed)('$name is what its scenario needs', defect => {
    const { model, watched } = scopeOf(defect, []);
    const script = new DirectedRun(model, watched);
    const play = () => script.take(defect.scenario ?? []);
    // Without the defect a step cannot be taken, or nothing comes of it.
    try {
      play();
    } catch (error) {
      expect(String(error)).toContain('cannot be taken');
    }
    expect(script.broken).toEqual([]);
  });

  test.each(everyFew(masked.filter(inTime), 4))('$name breaks nothing', async defect => {
    const { config = {}, bounds = {} } = defect.masked?.aloneIn ?? defect;
    const { model, properties } = kraftIn({ config, bounds, defects: [defect] });
    const result = await expectNothing({ model, all: properties });
    expect(result.distinctStates).toBe(figuresOf(defect.name).alone);
  });
});

describe('with the rule gone that hides it', () => {
  const unmasking = (defect: KraftDefect) => defectNamed(defect.masked?.unmaskedBy ?? '');

  test.each(chosen(masked))('$name is caught by $caughtBy in as few steps as possible', defect =>
    expectCaught(defect, [defect, unmasking(defect)]),
  );

  const apart = masked.filter(defect => inTime(defect) && !unmaskedOtherwise.includes(defect.name));
  test.each(everyFew(apart, 4))(
    '$name is what is caught: the other defect alone is not',
    async defect => {
      const { model, watched } = scopeOf(defect, [unmasking(defect)]);
      await expectNothing({ model, all: watched });
    },
  );
});

describe('switched off', () => {
  const small = searched.filter(
    ({ name }) =>
      !(name in hazards) && (isLong || ![...tooLargeWithout, ...largeWithout].includes(name)),
  );

  test.each(everyFew(small, 6))('$name leaves a scope that holds', async defect => {
    const { model, watched } = scopeOf(defect, []);
    await expectNothing({ model, all: watched });
  });

  test.each(Object.entries(hazards))('%s is only the setting', async (name, change) => {
    const { model, watched } = scopeOf(defectNamed(name), [], change);
    await expectNothing({ model, all: watched });
  });
});
