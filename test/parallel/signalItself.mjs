/*
 * Loaded before the program: sends the process a signal just before it changes a folder for the so-manyth
 * time. A test that watched the folder from outside would be late on a busy machine.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const [signal, changes, folder] = JSON.parse(process.env['HIGHWATER_TEST_SIGNAL'] ?? '[]');
let seen = 0;

/** @param {unknown} path */
function count(path) {
  if (String(path).startsWith(folder) && ++seen === changes) process.kill(process.pid, signal);
}

if (isMainThread && signal !== undefined) {
  const { writeFileSync, rmSync, promises } = fs;
  const { open, rename } = promises;
  fs.writeFileSync = (path, ...rest) => {
    count(path);
    return writeFileSync(path, ...rest);
  };
  fs.rmSync = (path, ...rest) => {
    count(path);
    return rmSync(path, ...rest);
  };
  promises.open = (path, ...rest) => {
    count(path);
    return open(path, ...rest);
  };
  promises.rename = (path, ...rest) => {
    count(path);
    return rename(path, ...rest);
  };
  syncBuiltinESMExports();
}
