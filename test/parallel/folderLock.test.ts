import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { CheckpointError } from '../../parallel/checkpointError.ts';
import { FolderLock, lockName } from '../../parallel/folderLock.ts';
import { temporaryFolder } from '../cli/folder.ts';

const folder = temporaryFolder();
const path = join(folder, lockName);

/** Leaves a lock in the folder. */
function leave(holder: Readonly<Record<string, unknown>>): void {
  writeFileSync(path, JSON.stringify(holder));
}

/** What this process writes into its locks. */
let own: { pid: number; started: string; host: string };

beforeEach(() => {
  rmSync(path, { force: true });
  const lock = FolderLock.take(folder);
  own = JSON.parse(readFileSync(path, 'utf8'));
  lock.release();
});

describe('a folder that is locked', () => {
  test('is free again when it is let go of', () => {
    expect(own).toMatchObject({ pid: process.pid, host: hostname() });
    const lock = FolderLock.take(folder);
    expect(() => FolderLock.take(folder)).toThrow(
      `${folder} is used by process ${process.pid}: expected a folder that no other search uses`,
    );
    lock.release();
    FolderLock.take(folder).release();
  });

  test('is not kept by a process that is dead', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    leave({ ...own, pid });
    FolderLock.take(folder).release();
  });

  test.skipIf(process.platform !== 'linux')(
    'is not kept by one that had the number of another',
    () => {
      leave({ ...own, started: '1' });
      FolderLock.take(folder).release();
    },
  );

  test('is kept by a process of somebody else', () => {
    // The first process of the machine, or of the container, runs as long as that does.
    const stat = process.platform === 'linux' ? readFileSync('/proc/1/stat', 'utf8') : '';
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    leave({ ...own, pid: 1, started });
    expect(() => FolderLock.take(folder)).toThrow(/is used by process 1:/);
  });

  test.each([
    [
      'of a process on another machine',
      { pid: 7, started: '', host: 'elsewhere' },
      'process 7 on elsewhere',
    ],
    ['without a process in it', {}, 'somebody'],
  ])('is kept by a lock %s, until somebody removes it', (_, holder, who) => {
    leave(holder);
    const taken = () => FolderLock.take(folder);
    expect(taken).toThrow(CheckpointError);
    expect(taken).toThrow(`${folder} is used by ${who}: if that has ended, remove ${path}`);
  });
});
