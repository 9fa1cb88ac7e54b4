import { Worker } from 'node:worker_threads';
import type { Progress } from '../../checker/core/control.ts';
import { errorOf } from './failure.ts';
import type { InterruptFlag } from './interrupt.ts';
import type { Task, TaskResult } from './task.ts';
import type { WorkerReply, WorkerRequest, WorkerStart } from './workerMessages.ts';

/** A source is built first. */
const program = import.meta.url.endsWith('.ts')
  ? './startWorker.mjs'
  : '../application-tasks/worker.js';

interface Pending {
  readonly onProgress: (progress: Progress) => void;
  readonly resolve: (result: TaskResult) => void;
  readonly reject: (error: Error) => void;
}

/** A thread that runs one task at a time. */
export class WorkerThread {
  readonly #worker: Worker;
  #pending: Pending | undefined;
  #ended: Error | undefined;

  constructor(interrupt: InterruptFlag, configFile: string | undefined) {
    const workerData: WorkerStart = { interrupt: interrupt.buffer, configFile };
    this.#worker = new Worker(new URL(program, import.meta.url), {
      workerData,
      // Flags of the main thread may not be meant for it.
      execArgv: [],
    });
    this.#worker.on('message', (reply: WorkerReply) => this.#receive(reply));
    this.#worker.on('error', error => this.#give(toError(error)));
    this.#worker.on('exit', code => this.#give(new Error(`a worker thread ended (code ${code})`)));
  }

  /**
   * Runs a task.
   *
   * @throws what the task throws, with its class and message; Error when the thread dies.
   */
  run(index: number, task: Task, onProgress: (progress: Progress) => void): Promise<TaskResult> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#ended);
      this.#pending = { onProgress, resolve, reject };
      this.#worker.postMessage({ index, task } satisfies WorkerRequest);
    });
  }

  /** Ends the thread, whatever it is doing. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(reply: WorkerReply): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    if (reply.kind === 'progress') {
      pending.onProgress(reply.progress);
      return;
    }
    this.#pending = undefined;
    if (reply.kind === 'result') pending.resolve(reply.result);
    else pending.reject(errorOf(reply.failure));
  }

  #give(error: Error): void {
    this.#ended ??= error;
    this.#pending?.reject(this.#ended);
    this.#pending = undefined;
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
