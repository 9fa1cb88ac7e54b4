import type { ScopePlan } from '../../models/description/mainJob.ts';
import type { ReleaseMistake } from './knownMistakes.ts';

/** What a scope may take that is there to show a story: it ends when its properties have their answers. */
export const MOST_STATES_OF_STORY = 1_500_000;

/**
 * A scope in which a known mistake shows where these settings leave room for it. It is about the release more
 * than about the cluster, so it is explored only where that is asked for.
 */
export function mistakeScope(
  { name, property, bounds, isOfProgress }: ReleaseMistake,
  config: ScopePlan['config'],
): ScopePlan {
  return {
    name: `known mistake ${name}`,
    config,
    bounds,
    engine: isOfProgress ? 'liveness' : 'exhaustive',
    maxStates: MOST_STATES_OF_STORY,
    asks: [property],
    isLong: true,
  };
}
