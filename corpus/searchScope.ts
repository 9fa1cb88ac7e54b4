import type { Control } from '../checker/core/control.ts';
import type { ModelError } from '../checker/core/errors.ts';
import { exploreToEnd } from '../checker/core/exploreToEnd.ts';
import { exploreExhaustively } from '../checker/exhaustive/exhaustive.ts';
import type { AnyModel } from '../checker/model/model.ts';
import type { AnyProperty } from '../checker/model/property.ts';
import { simulate } from '../checker/random/simulate.ts';
import type { ExplorationResult, Violation } from '../checker/results/result.ts';
import { canBeReduced } from '../checker/state/symmetry.ts';
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
  /** Whether states that differ by renaming nodes count as one; they do if absent and there are not too many nodes. */
  readonly symmetry?: boolean;
  readonly isInterrupted?: () => boolean;
}

/** What a search of a scope came to. */
export interface ScopeSearch {
  readonly exhaustive: ExplorationResult;
  /** Of what the exhaustive search left open; absent where it left nothing open. */
  readonly random?: ExplorationResult;
  /** Each property that broke, and what found it. */
  readonly found: readonly Found[];
  /** Whether every state of the scope was explored, or what was left of it could say no more. */
  readonly covered: boolean;
  /** The crash beyond the violations that ended the search, if one did. */
  readonly crash?: ModelError;
}

/** A property that broke. */
interface Found {
  readonly violation: Violation;
  readonly by: Finder;
}

/**
 * Searches the scope of a model for states or steps that break the properties, each on its own: that
 * one is broken says nothing of the others.
 *
 * @throws ModelError when the model crashes before anything breaks.
 */
export async function searchScope(
  model: AnyModel,
  properties: readonly AnyProperty[],
  options: SearchOptions,
): Promise<ScopeSearch> {
  const { maxStates, seed, runs, maxSteps, milliseconds, isInterrupted } = options;
  const symmetry = (options.symmetry ?? true) && canBeReduced(model.schema);
  const control = (): Control => timeLimit(milliseconds, isInterrupted);
  const { explored: exhaustive, crash } = await exploreToEnd(keepGoing =>
    exploreExhaustively(model, properties, { symmetry, maxStates, keepGoing, control: control() }),
  );
  const found = exhaustive.violations.map(violation => ({ violation, by: { result: exhaustive } }));
  const { stopped } = exhaustive;
  if (crash !== undefined) return { exhaustive, found, covered: false, crash };
  if (stopped === undefined || stopped === 'interrupted') {
    return { exhaustive, found, covered: stopped === undefined };
  }
  const broken = new Set(exhaustive.violations.map(({ property }) => property));
  const open = properties.filter(({ name }) => !broken.has(name));
  const extent = { seed, runs, maxSteps, symmetry };
  const atRandom = await exploreToEnd(keepGoing =>
    simulate(model, open, { ...extent, keepGoing, control: control() }),
  );
  const random = atRandom.explored;
  const by = { result: random, seed };
  return {
    exhaustive,
    random,
    found: [...found, ...random.violations.map(violation => ({ violation, by }))],
    covered: false,
    ...(atRandom.crash === undefined ? {} : { crash: atRandom.crash }),
  };
}
