import type { runTasks as elsewhere } from '../../application/tasks/pool.ts';
import { runHere } from '../../application/tasks/runHere.ts';

/** Runs tasks one after the other on this thread, which is the worker of a page. */
export const runTasks: typeof elsewhere = (tasks, options) => runHere(tasks, options);
