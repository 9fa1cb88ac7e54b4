import { Worker } from 'node:worker_threads';
import type { ThreadMemory, ThreadReply, ThreadRequest, ThreadStart } from './threadMessages.ts';

/** A source is built first. */
const program = import.meta.url.endsWith('.ts') ? './startWorker.mjs' : '../parallel/worker.js';

interface Waiting {
  readonly resolve: (reply: ThreadReply) => void;
  readonly reject: (error: Error) => void;
}

/** A thread that expands states, seen from the thread that started it. */
export class WorkerThread {
  /** Fulfilled when it has built its model. */
  readonly ready: Promise<unknown>;
  readonly #worker: Worker;
  /** Those who wait for an answer, in the order in which they asked. */
  readonly #waiting: Waiting[] = [];
  #ended: Error | undefined;
  #isReady = false;
  #memory: ThreadMemory = { bytes: 0, isLearningFull: false, unchecked: 0 };

  constructor(start: ThreadStart) {
    this.#worker = new Worker(new URL(program, import.meta.url), {
      workerData: start,
      // Flags of the main thread may not be meant for it.
      execArgv: [],
    });
    this.#worker.on('message', (reply: ThreadReply) => this.#receive(reply));
    this.#worker.on('messageerror', error => this.#end(error.message));
    this.#worker.on('error', error => this.#end(messageOf(error)));
    this.#worker.on('exit', code => this.#end(`it exited with code ${code}`));
    // The first thing that it says of itself.
    this.ready = new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  get isReady(): boolean {
    return this.#isReady;
  }
  /** Why it does nothing any more, if it does not. */
  get ended(): Error | undefined {
    return this.#ended;
  }
  /** How many answers it owes. */
  get load(): number {
    return this.#waiting.length;
  }
  /** What it held when it was last heard of. */
  get memory(): ThreadMemory {
    return this.#memory;
  }

  /** Sends what is not answered; what is sent before it has built its model waits for that. */
  tell(request: Extract<ThreadRequest, { kind: 'level' }>): void {
    this.#worker.postMessage(request);
  }

  /** @throws Error when the thread dies, or cannot build its model. */
  ask(request: Extract<ThreadRequest, { kind: 'expand' | 'grow' }>): Promise<ThreadReply> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#ended);
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(request, request.kind === 'expand' ? [request.records.buffer] : []);
    });
  }

  /** Ends the thread, whatever it is doing. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(reply: ThreadReply): void {
    if (reply.kind === 'failure') {
      this.#end(reply.message);
      return;
    }
    this.#memory = reply;
    this.#isReady = true;
    this.#waiting.shift()?.resolve(reply);
  }

  #end(why: string): void {
    this.#ended ??= new Error(`a worker thread ended before the search did: ${why}`);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
