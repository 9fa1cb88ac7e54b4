import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { CheckpointError } from './checkpointError.ts';
import { isMissing, StorageError } from './storageError.ts';

/** The file that is in a folder while a process uses it. */
export const lockName = 'checkpoint.lock';

/** Attempts to take a lock over that dead processes left: others may do so at the same time. */
const ATTEMPTS = 8;

/** A process, and when it was started where the system says that: numbers of processes come again. */
interface Holder {
  readonly pid: number;
  readonly started: string;
  readonly host: string;
}

/** Keeps other processes from using a folder. A process that is dead keeps nobody. */
export class FolderLock {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /**
   * @throws CheckpointError when a process uses the folder, this one included.
   * @throws StorageError when nothing can be written there.
   */
  static take(folder: string): FolderLock {
    const path = join(folder, lockName);
    const own = JSON.stringify({
      pid: process.pid,
      started: startOf(process.pid),
      host: hostname(),
    } satisfies Holder);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (isCreated(path, own)) return new FolderLock(path);
      const found = textIn(path);
      if (found === undefined) continue;
      expectDead(folder, found);
      removeIfStill(path, found);
    }
    throw new CheckpointError(`${path} cannot be taken: other processes are trying to, too`);
  }

  /** Lets others use the folder. */
  release(): void {
    rmSync(this.#path, { force: true });
  }
}

/** Whether the file was made just now. */
function isCreated(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    // On a disk that is full there may be a file, with nothing in it.
    rmSync(path, { force: true });
    throw StorageError.of(`${path} cannot be made`, error);
  }
}

function textIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** @throws CheckpointError when the process that wrote this may still run. */
function expectDead(folder: string, text: string): void {
  const holder = holderFrom(text);
  const path = join(folder, lockName);
  // Nothing can be asked of what runs elsewhere, and a file without a content is about to be written.
  if (holder === undefined || holder.host !== hostname()) {
    const who = holder === undefined ? 'somebody' : `process ${holder.pid} on ${holder.host}`;
    throw new CheckpointError(`${folder} is used by ${who}: if that has ended, remove ${path}`);
  }
  const { pid, started } = holder;
  if (!isRunning(pid) || startOf(pid) !== started) return;
  throw new CheckpointError(
    `${folder} is used by process ${pid}: expected a folder that no other search uses`,
  );
}

function holderFrom(text: string): Holder | undefined {
  try {
    const { pid, started, host } = Object(JSON.parse(text));
    return Number.isInteger(pid) && typeof started === 'string' && typeof host === 'string'
      ? { pid, started, host }
      : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Of somebody else, and there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** When a process was started, in the words of the system; empty where it does not say. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may have any characters in it; the 20th word after it is the time.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** Removes a lock, if nobody has taken it over meanwhile. */
function removeIfStill(path: string, text: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  if (textIn(aside) === text) rmSync(aside, { force: true });
  else renameSync(aside, path);
}
