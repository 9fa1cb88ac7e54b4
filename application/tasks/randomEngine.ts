import type { Shard } from '../../checker/random/walkArbitrary.ts';
import type { Task } from './task.ts';

/** What random runs are made of. */
export interface RandomRuns {
  readonly seed: number;
  readonly runs: number;
  /** The longest run, in steps. */
  readonly maxSteps: number;
  /** Make only this part of the runs. */
  readonly shard?: Shard;
  /** Make the runs twice, and compare them state by state. */
  readonly twice?: true;
}

/** The engine that makes these runs. */
export function randomEngine(
  { seed, runs, maxSteps, shard, twice }: RandomRuns,
  keepGoing: boolean,
): Extract<Task['engine'], { kind: 'simulate' }> {
  return {
    kind: 'simulate',
    seed,
    runs,
    maxSteps,
    keepGoing,
    ...(shard === undefined ? {} : { shard }),
    ...(twice === undefined ? {} : { twice }),
  };
}
