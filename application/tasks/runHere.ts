import { UsageError } from '../../catalogue/usageError.ts';
import type { Progress } from '../../checker/core/control.ts';
import { StorageError } from '../../parallel/storageError.ts';
import type { ModelSource } from '../project/project.ts';
import type { InterruptFlag } from './interrupt.ts';
import { runTask } from './runTask.ts';
import type { Task, TaskResult } from './task.ts';
import type { TimeBudget } from './timeBudget.ts';

/** How tasks are run, and who wants to know. */
export interface PoolOptions {
  /** The models that tasks name. */
  readonly source: ModelSource;
  /** Tasks run at the same time, each on a thread of its own; with 1, on this thread. */
  readonly jobs: number;
  /** The time for all of them together; endless if absent. */
  readonly budget?: TimeBudget;
  readonly interrupt: InterruptFlag;
  readonly onProgress?: (index: number, progress: Progress) => void;
  /** Called as tasks end, which with several jobs may be out of order. */
  readonly onResult?: (index: number, result: TaskResult) => void;
  /**
   * Called with what ends a task: the others are then run all the same. Without it, the first that fails
   * ends them all. That of wrong use, or of a disk that is full, always does.
   */
  readonly onFailure?: (index: number, error: Error) => void;
}

/** Runs tasks one after the other on this thread. */
export async function runHere(tasks: readonly Task[], options: PoolOptions): Promise<TaskResult[]> {
  const { source, budget, interrupt, onProgress, onResult, onFailure } = options;
  const results: TaskResult[] = [];
  for (const [index, task] of tasks.entries()) {
    if (interrupt.isSet || budget?.isUsedUp) break;
    try {
      const answer = await runTask(within(budget, task), source, {
        isInterrupted: () => interrupt.isSet,
        onProgress: progress => onProgress?.(index, progress),
      });
      const result = { ...answer, task };
      results.push(result);
      onResult?.(index, result);
    } catch (error) {
      if (!isTold(error, onFailure)) throw error;
      onFailure?.(index, error);
    }
  }
  return results;
}

/** Whether somebody is told of the failure, and the other tasks go on. */
export function isTold(error: unknown, onFailure: PoolOptions['onFailure']): error is Error {
  if (error instanceof UsageError || error instanceof StorageError) return false;
  return onFailure !== undefined && error instanceof Error;
}

/** The task with no more time than the budget has left. */
export function within(budget: TimeBudget | undefined, task: Task): Task {
  const left = budget?.left ?? Number.POSITIVE_INFINITY;
  const milliseconds = Math.min(left, task.limits.milliseconds ?? left);
  if (!Number.isFinite(milliseconds)) return task;
  const until = performance.timeOrigin + performance.now() + milliseconds;
  return { ...task, limits: { ...task.limits, milliseconds, until } };
}
