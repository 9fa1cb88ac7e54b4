/*
 * Starts a thread in a checkout: builds its program together with the module that makes its model, so
 * that both mean the same classes. A loader would read every source again for each thread.
 */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { workerData } from 'node:worker_threads';
import { built } from '../tools/build/built.mjs';
import { root } from '../tools/build/bundle.mjs';

const { specification } = workerData;
if (specification.isTypeScript) {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./worker.ts');
} else {
  const module = relative(root, fileURLToPath(specification.url));
  const [program = '', url] = await built(['parallel/worker.ts', module]);
  specification.url = url;
  await import(program);
}
