import type { Progress } from '../../checker/core/control.ts';
import type { Memory } from '../../checker/core/memory.ts';
import type { Failure } from './failure.ts';
import type { Task, TaskResult } from './task.ts';

/** What a worker is given when it starts. */
export interface WorkerStart {
  /** The memory of the {@link InterruptFlag}. */
  readonly interrupt: Memory;
  /** The configuration file that models come from, if there is one. */
  readonly configFile: string | undefined;
}

/** One task for a worker. */
export interface WorkerRequest {
  readonly index: number;
  readonly task: Task;
}

/** What a worker says about the task that it was given. */
export type WorkerReply =
  | { readonly kind: 'progress'; readonly index: number; readonly progress: Progress }
  | { readonly kind: 'result'; readonly index: number; readonly result: TaskResult }
  | { readonly kind: 'failure'; readonly index: number; readonly failure: Failure };
