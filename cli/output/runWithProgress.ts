import { runTasks } from '../../application/tasks/pool.ts';
import type { Task, TaskResult } from '../../application/tasks/task.ts';
import type { TimeBudget } from '../../application/tasks/timeBudget.ts';
import type { CliIo } from './io.ts';
import { ProgressReporter } from './progress.ts';

/** How many tasks run at the same time, and what is shown of them meanwhile. */
export interface ShownRun {
  readonly jobs: number;
  /** The time for all of them together; endless if absent. */
  readonly budget?: TimeBudget;
  /** Show nothing. */
  readonly quiet: boolean;
  /** What begins. */
  readonly title: string;
  /** The task that is going on, and how many are done. */
  readonly label: (task: Task, done: number) => string;
  /** Is told what ends a task, which then ends no other; without it, all end. */
  readonly onFailure?: (task: Task, error: Error) => void;
}

/**
 * Runs tasks while stderr shows how far they have come, and returns the result of each. After an
 * interrupt, or when the time budget is used up, the last ones have none; nor has one that failed, where
 * somebody is told of it.
 *
 * @throws UsageError when a task names something unknown; ModelError when a model crashes.
 */
export async function runWithProgress(
  tasks: readonly Task[],
  { jobs, budget, quiet, title, label, onFailure }: ShownRun,
  io: CliIo,
): Promise<ReadonlyMap<Task, TaskResult>> {
  const reporter = new ProgressReporter(io.stderr, { quiet });
  let done = 0;
  reporter.begin(title);
  try {
    const results = await runTasks(tasks, {
      jobs,
      ...(budget === undefined ? {} : { budget }),
      interrupt: io.interrupt,
      onProgress: (index, progress) => {
        const task = tasks[index];
        if (task !== undefined) reporter.update(label(task, done), progress);
      },
      onResult: () => {
        done++;
      },
      ...(onFailure === undefined
        ? {}
        : {
            onFailure: (index, error) => {
              const task = tasks[index];
              if (task !== undefined) onFailure(task, error);
              done++;
            },
          }),
    });
    return new Map(results.map(result => [result.task, result]));
  } finally {
    reporter.end();
  }
}
