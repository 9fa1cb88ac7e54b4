import { beforeAll, describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import type { ExplorationResult } from '../../../checker/results/result.ts';
import { isLong } from '../../long.ts';
import { manifest } from './manifest.ts';
import { groupsIn } from './scope.ts';

const entries = manifest.filter(({ long }) => isLong || long !== true);

/** Everything that was done in some scope, by name. */
function done(results: readonly ExplorationResult[], part: 'actions' | 'transitions'): string[] {
  const counts = results.flatMap(({ coverage }) => Object.entries(coverage[part]));
  return counts.filter(([, count]) => count > 0).map(([name]) => name);
}

describe('the model of groups, scope by scope', () => {
  const results = new Map<string, ExplorationResult>();
  beforeAll(async () => {
    for (const { name, scope } of entries) {
      const { model, properties } = groupsIn(scope);
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

  test('takes every action and every lifecycle transition in some scope', () => {
    const all = [...results.values()];
    for (const part of ['actions', 'transitions'] as const) {
      const names = new Set(all.flatMap(({ coverage }) => Object.keys(coverage[part])));
      const taken = new Set(done(all, part));
      expect([...names].filter(name => !taken.has(name))).toEqual([]);
    }
  });
});
