import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a process took, with all of its threads and children, from its start to its end. */
export interface Cost {
  /** User and system time. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** The most that was resident, in MiB. */
  readonly residentMiB: number;
}

/** A process, and what it printed. */
export interface Measured extends Cost {
  readonly output: string;
}

/** A program with its arguments. */
export interface Command {
  readonly argv: readonly string[];
  readonly folder?: string;
}

/** The longest that a peer may take, in milliseconds. */
const LONGEST = 30 * 60 * 1000;

/**
 * Runs a command under GNU time.
 *
 * @throws Error when it fails, with the end of what it printed.
 */
export function measured({ argv, folder }: Command): Measured {
  const out = mkdtempSync(join(tmpdir(), 'highwater-peers-'));
  const times = join(out, 'times');
  try {
    const { status, error, stdout, stderr } = spawnSync(
      '/usr/bin/time',
      ['-o', times, '-f', '%U %S %e %M', ...argv],
      { cwd: folder, encoding: 'utf8', timeout: LONGEST, maxBuffer: 2 ** 28 },
    );
    if (error !== undefined) throw error;
    if (status !== 0) {
      throw new Error(
        `${argv.join(' ')} ended with ${status}: ${`${stdout}${stderr}`.slice(-2000)}`,
      );
    }
    const [user = 0, system = 0, wall = 0, kilobytes = 0] = readFileSync(times, 'utf8')
      .trim()
      .split(' ')
      .map(Number);
    return {
      output: stdout,
      cpuSeconds: user + system,
      wallSeconds: wall,
      residentMiB: kilobytes / 1024,
    };
  } finally {
    rmSync(out, { recursive: true });
  }
}
