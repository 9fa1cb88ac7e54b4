import { describe, expect, test } from 'vitest';
import { CompiledModel } from '../../../checker/core/compiledModel.ts';
import { unlimited } from '../../../checker/core/control.ts';
import {
  type ExhaustiveOptions,
  exploreExhaustively,
} from '../../../checker/exhaustive/exhaustive.ts';
import { MemoryFrontier } from '../../../checker/exhaustive/frontier.ts';
import { Search } from '../../../checker/exhaustive/search.ts';
import { simulate } from '../../../checker/random/simulate.ts';
import type { ExplorationResult, Violation } from '../../../checker/results/result.ts';
import { searchNotes } from '../../../checker/results/resultText.ts';
import { storeCauses, storeModel, storeProperties } from '../subjects/store.ts';
import { ScatteredPool } from './scatteredPool.ts';

function explored(options: ExhaustiveOptions): Promise<ExplorationResult> {
  return exploreExhaustively(storeModel, storeProperties, options);
}

function of(property: string, { violations }: ExplorationResult): readonly Violation[] {
  return violations.filter(violation => violation.property === property);
}

function sorted(causes: readonly (readonly string[] | undefined)[]): string[] {
  return causes.map(cause => [...(cause ?? [])].sort().join(' ')).sort();
}

describe('several counterexamples of one property', () => {
  test.each([
    ['an invariant', 'store-is-there', true],
    ['a step property', 'store-stays', true],
    ['an invariant, without symmetry', 'store-is-there', false],
  ])('of %s are one for each cause, shortest first', async (_, property, symmetry) => {
    const found = of(property, await explored({ counterexamples: 5, symmetry }));
    expect(sorted(found.map(({ cause }) => cause))).toEqual(sorted(storeCauses));
    expect(found.map(({ steps }) => steps.length)).toEqual([2, 2, 4]);
    expect(found.map(({ shortest }) => shortest)).toEqual([true, true, false]);
  });

  test('begin with the one that is told alone, and count what it counts', async () => {
    const alone = await explored({ keepGoing: true, symmetry: true });
    const several = await explored({ counterexamples: 2, symmetry: true });
    for (const { name } of storeProperties) {
      const { cause, ...first } = of(name, several)[0] as Violation;
      expect(first).toEqual(of(name, alone)[0]);
      expect(of(name, several)).toHaveLength(2);
    }
    expect(alone.violations.every(({ cause }) => cause === undefined)).toBe(true);
    // With both found the search is over.
    expect(several.depth).toBeLessThan((await explored({ counterexamples: 3 })).depth);
  });

  test('are looked for in the whole scope where there are fewer, which changes no count', async () => {
    const { violations: _, compared, ...several } = await explored({ counterexamples: 9 });
    const { violations: __, properties, ...whole } = await exploreExhaustively(storeModel, [], {});
    expect(several).toMatchObject({
      distinctStates: whole.distinctStates,
      generatedStates: whole.generatedStates,
      depth: whole.depth,
      coverage: whole.coverage,
      verdict: 'violated',
    });
    expect(properties).toEqual([]);
    const [counts] = compared ?? [];
    expect(counts?.found).toBeGreaterThan(counts?.compared as number);
    expect(searchNotes(several)).toEqual([]);
    expect(searchNotes({ ...several, compared: compared ?? [] })[0]).toMatch(
      /^store-is-there may have more causes: of [\d,]+ ways to break it \d+ were compared$/,
    );
  });

  test('do not depend on who expands which state', async () => {
    const compiled = new CompiledModel(storeModel);
    const expected = await explored({ counterexamples: 3, symmetry: true });
    for (const [members, seed] of [
      [1, 3],
      [4, 1],
    ] as const) {
      const options = { members, symmetry: true, seed, breaks: true };
      const pool = new ScatteredPool(compiled, storeProperties, options);
      const search = new Search(compiled, storeProperties, pool, {
        symmetry: true,
        counterexamples: 3,
        control: unlimited,
        frontier: () => new MemoryFrontier(),
      });
      const { violations, compared } = await search.run();
      expect(violations).toEqual(expected.violations);
      expect(compared).toEqual(expected.compared);
    }
  });

  test('are found by random runs, each shortened', async () => {
    const options = { seed: 1, runs: 200, maxSteps: 30, counterexamples: 5 };
    const result = await simulate(storeModel, storeProperties, options);
    for (const { name } of storeProperties) {
      const found = of(name, result);
      expect(sorted(found.map(({ cause }) => cause))).toEqual(sorted(storeCauses));
      expect(found[0]).toMatchObject({ shortest: true });
      expect(found.every(({ run }) => run !== undefined)).toBe(true);
    }
    expect(result.runs).toBe(200);
    expect(result.compared?.every(each => each.compared <= each.found)).toBe(true);
    const one = await simulate(storeModel, storeProperties, { ...options, counterexamples: 1 });
    expect(one.violations.map(({ cause }) => cause)).toEqual([undefined, undefined]);
    expect(one.runs).toBeLessThan(200);
  });

  test('are at least one', async () => {
    await expect(explored({ counterexamples: 0 })).rejects.toThrow('counterexamples');
  });
});
