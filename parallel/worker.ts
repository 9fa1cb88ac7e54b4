import { parentPort, workerData } from 'node:worker_threads';
import { CompiledModel } from '../checker/core/compiledModel.ts';
import { StateTable } from '../checker/core/stateTable.ts';
import { Expander } from '../checker/exhaustive/expander.ts';
import { specificationFrom } from './specificationModule.ts';
import type { ThreadMemory, ThreadReply, ThreadRequest, ThreadStart } from './threadMessages.ts';

/*
 * The program of a worker thread: builds the model, then expands the records that it is sent.
 */

if (parentPort === null) throw new Error('this file is the program of a worker thread');
const port = parentPort;
// The pool is the only one to start this file, with just this data.
const { specification, table: memory, ...options } = workerData as ThreadStart;

async function makeExpander(): Promise<Expander> {
  const { model, properties } = await specificationFrom(specification);
  const compiled = new CompiledModel(model);
  return new Expander(compiled, properties, new StateTable(memory), options);
}

/** Does what the thread is requested to do. */
function handlerFor(expander: Expander): (request: ThreadRequest) => void {
  let held = memory;
  return request => {
    if (request.kind === 'level') {
      expander.beginLevel(request.level, request.closedGoals);
    } else if (request.kind === 'grow') {
      const larger = new StateTable(request.table);
      larger.takeOver(held, request.start, request.end);
      held = request.table;
      expander.useTable(larger);
      port.postMessage({ kind: 'grown', ...memoryOf(expander) } satisfies ThreadReply);
    } else {
      const end = expander.expand(request.records);
      const rest = request.records.slice(end);
      const expansion = { report: expander.takeReport(), records: expander.takeRecords(), rest };
      const reply: ThreadReply = { kind: 'expansion', expansion, ...memoryOf(expander) };
      port.postMessage(reply, [expansion.records.buffer]);
    }
  };
}

function memoryOf({ bytes, isLearningFull, symmetryCheck }: Expander): ThreadMemory {
  return { bytes, isLearningFull, unchecked: symmetryCheck.unchecked };
}

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  port.postMessage({ kind: 'failure', message } satisfies ThreadReply);
}

try {
  const expander = await makeExpander();
  const handle = handlerFor(expander);
  port.on('message', (request: ThreadRequest) => {
    try {
      handle(request);
    } catch (error) {
      fail(error);
    }
  });
  port.postMessage({ kind: 'ready', ...memoryOf(expander) } satisfies ThreadReply);
} catch (error) {
  fail(error);
}
