import { describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { isLong } from '../long.ts';
import {
  countedByTlc,
  longRuns,
  longRunsWithoutSymmetry,
  type Outcome,
  type Run,
  runs,
  runsWithoutSymmetry,
  scopeOf,
} from './figures.ts';
import { specOf } from './kafkaReplication.ts';
import { isrProperties, leaderInIsr } from './properties.ts';
import { modelOf, variantNames } from './variants.ts';

/** Goes on after WeakIsr and StrongIsr broke if the run has figures for everything. */
function explore(run: Run, symmetry: boolean): Promise<ExplorationResult> {
  const spec = specOf(scopeOf(run));
  // A property that holds keeps the search going: it ends early only when all are broken.
  const lasting = run.whole === undefined ? [] : leaderInIsr('as meant');
  const properties = [...isrProperties(spec), ...lasting];
  return exploreExhaustively(modelOf(run.variant, spec), properties, { symmetry, keepGoing: true });
}

function outcomeOf({ properties, violations }: ExplorationResult, name: string): Outcome | string {
  const verdict = properties.find(property => property.name === name)?.verdict ?? 'not checked';
  const violation = violations.find(({ property }) => property === name);
  return violation === undefined ? verdict : violation.steps.length;
}

async function check(run: Run, symmetry: boolean): Promise<void> {
  const result = await explore(run, symmetry);
  const { distinctStates: distinct, generatedStates: generated, depth } = result;
  expect({
    weak: outcomeOf(result, 'weak-isr'),
    strong: outcomeOf(result, 'strong-isr'),
    ...(run.whole === undefined
      ? {}
      : { whole: { distinct, generated, depth }, leaderInIsr: outcomeOf(result, 'leader-in-isr') }),
  }).toEqual({
    weak: run.weak,
    strong: run.strong,
    ...(run.whole === undefined ? {} : { whole: run.whole, leaderInIsr: 'holds' }),
  });
  expect(result.violations.every(({ shortest }) => shortest)).toBe(true);
}

const title = '$variant, $replicas replicas, leader epochs up to $maxLeaderEpoch';

describe('the published replication models', () => {
  test.each(countedByTlc)(
    'have the counts that TLC reports: Kip320, 2 replicas, leader epochs up to $maxLeaderEpoch',
    async ({ maxLeaderEpoch, distinct, generated }) => {
      const spec = specOf(scopeOf({ replicas: 2, maxLeaderEpoch }));
      const model = modelOf('Kip320', spec);
      const result = await exploreExhaustively(model, isrProperties(spec), { symmetry: true });
      expect(result).toMatchObject({
        verdict: 'holds',
        symmetry: true,
        distinctStates: distinct,
        generatedStates: generated,
      });
    },
  );

  test.each(runs)(`keep or break the two properties: ${title}`, run => check(run, true));

  test.each(runsWithoutSymmetry)(`do the same without symmetry: ${title}`, run =>
    check(run, false),
  );

  test.each(variantNames)('take every action: %s', async variant => {
    const spec = specOf(scopeOf({ replicas: 2, maxLeaderEpoch: 2 }));
    const properties = leaderInIsr('as meant');
    const result = await exploreExhaustively(modelOf(variant, spec), properties, {
      symmetry: true,
    });
    const idle = Object.entries(result.coverage.actions).filter(([, taken]) => taken === 0);
    expect(idle).toEqual([]);
  });

  test('have a leader outside of the ISR at once, if nobody counts as a leader', async () => {
    const spec = specOf(scopeOf({ replicas: 2, maxLeaderEpoch: 1 }));
    const properties = leaderInIsr('as written');
    const result = await exploreExhaustively(modelOf('Kip320', spec), properties);
    expect(result).toMatchObject({ verdict: 'violated', distinctStates: 1 });
    expect(result.violations[0]?.steps).toEqual([]);
  });
});

describe.skipIf(!isLong)('the published replication models in larger scopes', () => {
  const timeout = 900_000;

  test.each(longRuns)(
    `keep or break the two properties: ${title}`,
    run => check(run, true),
    timeout,
  );

  test.each(longRunsWithoutSymmetry)(
    `do the same without symmetry: ${title}`,
    run => check(run, false),
    timeout,
  );
});
