/*
 * Starts a thread in a checkout: builds its program. A loader would read every source again for each
 * thread; only a configuration needs one, together with the sources that it may import.
 */
import { workerData } from 'node:worker_threads';
import { built } from '../../tools/build/built.mjs';

if (workerData.configFile === undefined) {
  const [program = ''] = await built(['application/tasks/worker.ts']);
  await import(program);
} else {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./worker.ts');
}
