import { parentPort, workerData } from 'node:worker_threads';
import { loadProject } from '../project/loadProject.ts';
import { failureOf } from './failure.ts';
import { InterruptFlag } from './interrupt.ts';
import { runTask } from './runTask.ts';
import type { WorkerReply, WorkerRequest, WorkerStart } from './workerMessages.ts';

/*
 * The program of a worker thread: runs the tasks that it is sent, one after the other, and answers
 * each with its result or failure.
 */

/** Milliseconds between two progress messages: more would only fill the queue of the main thread. */
const PROGRESS_EVERY = 100;

if (parentPort === null) throw new Error('this file is the program of a worker thread');
const port = parentPort;
// The pool is the only one to start this file, with just this data.
const { interrupt, configFile } = workerData as WorkerStart;
const flag = new InterruptFlag(interrupt);
const project = loadProject(configFile);
// A failure is the answer to every task; until there is one, nobody else is to hear of it.
project.catch(() => undefined);

async function answer({ index, task }: WorkerRequest): Promise<WorkerReply> {
  let lastProgress = performance.now();
  try {
    const result = await runTask(task, await project, {
      isInterrupted: () => flag.isSet,
      onProgress: progress => {
        const now = performance.now();
        if (now - lastProgress < PROGRESS_EVERY) return;
        lastProgress = now;
        port.postMessage({ kind: 'progress', index, progress } satisfies WorkerReply);
      },
    });
    return { kind: 'result', index, result };
  } catch (error) {
    return { kind: 'failure', index, failure: failureOf(error) };
  }
}

port.on('message', (request: WorkerRequest) => {
  answer(request).then(
    reply => port.postMessage(reply),
    error => port.postMessage({ kind: 'failure', index: request.index, failure: failureOf(error) }),
  );
});
