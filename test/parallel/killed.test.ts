import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../cli/folder.ts';
import { at } from '../cli/runInProcess.ts';

const program = fileURLToPath(new URL('../../cli/highwater.mjs', import.meta.url));
const folder = temporaryFolder();
/** A search of some thousands of states, of more levels than checkpoints are written before it is killed. */
const bounds = ['records=1', 'crashes=0', 'preferredElections=1'];
const scope = ['explore', 'replication', '--json', ...bounds.flatMap(bound => ['--bound', bound])];

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program; `whileRunning` is told of it when it is started. */
function runProcess(
  argv: readonly string[],
  whileRunning: (child: ChildProcess) => void = () => undefined,
): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...argv], { cwd: tmpdir() });
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', chunk => {
    written.stdout += chunk;
  });
  child.stderr.on('data', chunk => {
    written.stderr += chunk;
  });
  whileRunning(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...written }));
  });
}

/** What was found, without what depends on how it was looked for. */
function found({ stdout, stderr }: Ended): unknown {
  if (stdout === '') throw new Error(`nothing was printed: ${stderr}`);
  const { seconds: _, workers: __, ...rest } = JSON.parse(stdout);
  return rest;
}

/** An empty folder for a search. */
function folderFor(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

/** Begins or goes on, whichever there is to do. */
function going(path: string, workers: number): string[] {
  const isKept = existsSync(join(path, 'checkpoint.json'));
  const where = [isKept ? '--resume' : '--checkpoint', path];
  return [...scope, ...where, '--checkpoint-every', '1ms', '--workers', String(workers)];
}

/** Sends a signal when something has been written, renamed or removed in the folder so many times. */
function signalAfter(
  changes: number,
  path: string,
  signal: NodeJS.Signals,
): (child: ChildProcess) => void {
  return child => {
    let seen = 0;
    const watcher = watch(path, () => {
      if (++seen === changes) child.kill(signal);
    });
    child.once('close', () => watcher.close());
  };
}

let uninterrupted: Promise<unknown> | undefined;
/** What a search finds that is never stopped. */
function whole(): Promise<unknown> {
  uninterrupted ??= runProcess([...scope, '--workers', '1']).then(found);
  return uninterrupted;
}

describe('a search that is killed', () => {
  test('goes on from its last checkpoint, and ends as one that never was', async () => {
    const path = folderFor('killed');
    // Once it has its lock, in the middle of a first checkpoint, at its end, and in a second one.
    for (const [index, changes] of [3, 8, 14, 20].entries()) {
      const kill = signalAfter(changes, path, 'SIGKILL');
      const { signal, stderr } = await runProcess(going(path, 1 + (index % 2)), kill);
      expect({ changes, signal, stderr }).toMatchObject({ signal: 'SIGKILL' });
    }
    expect(existsSync(join(path, 'checkpoint.json'))).toBe(true);
    const last = await runProcess(going(path, 2));
    expect(found(last)).toEqual(await whole());
    expect(last.stderr).toContain(`the search is over: its checkpoint in ${path} is removed`);
    expect(readdirSync(path)).toEqual([]);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('is kept at %s', async signal => {
    const path = folderFor(signal);
    const ended = await runProcess(going(path, 2), signalAfter(20, path, signal));
    expect(ended.code).toBe(130);
    const interrupted = found(ended);
    expect(interrupted).toMatchObject({ stopped: 'interrupted', verdict: 'inconclusive' });
    expect(at(interrupted, 'distinctStates')).toBeGreaterThan(1);
    expect(ended.stderr).toContain(`the search is kept: --resume ${path} goes on with it`);
    expect(found(await runProcess(going(path, 1)))).toEqual(await whole());
  });

  test('is kept when a limit ends it, and only for the same search', async () => {
    const path = folderFor('limit');
    const limited = await runProcess([...going(path, 1), '--max-states', '1000']);
    expect(limited.code).toBe(3);
    expect(limited.stderr).toContain(`the search is kept: --resume ${path} goes on with it`);
    const other = await runProcess([...going(path, 1), '--bound', 'pauses=1']);
    expect([other.code, other.stdout]).toEqual([2, '']);
    expect(other.stderr).toMatch(/is of another run: expected bounds\.pauses 1, found 0\n/);
  });
});
