/*
 * Loaded before the program: sends the process a signal just before it changes a folder for the so-manyth
 * time. A test that watched the folder from outside would be late on a busy machine.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const [signal, changes, folder] = JSON.parse(process.env.HIGHWATER_TEST_SIGNAL ?? '[]');
let seen = 0;

function counting(change) {
  return (path, ...rest) => {
    if (String(path).startsWith(folder) && ++seen === changes) process.kill(process.pid, signal);
    return change(path, ...rest);
  };
}

if (isMainThread && signal !== undefined) {
  for (const name of ['writeFileSync', 'rmSync']) fs[name] = counting(fs[name]);
  for (const name of ['open', 'rename']) fs.promises[name] = counting(fs.promises[name]);
  syncBuiltinESMExports();
}
