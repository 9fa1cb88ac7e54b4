import { exploreExhaustively } from '../checker/explore/exhaustive.ts';
import type { ExplorationResult, Violation } from '../checker/explore/result.ts';
import { simulate } from '../checker/explore/simulate.ts';
import type { AnyModel } from '../checker/model/model.ts';
import type { AnyProperty } from '../checker/model/property.ts';
import type { Finder } from './recordFound.ts';
import { timeLimit } from './timeLimit.ts';

/** How much is searched: first every state, then, where there are too many, at random. */
export interface SearchOptions {
  /** Distinct states after which the exhaustive search gives up. */
  readonly maxStates: number;
  readonly seed: number;
  readonly runs: number;
  readonly maxSteps: number;
  /** Milliseconds for each of the two searches. */
  readonly milliseconds: number;
  readonly isInterrupted?: () => boolean;
}

/** What a search of a scope came to. */
export interface ScopeSearch {
  readonly exhaustive: ExplorationResult;
  /** Absent where the exhaustive search covered the scope, or broke a property. */
  readonly random?: ExplorationResult;
  /** The first property that broke, and what found it. */
  readonly found?: { readonly violation: Violation; readonly by: Finder };
  /** Whether every state of the scope was explored. */
  readonly covered: boolean;
}

/**
 * Searches the scope of a model for a state or step that breaks one of the properties.
 *
 * @throws ModelError when the model crashes.
 */
export async function searchScope(
  model: AnyModel,
  properties: readonly AnyProperty[],
  options: SearchOptions,
): Promise<ScopeSearch> {
  const { maxStates, seed, runs, maxSteps, milliseconds, isInterrupted } = options;
  const exhaustive = await exploreExhaustively(model, properties, {
    symmetry: true,
    maxStates,
    control: timeLimit(milliseconds, isInterrupted),
  });
  const broken = exhaustive.violations[0];
  if (broken !== undefined) {
    return { exhaustive, covered: false, found: { violation: broken, by: { result: exhaustive } } };
  }
  const { stopped } = exhaustive;
  if (stopped === undefined) return { exhaustive, covered: true };
  if (stopped === 'interrupted') return { exhaustive, covered: false };
  const control = timeLimit(milliseconds, isInterrupted);
  const random = await simulate(model, properties, { seed, runs, maxSteps, control });
  const violation = random.violations[0];
  const by = { result: random, seed };
  return {
    exhaustive,
    random,
    covered: false,
    ...(violation === undefined ? {} : { found: { violation, by } }),
  };
}
