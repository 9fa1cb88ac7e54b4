import type { Task } from '../tasks/task.ts';

/** Seeds that follow each other. */
export interface SeedRange {
  readonly first: number;
  readonly count: number;
}

/**
 * Random runs of one scope with many seeds, as plain data. What each seed comes to hangs on it alone, so that seeds can
 * be played anywhere, in any order, and once more.
 */
export interface Swarm extends Pick<Task, 'model' | 'request' | 'properties'> {
  readonly seeds: SeedRange;
  /** Random runs of each seed. */
  readonly runs: number;
  /** The longest run, in steps. */
  readonly maxSteps: number;
  /** Play all seeds, to find what breaks other properties; without it, the first that breaks one is the last. */
  readonly keepGoing: boolean;
}

/** The seeds in parts of so many, in their order; the last may be smaller. */
export function partsOf({ first, count }: SeedRange, size: number): readonly SeedRange[] {
  const parts = Math.ceil(count / size);
  return Array.from({ length: parts }, (_, index) => ({
    first: first + index * size,
    count: Math.min(size, count - index * size),
  }));
}

/** One seed of a swarm, as `simulate` plays it. */
export function taskOfSeed(swarm: Swarm, seed: number, how: { readonly shorten: boolean }): Task {
  const { model, request, properties, runs, maxSteps, keepGoing } = swarm;
  return {
    model,
    request,
    ...(properties === undefined ? {} : { properties }),
    engine: { kind: 'simulate', seed, runs, maxSteps, keepGoing, ...how },
    limits: {},
  };
}
