import { beforeAll, describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { isLong } from '../long.ts';
import { type Subject, subjectsOf } from './subjects.ts';

/** So many states a search without symmetry may have before it ends where it is. */
const mostStates = isLong ? 100_000 : 1_500;

/** On every change only short counterexamples and small scopes are looked at. */
const subjects = subjectsOf({
  isShort: steps => isLong || steps <= 4,
  isSmall: distinct => isLong || distinct <= 300,
});

/** How many of each are explored completely without symmetry, to the length that is looked at. */
const compared: Readonly<Record<string, number>> = isLong
  ? {
      'defects of replication': 55,
      'defects of the quorum': 33,
      'scopes of replication': 52,
      'scopes of the quorum': 21,
    }
  : {
      'defects of replication': 16,
      'defects of the quorum': 9,
      'scopes of replication': 5,
      'scopes of the quorum': 5,
    };

/** Everything that must not depend on symmetry. */
function outlineOf({ verdict, properties, violations, witnesses }: ExplorationResult) {
  const lengths = (found: readonly { property: string; steps: readonly unknown[] }[]) =>
    Object.fromEntries(found.map(({ property, steps }) => [property, steps.length]));
  return {
    verdict,
    properties: properties.map(({ name, verdict: own }) => [name, own]),
    violations: lengths(violations),
    witnesses: lengths(witnesses),
  };
}

/**
 * Explores a scope without symmetry and with it, runs of the same length. A search without symmetry
 * that reaches its limit is made again to the length of the runs it looked at completely.
 */
async function compare({ scope, steps = Number.POSITIVE_INFINITY }: Subject) {
  const { model, properties } = scope();
  const explore = (symmetry: boolean, maxSteps: number, limit?: number) =>
    exploreExhaustively(model, properties, {
      symmetry,
      keepGoing: true,
      maxSteps,
      ...(limit === undefined ? {} : { maxStates: limit }),
    });
  const first = await explore(false, steps, mostStates);
  const isComplete = first.stopped === undefined;
  const length = isComplete ? steps : first.depth - 1;
  const full = isComplete ? first : await explore(false, length);
  return { isComplete, full, folded: await explore(true, length) };
}

describe.each(Object.entries(subjects))('symmetry changes nothing in the %s', (group, all) => {
  const results = new Map<string, Awaited<ReturnType<typeof compare>>>();
  beforeAll(async () => {
    for (const subject of all) results.set(subject.name, await compare(subject));
  }, 3_600_000);
  const resultOf = (name: string) => {
    const result = results.get(name);
    if (result === undefined) throw new Error(`nothing was explored for ${name}`);
    return result;
  };

  test.each(all)('$name', ({ name }) => {
    const { full, folded } = resultOf(name);
    expect(outlineOf(folded)).toEqual(outlineOf(full));
    expect(folded.distinctStates).toBeLessThanOrEqual(full.distinctStates);
  });

  test.each(all.filter(({ steps }) => steps !== undefined))('$name breaks something', subject => {
    const { full, isComplete } = resultOf(subject.name);
    if (isComplete) expect(Object.keys(outlineOf(full).violations)).not.toEqual([]);
  });

  test(`compares ${compared[group]} of ${all.length} completely`, () => {
    const complete = [...results.values()].filter(({ isComplete }) => isComplete);
    expect(complete).toHaveLength(compared[group] ?? 0);
  });
});
