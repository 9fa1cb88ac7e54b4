import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../cli/folder.ts';
import { at, run } from '../cli/runInProcess.ts';
import { isLong } from '../long.ts';

const program = fileURLToPath(new URL('../../cli/highwater.mjs', import.meta.url));
const signalItself = new URL('signalItself.mjs', import.meta.url).href;
const folder = temporaryFolder();
/** A search of some hundreds of states, of more levels than checkpoints are written before it is killed. */
const small = scopeOf('records=2', 'crashes=0');
/** One of thousands, which asks whether it is interrupted before it is over. */
const large = scopeOf('records=1', 'crashes=0', 'preferredElections=1');

function scopeOf(...bounds: readonly string[]): readonly string[] {
  return ['explore', 'replication', '--json', ...bounds.flatMap(bound => ['--bound', bound])];
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A signal that the program sends itself when it is about to change the folder for the so-manyth time. */
type OwnSignal = readonly [signal: NodeJS.Signals, changes: number, folder: string];

/** Runs the program. */
function runProcess(argv: readonly string[], own?: OwnSignal): Promise<Ended> {
  const env = { ...process.env, HIGHWATER_TEST_SIGNAL: JSON.stringify(own ?? []) };
  const child = spawn(process.execPath, ['--import', signalItself, program, ...argv], {
    cwd: tmpdir(),
    env,
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', chunk => {
    written.stdout += chunk;
  });
  child.stderr.on('data', chunk => {
    written.stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...written }));
  });
}

/** What was found, without what depends on how it was looked for. */
function found({ stdout, stderr }: Pick<Ended, 'stdout' | 'stderr'>): unknown {
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
function going(scope: readonly string[], path: string, workers: number): string[] {
  const isKept = existsSync(join(path, 'checkpoint.json'));
  const where = [isKept ? '--resume' : '--checkpoint', path];
  return [...scope, ...where, '--checkpoint-every', '1ms', '--workers', String(workers)];
}

/** What a search finds that is never stopped: in this process. */
async function whole(scope: readonly string[]): Promise<unknown> {
  return found(await run([...scope, '--workers', '1']));
}

describe('a search that is killed', () => {
  test('goes on from its last checkpoint, and ends as one that never was', async () => {
    const path = folderFor('killed');
    // Once it has its lock, in the middle of a first checkpoint, at its end, and in a second one.
    for (const changes of isLong ? [3, 8, 14, 20] : [14, 20]) {
      const argv = going(small, path, changes === 20 ? 2 : 1);
      const { signal, stderr } = await runProcess(argv, ['SIGKILL', changes, path]);
      expect({ changes, signal, stderr }).toMatchObject({ signal: 'SIGKILL' });
    }
    expect(existsSync(join(path, 'checkpoint.json'))).toBe(true);
    const last = await runProcess(going(small, path, 1));
    expect(found(last)).toEqual(await whole(small));
    expect(last.stderr).toContain(`the search is over: its checkpoint in ${path} is removed`);
    expect(readdirSync(path)).toEqual([]);
  });

  // One of them on every change: each is a process that explores thousands of states.
  test('is kept at SIGINT and at SIGTERM', async () => {
    for (const signal of isLong ? (['SIGINT', 'SIGTERM'] as const) : (['SIGTERM'] as const)) {
      const path = folderFor(signal);
      const ended = await runProcess(going(large, path, 2), [signal, 8, path]);
      expect(ended.code).toBe(130);
      const interrupted = found(ended);
      expect(interrupted).toMatchObject({ stopped: 'interrupted', verdict: 'inconclusive' });
      expect(at(interrupted, 'distinctStates')).toBeGreaterThan(1);
      expect(ended.stderr).toContain(`the search is kept: --resume ${path} goes on with it`);
    }
    if (!isLong) return;
    expect(found(await runProcess(going(large, join(folder, 'SIGINT'), 1)))).toEqual(
      await whole(large),
    );
  });

  test('is kept when a limit ends it, and only for the same search', async () => {
    const path = folderFor('limit');
    const limited = await runProcess([...going(small, path, 1), '--max-states', '100']);
    expect(limited.code).toBe(3);
    expect(limited.stderr).toContain(`the search is kept: --resume ${path} goes on with it`);
    const other = await runProcess([...going(small, path, 1), '--bound', 'pauses=1']);
    expect([other.code, other.stdout]).toEqual([2, '']);
    expect(other.stderr).toMatch(
      /is of another run: expected bounds\.pauses 1, found 0 \[checkpoint-refused\]\n/,
    );
  });
});
