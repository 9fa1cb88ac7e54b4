import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Beginning, Question } from './worker.ts';

/** A thread that is asked one question at a time, and replaced where it does not answer. */
export class Judge {
  #worker: Worker | undefined;
  readonly #url: URL;
  readonly #beginning: Beginning;

  constructor(url: URL, beginning: Beginning) {
    this.#url = url;
    this.#beginning = beginning;
  }

  /** The answer, or undefined if there was none in time. */
  async ask<Answer>(question: Question, seconds: number): Promise<Answer | undefined> {
    const worker = this.#started();
    worker.postMessage(question);
    const answer = await answerOf<Answer>(worker, seconds);
    if (answer === undefined) await this.stop();
    return answer;
  }

  /** All answers, up to one that is null. */
  async askAll<Answer>(question: Question): Promise<Answer[]> {
    const worker = this.#started();
    const answers: Answer[] = [];
    const isWhole = new Promise<void>((whole, failed) => {
      worker.once('error', failed);
      worker.on('message', (answer: Answer | undefined | null) => {
        if (answer === null) whole();
        else if (answer !== undefined) answers.push(answer);
      });
    });
    worker.postMessage(question);
    await isWhole;
    worker.removeAllListeners();
    return answers;
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  #started(): Worker {
    this.#worker ??= new Worker(this.#url, { workerData: this.#beginning, execArgv: [] });
    return this.#worker;
  }
}

/** What a thread says next, or undefined if it says nothing in time. */
async function answerOf<Answer>(worker: Worker, seconds: number): Promise<Answer | undefined> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), seconds * 1000);
  try {
    const [answer]: Answer[] = await once(worker, 'message', timeout);
    return answer;
  } catch (error) {
    if (timeout.signal.aborted) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
