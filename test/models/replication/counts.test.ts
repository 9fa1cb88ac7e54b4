import { beforeAll, describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import type { ExplorationResult } from '../../../checker/results/result.ts';
import { isLong } from '../../long.ts';
import { type Counts, manifest } from './manifest.ts';
import { replicationIn, type Scope } from './scope.ts';

function explore(scope: Scope, symmetry: boolean): Promise<ExplorationResult> {
  const { model, properties } = replicationIn(scope);
  return exploreExhaustively(model, properties, { symmetry, keepGoing: true });
}

function countsOf(result: ExplorationResult): object {
  const { distinctStates, generatedStates, depth, verdict, violations, properties } = result;
  const idle = properties.filter(
    ({ verdict: own, elsewhere }) =>
      (own === 'vacuous' || own === 'unreached') && elsewhere !== true,
  );
  return {
    distinct: distinctStates,
    generated: generatedStates,
    depth,
    verdict,
    broken: Object.fromEntries(violations.map(({ property, steps }) => [property, steps.length])),
    idle: idle.map(({ name }) => name),
  };
}

function expected(counts: Counts): object {
  return { broken: {}, idle: [], ...counts };
}

/** Adds up the coverage of several explorations. */
function union(results: readonly ExplorationResult[], part: 'actions' | 'transitions') {
  const sums = new Map<string, number>();
  for (const { coverage } of results) {
    for (const [name, count] of Object.entries(coverage[part])) {
      sums.set(name, (sums.get(name) ?? 0) + count);
    }
  }
  return sums;
}

/** Of more steps only the long runs; `check` sees every action and transition on every change. */
const entries = manifest.filter(({ counts }) => isLong || counts.generated < 5_000);

/** Transitions that take a rarer mix of events than any scope of the manifest has, or a defect. */
const needsRarerEvents = [
  'broker: notRunning -losePower-> notRunning',
  'registration: fenced -shutDown-> fenced',
  'replica: truncating -truncate-> truncating',
  'replica: truncating -loseLeader-> idle',
  'replica: following -truncate-> truncating',
];

describe('the replication model, scope by scope', () => {
  const results = new Map<string, ExplorationResult>();
  beforeAll(async () => {
    for (const { name, scope } of entries) results.set(name, await explore(scope, true));
  }, 600_000);

  test.each(entries)('has the counted states: $name', ({ name, counts }) => {
    expect(countsOf(results.get(name) as ExplorationResult)).toEqual(expected(counts));
  });

  test.each(
    entries.flatMap(({ full, ...entry }) => (full === undefined ? [] : [{ ...entry, full }])),
  )('has the same depth and verdict without symmetry: $name', async ({ scope, counts, full }) => {
    const result = await explore(scope, false);
    expect(countsOf(result)).toEqual({ ...expected(counts), ...full });
    expect(full.distinct).toBeGreaterThanOrEqual(counts.distinct);
    expect(full.generated).toBeGreaterThanOrEqual(counts.generated);
  });

  test.runIf(isLong)('takes every action in some scope', () => {
    const taken = union([...results.values()], 'actions');
    const never = [...taken].filter(([, count]) => count === 0);
    const rare = { elrEnablings: 1, unregistrations: 1, replacedReassignments: 1 };
    const { model } = replicationIn({ bounds: { ...rare, uncleanSettingChanges: 1 } });
    expect([...taken.keys()].sort()).toEqual(model.actions.map(({ name }) => name).sort());
    expect(never).toEqual([]);
  });

  test.runIf(isLong)('takes every lifecycle transition in some scope, but for these', () => {
    const transitions = union([...results.values()], 'transitions');
    const never = [...transitions].filter(([, count]) => count === 0).map(([name]) => name);
    expect(never).toEqual(needsRarerEvents);
  });

  test.runIf(isLong)('reaches every goal in the default small scope', () => {
    const small = results.get('the default small scope') as ExplorationResult;
    const goals = small.properties.filter(({ kind }) => kind === 'sometimes');
    const reached = goals.filter(({ verdict }) => verdict === 'reached').map(({ name }) => name);
    expect(reached.sort()).toEqual([
      'acknowledged-record-survives-failover',
      'isr-shrinks-and-expands-again',
      'leader-changes',
      'log-truncated',
    ]);
    expect(small.witnesses.map(({ property }) => property).sort()).toEqual(reached);
    expect(small.verdict).toBe('holds');
  });

  test('is equal in everything when a scope is explored twice', async () => {
    const again = entries.find(({ counts }) => counts.generated > 3_000);
    if (again === undefined) throw new Error('every scope is tiny');
    expect(await explore(again.scope, true)).toEqual(results.get(again.name));
  });
});
