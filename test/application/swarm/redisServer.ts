import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll } from 'vitest';

/** Whether tests of queues can be made here; the script of CI says that they must. */
export const hasRedis: boolean =
  process.env['HIGHWATER_REDIS_SERVER'] === 'required' || isInstalled();

if (!hasRedis) process.stderr.write('tests of swarms are skipped: there is no redis-server\n');

function isInstalled(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Starts a Redis of these tests alone, which ends after them, and returns its socket. */
export async function startRedis(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'highwater-redis-'));
  const socket = join(folder, 'redis.sock');
  const only = ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder];
  const server = spawn('redis-server', only, { stdio: ['ignore', 'pipe', 'inherit'] });
  afterAll(async () => {
    server.kill('SIGTERM');
    if (server.exitCode === null) await once(server, 'exit');
    rmSync(folder, { recursive: true });
  });
  await isReady(server);
  return socket;
}

async function isReady(server: ChildProcess): Promise<void> {
  if (server.stdout === null) throw new Error('redis-server has no output');
  for await (const line of createInterface({ input: server.stdout })) {
    // Redis and Valkey say it alike.
    if (/ready to accept connections/i.test(line)) {
      server.stdout.resume();
      return;
    }
  }
  throw new Error('redis-server ended before it was ready');
}
