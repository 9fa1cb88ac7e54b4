import { beforeAll, describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import type { ExplorationResult } from '../../../checker/results/result.ts';
import { isLong } from '../../long.ts';
import { type Entry, manifest } from './manifest.ts';
import { kraftIn, type Scope } from './scope.ts';

function explore({ scope }: { readonly scope: Scope }, symmetry: boolean) {
  const { model, properties } = kraftIn(scope);
  return exploreExhaustively(model, properties, { symmetry, keepGoing: true });
}

function summaryOf({ distinctStates, depth, verdict, violations, properties }: ExplorationResult) {
  const idle = properties.filter(
    ({ verdict: own, elsewhere }) =>
      (own === 'vacuous' || own === 'unreached') && elsewhere !== true,
  );
  const broken = violations.map(({ property }) => property);
  return { distinct: distinctStates, depth, verdict, broken, idle: idle.map(({ name }) => name) };
}

const holding = { verdict: 'holds', broken: [], idle: [] };

/** Everything that was done in some scope, by name. */
function done(results: readonly ExplorationResult[], part: 'actions' | 'transitions'): Set<string> {
  const counts = results.flatMap(({ coverage }) => Object.entries(coverage[part]));
  return new Set(counts.filter(([, count]) => count > 0).map(([name]) => name));
}

/** Of more steps only the long runs; `check` sees every action and transition on every change. */
const entries = manifest.filter(({ counts }) => isLong || counts.generated < 25_000);

/** Only a defect does these. */
const neverInKafka = ['raftNode: stopped -startLeading-> leader'];
/** These only happen in scopes that are left to the long runs, or to the defects. */
const rare = ['loseQuorumState'];

describe('the quorum model, scope by scope', () => {
  const results = new Map<string, ExplorationResult>();
  beforeAll(async () => {
    for (const entry of entries) results.set(entry.name, await explore(entry, true));
  }, 600_000);

  test.each(entries)('has the counted states: $name', ({ name, counts }) => {
    const result = results.get(name) as ExplorationResult;
    const { distinct, generated, depth } = counts;
    expect(summaryOf(result)).toEqual({ ...holding, distinct, depth });
    expect(result.generatedStates).toBe(generated);
  });

  const unreduced = entries.filter(({ full }) => full !== undefined);
  test.each(unreduced)('has the same depth and verdict without symmetry: $name', async entry => {
    const { counts, full }: Entry = entry;
    const result = await explore(entry, false);
    expect(summaryOf(result)).toEqual({ ...holding, distinct: full, depth: counts.depth });
  });

  test.runIf(isLong)('takes every action in some scope, but for these', () => {
    const all = manifest.flatMap(({ scope }) => kraftIn(scope).model.actions);
    const names = new Set(all.map(({ name }) => name));
    const taken = done([...results.values()], 'actions');
    expect([...names].filter(name => !taken.has(name)).sort()).toEqual(rare);
  });

  test.runIf(isLong)('takes every lifecycle transition in some scope, but for these', () => {
    const names = new Set(
      [...results.values()].flatMap(({ coverage }) => Object.keys(coverage.transitions)),
    );
    const taken = done([...results.values()], 'transitions');
    expect([...names].filter(name => !taken.has(name))).toEqual(neverInKafka);
  });
});
