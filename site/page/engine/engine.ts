import type {
  EngineAnswers,
  EngineProgress,
  FromEngine,
  QuestionOf,
  ToEngine,
} from '../../engine/messages.ts';

/** What came of a question that was not answered: the words of the engine, and where in code it was. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
  readonly trace: string;

  constructor(message: string, trace = '') {
    super(message);
    this.trace = trace;
  }
}

/** Who listens while the engine works. */
export interface Listener<Answer> {
  readonly onProgress?: (at: EngineProgress) => void;
  /** What is known before the last word. */
  readonly onSoFar?: (answer: Answer) => void;
}

/** Bytes that a search in a page may hold: half of what browsers give to one. */
const MOST_BYTES = 2 ** 30;

/** The program of the worker, which lies in the page as text: a page from a file can load no other file. */
function programText(): string {
  return document.getElementById('engine')?.textContent ?? '';
}

/** The engine in a worker of its own, which answers one question at a time. */
export class Engine {
  readonly #worker: Worker;
  readonly #url: string;
  #pending:
    | { readonly receive: (message: FromEngine) => void; readonly fail: (error: Error) => void }
    | undefined;

  /** @param before code that runs before the engine, with which it can be asked of a model of its own */
  constructor(before = '') {
    const blob = new Blob([before, programText()], { type: 'text/javascript' });
    this.#url = URL.createObjectURL(blob);
    this.#worker = new Worker(this.#url);
    this.#worker.onmessage = ({ data }: MessageEvent<FromEngine>) => this.#pending?.receive(data);
    this.#worker.onerror = ({ message, lineno }) =>
      this.#pending?.fail(new EngineFailure(message, `blob::${lineno}:1`));
  }

  /** @throws EngineFailure when it cannot be answered, or the engine was ended. */
  ask<Kind extends keyof EngineAnswers>(
    question: QuestionOf<Kind>,
    listener: Listener<EngineAnswers[Kind]> = {},
  ): Promise<EngineAnswers[Kind]> {
    // The engine answers a question with an answer of its kind, which is not told again.
    type Answer = EngineAnswers[Kind];
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        this.#pending = undefined;
        reject(error);
      };
      const receive = (message: FromEngine): void => {
        if (message.kind === 'progress') listener.onProgress?.(message.at);
        if (message.kind === 'soFar') listener.onSoFar?.(message.answer as Answer);
        if (message.kind === 'failure') {
          fail(new EngineFailure(message.failure.message, message.failure.stack));
        }
        if (message.kind !== 'answer') return;
        this.#pending = undefined;
        resolve(message.answer as Answer);
      };
      this.#pending = { receive, fail };
      this.#send({ kind: 'ask', question, bytes: MOST_BYTES });
    });
  }

  /** Asks it to answer with what it has found until now; a loop of somebody's own hears nothing. */
  stop(): void {
    this.#send({ kind: 'stop' });
  }

  /** Ends the worker, whatever it is doing. */
  end(): void {
    this.#worker.terminate();
    URL.revokeObjectURL(this.#url);
    this.#pending?.fail(new EngineFailure('It was ended.'));
  }

  #send(message: ToEngine): void {
    this.#worker.postMessage(message);
  }
}
