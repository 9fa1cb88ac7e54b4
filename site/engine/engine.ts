import { failureOf } from '../../application/tasks/failure.ts';
import { InterruptFlag } from '../../application/tasks/interrupt.ts';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { builtInModels } from '../../catalogue/models.ts';
import type { Progress } from '../../checker/core/control.ts';
import { clusterReport } from './clusterReport.ts';
import { exploreRequested } from './exploreRequested.ts';
import type { EngineAnswers, EngineQuestion, FromEngine, ToEngine } from './messages.ts';
import { sheetOf } from './modelSheet.ts';

/** Milliseconds between two messages of progress: more would only fill the queue of the page. */
const PROGRESS_EVERY = 100;

/** Where the engine hears and speaks: a worker of a page. */
export interface EnginePort {
  onmessage: ((message: { readonly data: ToEngine }) => void) | null;
  postMessage(message: FromEngine): void;
}

/**
 * Answers the questions of a page, one after the other, with what was found until then when it is told to stop.
 *
 * @param own the models that are somebody's own; undefined where the worker was started for ours
 */
export function startEngine(port: EnginePort, own?: () => readonly ModelEntry[]): void {
  let interrupt = new InterruptFlag();
  port.onmessage = ({ data }) => {
    if (data.kind === 'stop') {
      interrupt.set();
      return;
    }
    interrupt = new InterruptFlag();
    answered(data, { port, interrupt, own }).then(
      answer => port.postMessage({ kind: 'answer', answer }),
      error =>
        port.postMessage({
          kind: 'failure',
          failure: { ...failureOf(error), stack: stackOf(error) },
        }),
    );
  };
  port.postMessage({ kind: 'ready' });
}

/** Where code was, also that of a model whose error became another one. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return error.cause === undefined ? (error.stack ?? '') : stackOf(error.cause);
}

interface Place {
  readonly port: EnginePort;
  readonly interrupt: InterruptFlag;
  readonly own: (() => readonly ModelEntry[]) | undefined;
}

async function answered(
  { question, bytes }: Extract<ToEngine, { kind: 'ask' }>,
  { port, interrupt, own }: Place,
): Promise<EngineAnswers[keyof EngineAnswers]> {
  const told = teller(port);
  const limits = { bytes };
  const hooks = {
    isInterrupted: () => interrupt.isSet,
    onProgress: (progress: Progress) => told({ done: 0, of: 1, progress }),
  };
  switch (question.kind) {
    case 'models':
      return builtInModels.map(sheetOf);
    case 'check':
      return checkAsked(question, { port, interrupt, told, limits });
    case 'explore':
      return exploreRequested(question.request, builtInModels, limits, hooks);
    case 'exploreOwn': {
      const models = own?.() ?? [];
      const [model] = models;
      if (model === undefined) throw new Error('there is no model');
      return exploreRequested({ ...question.request, model: model.name }, models, limits, hooks);
    }
  }
}

function checkAsked(
  { files, kafkaVersion, brokers }: Extract<EngineQuestion, { kind: 'check' }>,
  {
    port,
    interrupt,
    told,
    limits,
  }: Omit<Place, 'own'> & { told: Teller; limits: { bytes: number } },
): Promise<EngineAnswers['check']> {
  return clusterReport(files, {
    said: { kafkaVersion, brokers },
    limits,
    surroundings: { jobs: 1, interrupt, onProgress: told },
    onAnswer: answer => port.postMessage({ kind: 'soFar', answer }),
  });
}

type Teller = (at: { done: number; of: number; progress: Progress }) => void;

/** Tells the page how far the work has come, not more often than it can show. */
function teller(port: EnginePort): Teller {
  let last = 0;
  return ({ done, of, progress }) => {
    const now = performance.now();
    if (now - last < PROGRESS_EVERY) return;
    last = now;
    const { engine, distinctStates, generatedStates, depth, pending, bytes } = progress;
    const short = { engine, distinctStates, generatedStates, depth, pending, bytes };
    port.postMessage({ kind: 'progress', at: { done, of, progress: short } });
  };
}
