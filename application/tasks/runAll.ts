import { runTasks } from './pool.ts';
import type { Surroundings } from './surroundings.ts';
import type { Task, TaskResult } from './task.ts';
import type { TimeBudget } from './timeBudget.ts';

/** What holds for these tasks only. */
export interface RunOptions {
  /** The time for all of them together; endless if absent. */
  readonly budget?: TimeBudget;
  /** Is told what ends a task, which then ends no other; without it, all end. */
  readonly onFailure?: (task: Task, error: Error) => void;
}

/**
 * Runs tasks, tells who watches how far they have come, and returns the result of each. After an
 * interrupt, or when the time budget is used up, the last ones have none; nor has one that failed, where
 * somebody is told of it.
 *
 * @throws UsageError when a task names something unknown; ModelError when a model crashes.
 */
export async function runAll(
  tasks: readonly Task[],
  { project, jobs, interrupt, onBegin, onProgress }: Surroundings,
  { budget, onFailure }: RunOptions = {},
): Promise<ReadonlyMap<Task, TaskResult>> {
  let done = 0;
  const taskAt = (index: number, tell: (task: Task) => void): void => {
    const task = tasks[index];
    if (task !== undefined) tell(task);
  };
  onBegin?.(tasks.length);
  const results = await runTasks(tasks, {
    source: project,
    jobs,
    interrupt,
    ...(budget === undefined ? {} : { budget }),
    onProgress: (index, progress) =>
      taskAt(index, task => onProgress?.({ task, done, of: tasks.length, progress })),
    onResult: () => {
      done++;
    },
    ...(onFailure === undefined
      ? {}
      : {
          onFailure: (index, error) => {
            taskAt(index, task => onFailure(task, error));
            done++;
          },
        }),
  });
  return new Map(results.map(result => [result.task, result]));
}
