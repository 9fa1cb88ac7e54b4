import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { EngineAnswers, EngineProgress, QuestionOf } from '../../engine/messages.ts';
import { Engine, EngineFailure } from './engine.ts';

/** What a page waits for, or has. */
interface Work<Answer> {
  readonly isRunning: boolean;
  readonly at: EngineProgress | undefined;
  readonly answer: Answer | undefined;
  readonly failure: EngineFailure | undefined;
}

/** Work, and what begins and ends it. */
export interface Working<Kind extends keyof EngineAnswers> extends Work<EngineAnswers[Kind]> {
  /** @param before code that runs before the engine */
  readonly begin: (question: QuestionOf<Kind>, before?: string) => void;
  /** Ends it with what was found until then, and the worker itself where it does not hear within a second. */
  readonly cancel: () => void;
}

/** Milliseconds for which a worker may go on after it was told to stop. */
const PATIENCE = 1000;

const idle = { isRunning: false, at: undefined, answer: undefined, failure: undefined };

/** One question at a time to an engine that is started for it: what came before is ended. */
export function useWork<Kind extends keyof EngineAnswers>(): Working<Kind> {
  const [work, setWork] = useState<Work<EngineAnswers[Kind]>>(idle);
  const engine = useRef<Engine | undefined>(undefined);
  const end = useCallback(() => engine.current?.end(), []);
  useEffect(() => end, [end]);
  const begin = useCallback((question: QuestionOf<Kind>, before?: string) => {
    engine.current?.end();
    const own = new Engine(before);
    engine.current = own;
    const set = (change: Partial<Work<EngineAnswers[Kind]>>): void => {
      if (engine.current === own) setWork(known => ({ ...known, ...change }));
    };
    setWork({ ...idle, isRunning: true });
    own
      .ask(question, { onProgress: at => set({ at }), onSoFar: answer => set({ answer }) })
      .then(answer => set({ answer, isRunning: false }))
      .catch((error: unknown) => set({ failure: failureOf(error), isRunning: false }))
      .finally(() => own.end());
  }, []);
  const cancel = useCallback(() => {
    const stopped = engine.current;
    stopped?.stop();
    setTimeout(() => stopped?.end(), PATIENCE);
  }, []);
  return { ...work, begin, cancel };
}

function failureOf(error: unknown): EngineFailure {
  return error instanceof EngineFailure ? error : new EngineFailure(String(error));
}
