import type { Progress } from '../../checker/core/control.ts';
import { ModelError } from '../../checker/core/errors.ts';
import { failureOf } from '../tasks/failure.ts';
import type { Task, TaskResult } from '../tasks/task.ts';
import { type SeedRange, type Swarm, taskOfSeed } from './swarm.ts';
import { isOver, nothing, type Tally, tallyOf, together } from './tally.ts';

/** How far the seeds of a part have come. */
export interface SeedProgress {
  /** Seeds that are over. */
  readonly seeds: number;
  /** Steps of these, and of the one that is played. */
  readonly steps: number;
}

/** Runs a task, here or in a thread; how far it has come is told to the function. */
export type RunTask = (task: Task, onProgress: (progress: Progress) => void) => Promise<TaskResult>;

/** Somebody asked to stop: what was played until then is thrown away. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/**
 * Plays seeds in their order, shortening nothing, until the swarm is over. A crash of the model is part of what came of
 * them: it comes again each time.
 *
 * @throws UsageError when the swarm names something that does not exist; {@link Interrupted}.
 */
export async function playSeeds(
  swarm: Swarm,
  { first, count }: SeedRange,
  run: RunTask,
  onProgress?: (progress: SeedProgress) => void,
): Promise<Tally> {
  let tally = nothing;
  for (let seed = first; seed < first + count && !isOver(tally, swarm); seed++) {
    const { seeds, steps } = tally;
    const played = await playSeed(swarm, seed, task =>
      run(task, of => onProgress?.({ seeds, steps: steps + of.generatedStates })),
    );
    tally = together(tally, played);
    onProgress?.({ seeds: tally.seeds, steps: tally.steps });
  }
  return tally;
}

async function playSeed(
  swarm: Swarm,
  seed: number,
  run: (task: Task) => Promise<TaskResult>,
): Promise<Tally> {
  try {
    const { result, failure } = await run(taskOfSeed(swarm, seed, { shorten: false }));
    if (result.stopped === 'interrupted')
      throw new Interrupted('the seeds were not played to their end');
    const tally = tallyOf(seed, result);
    return failure === undefined ? tally : { ...tally, crash: { seed, failure } };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return { ...nothing, seeds: 1, chains: [''], crash: { seed, failure: failureOf(error) } };
  }
}
