import { isKnownToThreads } from '../project/project.ts';
import { isTold, type PoolOptions, runHere, within } from './runHere.ts';
import type { Task, TaskResult } from './task.ts';
import { WorkerThread } from './workerThread.ts';

/**
 * Runs tasks and returns their results in the order of the tasks. The number of jobs changes
 * nothing but the time it takes.
 *
 * After an interrupt no task is started any more: the results are then those of the tasks that ran,
 * the last ones `stopped: 'interrupted'`. Nor is one when the time budget is used up; those that run
 * then are `stopped: 'time limit'`. Each result holds the very task that it is of.
 *
 * @throws UsageError or ModelError of the first task, in order, that failed, where nobody is told of it.
 */
export async function runTasks(
  tasks: readonly Task[],
  options: PoolOptions,
): Promise<TaskResult[]> {
  // What threads cannot find is run here.
  const most = isKnownToThreads(options.source) ? options.jobs : 1;
  const jobs = Math.min(most, tasks.length);
  return jobs <= 1 ? runHere(tasks, options) : new Pool(tasks, options).run(jobs);
}

class Pool {
  readonly #tasks: readonly Task[];
  readonly #options: PoolOptions;
  readonly #results = new Map<number, TaskResult>();
  readonly #threads = new Map<number, WorkerThread>();
  #next = 0;
  #failure: { readonly index: number; readonly error: unknown } | undefined;

  constructor(tasks: readonly Task[], options: PoolOptions) {
    this.#tasks = tasks;
    this.#options = options;
  }

  async run(jobs: number): Promise<TaskResult[]> {
    await Promise.all(Array.from({ length: jobs }, () => this.#work()));
    if (this.#failure !== undefined) throw this.#failure.error;
    return this.#tasks.flatMap((_, index) => this.#results.get(index) ?? []);
  }

  /** Runs one task after the other on one thread, as long as there are any. */
  async #work(): Promise<void> {
    const { source, budget, interrupt } = this.#options;
    const isOver = (): boolean => interrupt.isSet || budget?.isUsedUp === true;
    if (isOver()) return;
    let thread = new WorkerThread(interrupt, source.file);
    try {
      while (!isOver() && this.#failure === undefined) {
        const index = this.#next++;
        const task = this.#tasks[index];
        if (task === undefined) return;
        this.#threads.set(index, thread);
        const isDone = await this.#runOn(thread, index, task);
        this.#threads.delete(index);
        if (isDone) continue;
        // It may have died of the task.
        await thread.end();
        thread = new WorkerThread(interrupt, source.file);
      }
    } finally {
      await thread.end();
    }
  }

  /** False if the task failed. */
  async #runOn(thread: WorkerThread, index: number, task: Task): Promise<boolean> {
    const { budget, onProgress, onResult, onFailure } = this.#options;
    try {
      const limited = within(budget, task);
      const answer = await thread.run(index, limited, progress => onProgress?.(index, progress));
      const result = { ...answer, task };
      this.#results.set(index, result);
      onResult?.(index, result);
      return true;
    } catch (error) {
      if (isTold(error, onFailure)) onFailure?.(index, error);
      else this.#fail(index, error);
      return false;
    }
  }

  /**
   * Keeps the failure of the first task in order, so that it does not depend on timing which one is
   * reported: tasks before it run to their end, those after it do not matter any more.
   */
  #fail(index: number, error: unknown): void {
    if (this.#failure !== undefined && this.#failure.index < index) return;
    this.#failure = { index, error };
    for (const [running, thread] of this.#threads) if (running > index) void thread.end();
  }
}
