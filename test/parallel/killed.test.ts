import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../cli/folder.ts';

const program = fileURLToPath(new URL('../../cli/highwater.mjs', import.meta.url));
const folder = temporaryFolder();
/** A search of some seconds. */
const scope = ['explore', 'replication', '--bound', 'records=2', '--bound', 'crashes=1', '--json'];

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program; `whileRunning` begins when it has said that it begins. */
function runProcess(
  argv: readonly string[],
  whileRunning: (child: ChildProcess) => Promise<void> = () => Promise.resolve(),
): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...argv], { cwd: tmpdir() });
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', chunk => {
    written.stdout += chunk;
  });
  child.stderr.once('data', () => void whileRunning(child));
  child.stderr.on('data', chunk => {
    written.stderr += chunk;
  });
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

/** Begins or goes on, whichever there is to do. */
function going(path: string, workers: number): string[] {
  const isKept = existsSync(join(path, 'checkpoint.json'));
  const where = [isKept ? '--resume' : '--checkpoint', path];
  return [...scope, ...where, '--checkpoint-every', '50ms', '--workers', String(workers)];
}

async function killAfter(child: ChildProcess, milliseconds: number): Promise<void> {
  await sleep(milliseconds);
  child.kill('SIGKILL');
}

/** Waits for a first checkpoint, and for a moment more. */
async function stopOnceKept(
  child: ChildProcess,
  path: string,
  signal: NodeJS.Signals,
): Promise<void> {
  while (!existsSync(join(path, 'checkpoint.json')) && child.exitCode === null) await sleep(10);
  child.kill(signal);
}

let uninterrupted: Promise<unknown> | undefined;
/** What a search finds that is never stopped. */
function whole(): Promise<unknown> {
  uninterrupted ??= runProcess([...scope, '--workers', '1']).then(found);
  return uninterrupted;
}

/** A dozen processes, one after the other: on a machine that has much to do they take their time. */
const patience = { timeout: 400_000 };

describe('a search that is killed', patience, () => {
  test('goes on from its last checkpoint, and ends as one that never was', async () => {
    const path = join(folder, 'killed');
    let killed = 0;
    for (let delay = 0; delay <= 1600; delay += 400) {
      // Not in step with what is being written.
      const moment = delay + Math.floor(Math.random() * 300);
      const workers = 1 + (killed % 2);
      const ended = await runProcess(going(path, workers), child => killAfter(child, moment));
      if (ended.signal !== 'SIGKILL') break;
      killed++;
    }
    expect(killed).toBeGreaterThan(2);
    const last = await runProcess(going(path, 2));
    expect(found(last)).toEqual(await whole());
    expect(last.stderr).toContain(`the search is over: its checkpoint in ${path} is removed`);
    expect(readdirSync(path)).toEqual([]);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('is kept at %s', async signal => {
    const path = join(folder, signal);
    const ended = await runProcess(going(path, 2), child => stopOnceKept(child, path, signal));
    expect(ended.code).toBe(130);
    expect(found(ended)).toMatchObject({ stopped: 'interrupted', verdict: 'inconclusive' });
    expect(ended.stderr).toContain(`the search is kept: --resume ${path} goes on with it`);
    expect(found(await runProcess(going(path, 1)))).toEqual(await whole());
  });

  test('is kept when a limit ends it, and only for the same search', async () => {
    const path = join(folder, 'limit');
    const limited = await runProcess([...going(path, 1), '--max-states', '20000']);
    expect(limited.code).toBe(3);
    const other = await runProcess([...going(path, 1), '--bound', 'pauses=1']);
    expect([other.code, other.stdout]).toEqual([2, '']);
    expect(other.stderr).toMatch(/is of another run: expected bounds\.pauses 1, found 0\n/);
    expect(found(await runProcess(going(path, 2)))).toEqual(await whole());
  });
});
