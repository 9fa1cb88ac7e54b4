import type { Control } from '../checker/core/control.ts';
import { exploreLiveness } from '../checker/liveness/exploreLiveness.ts';
import type { LivenessResult, LivenessViolation } from '../checker/liveness/livenessResult.ts';
import { type SettleOptions, simulateLiveness } from '../checker/liveness/simulateLiveness.ts';
import type { AnyModel } from '../checker/model/model.ts';
import type { AnyTemporalProperty } from '../checker/model/temporal.ts';
import type { LivenessFinder } from './recordLiveness.ts';

/** Steps in which what is due when faults stop must have happened, where nothing else is said. */
export const SETTLE_STEPS = 300;

/** How much is searched: every fair run, or, where a scope has too many states, random ones. */
export interface LivenessSearchOptions extends Omit<SettleOptions, 'control'> {
  /** States up to which every fair run is looked at; 0 makes only random runs. */
  readonly maxStates: number;
  /** Called for each of the two searches. */
  readonly newControl: () => Control;
}

/** What a search for fair runs without a goal came to. */
export interface LivenessSearch {
  /** The search through all states, if there was one. */
  readonly exhaustive?: LivenessResult;
  /** The random runs, where that one neither covered the scope nor broke a property. */
  readonly random?: LivenessResult;
  /** The one of the two that decides. */
  readonly result: LivenessResult;
  /** The violations of that one, and what found them. */
  readonly violations: readonly LivenessViolation[];
  readonly by: LivenessFinder;
  /** Whether every fair run of the scope was looked at. */
  readonly covered: boolean;
}

/**
 * Searches the scope of a model for a fair run in which something that must happen never does: among
 * all of them, or, where a limit of states or time ends that, among random runs that settle.
 *
 * @throws ModelError when the model crashes.
 */
export async function searchLiveness(
  model: AnyModel,
  temporal: readonly AnyTemporalProperty[],
  options: LivenessSearchOptions,
): Promise<LivenessSearch> {
  const { maxStates, newControl, ...settling } = options;
  const exhaustive =
    maxStates === 0
      ? undefined
      : await exploreLiveness(model, temporal, { maxStates, control: newControl() });
  if (exhaustive !== undefined && !isTooLarge(exhaustive)) {
    const covered = exhaustive.stopped === undefined;
    return { exhaustive, covered, ...decidedBy(exhaustive) };
  }
  const random = await simulateLiveness(model, temporal, { ...settling, control: newControl() });
  return {
    ...(exhaustive === undefined ? {} : { exhaustive }),
    random,
    covered: false,
    ...decidedBy(random, settling.seed),
  };
}

/** Whether it takes random runs to say more. */
function isTooLarge({ stopped, violations }: LivenessResult): boolean {
  return violations.length === 0 && (stopped === 'state limit' || stopped === 'time limit');
}

function decidedBy(result: LivenessResult, seed?: number) {
  const by: LivenessFinder = seed === undefined ? { result } : { result, seed };
  return { result, violations: result.violations, by };
}
