import type { ModelSource } from '../project/project.ts';
import type { TaskHooks } from '../tasks/control.ts';
import { runTask } from '../tasks/runTask.ts';
import { conclude, type SwarmResult } from './conclude.ts';
import { playSeeds, type RunTask, type SeedProgress } from './playSeeds.ts';
import type { Swarm } from './swarm.ts';

/** What those who have a swarm played ask and are told. */
export interface SwarmHooks extends Pick<TaskHooks, 'isInterrupted'> {
  readonly onProgress?: (progress: SeedProgress) => void;
}

/**
 * The same as a fleet does, in this process: what the results of fleets are compared with.
 *
 * @throws UsageError when the swarm names something that does not exist; Interrupted.
 */
export async function runSwarm(
  swarm: Swarm,
  source: ModelSource,
  { isInterrupted = () => false, onProgress }: SwarmHooks = {},
): Promise<SwarmResult> {
  const run: RunTask = (task, tell) => runTask(task, source, { isInterrupted, onProgress: tell });
  return conclude(swarm, await playSeeds(swarm, swarm.seeds, run, onProgress), source, run);
}
