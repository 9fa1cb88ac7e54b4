import type { Progress } from '../../checker/core/control.ts';
import type { ModelSource } from '../project/project.ts';
import type { InterruptFlag } from './interrupt.ts';
import type { Task } from './task.ts';

/** What somebody who watches is told. */
export interface Onlooker {
  /** How many tasks begin. */
  readonly onBegin?: (tasks: number) => void;
  readonly onProgress?: (at: TaskProgress) => void;
}

/** How far several tasks have come. */
export interface TaskProgress {
  /** One that is going on. */
  readonly task: Pick<Task, 'model' | 'request'>;
  /** How many are over, of how many. */
  readonly done: number;
  readonly of: number;
  /** Of the one that is going on. */
  readonly progress: Progress;
}

/** What work is given besides what it is about. */
export interface Surroundings extends Onlooker {
  readonly project: ModelSource;
  /** Tasks at the same time, each on a thread of its own; with 1 on this thread. */
  readonly jobs: number;
  readonly interrupt: InterruptFlag;
}
