import { beforeAll, describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { isLong } from '../long.ts';

/** A scope in which everything holds, with what an exploration of it comes to, under symmetry. */
interface CountedScope<Scope> {
  readonly name: string;
  readonly scope: Scope;
  readonly counts: object;
  /** Only in the long runs. */
  readonly long?: true;
}

/** The model of a scope, and what is claimed of it. */
type Builder<Scope> = (scope: Scope) => {
  readonly model: AnyModel;
  readonly properties: readonly AnyProperty[];
};

/**
 * Tests that every scope of a manifest has its counts, that nothing breaks there, and that together they take every
 * action and every lifecycle transition, but for those that only the long runs see. `everything` leaves that to `check`.
 */
export function describeCounts<Scope>(
  title: string,
  manifest: readonly CountedScope<Scope>[],
  built: Builder<Scope>,
  leftToLongRuns: readonly string[] | 'everything' = [],
): void {
  const entries = manifest.filter(({ long }) => isLong || long !== true);
  const isAsked = leftToLongRuns !== 'everything';
  const untaken = isLong || !isAsked ? [] : leftToLongRuns;

  describe(title, () => {
    const results = new Map<string, ExplorationResult>();
    beforeAll(async () => {
      for (const { name, scope } of entries) {
        const { model, properties } = built(scope);
        const options = { symmetry: true, keepGoing: true };
        results.set(name, await exploreExhaustively(model, properties, options));
      }
    });

    test.each(entries)('has the counted states, and nothing breaks: $name', ({ name, counts }) => {
      const { distinctStates, generatedStates, depth, violations } =
        results.get(name) ?? expect.fail();
      expect(violations.map(({ property }) => property)).toEqual([]);
      expect({ distinct: distinctStates, generated: generatedStates, depth }).toEqual(counts);
    });

    test.runIf(isAsked)('takes every action and every lifecycle transition in some scope', () => {
      const all = [...results.values()];
      for (const part of ['actions', 'transitions'] as const) {
        const names = new Set(all.flatMap(({ coverage }) => Object.keys(coverage[part])));
        const taken = new Set(done(all, part));
        const left = [...names].filter(name => !taken.has(name) && !untaken.includes(name));
        expect(left).toEqual([]);
      }
    });
  });
}

/** Everything that was done in some scope, by name. */
function done(results: readonly ExplorationResult[], part: 'actions' | 'transitions'): string[] {
  const counts = results.flatMap(({ coverage }) => Object.entries(coverage[part]));
  return counts.filter(([, count]) => count > 0).map(([name]) => name);
}
