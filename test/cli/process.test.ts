import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { everyFew } from '../long.ts';
import { at, type CliRun } from './runInProcess.ts';

const program = fileURLToPath(new URL('../../cli/highwater.mjs', import.meta.url));

interface ProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Called once when something is on stderr. */
  readonly onStderr?: (signal: (name: NodeJS.Signals) => void) => void;
  /** Closes stdout before the program writes there. */
  readonly closeStdout?: boolean;
}

/** Runs the program as users do, in a directory that is not the checkout. */
function runProcess(argv: readonly string[], options: ProcessOptions = {}): Promise<CliRun> {
  const { NO_COLOR, FORCE_COLOR, ...env } = process.env;
  const child = spawn(process.execPath, [program, ...argv], {
    cwd: tmpdir(),
    env: { ...env, ...options.env },
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', chunk => {
    written.stdout += chunk;
  });
  child.stderr.once('data', () => options.onStderr?.(signal => child.kill(signal)));
  child.stderr.on('data', chunk => {
    written.stderr += chunk;
  });
  if (options.closeStdout) child.stdout.destroy();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => resolve({ code: code ?? -1, ...written }));
  });
}

describe('the program as a process', () => {
  it('ends workers too when it is interrupted', async () => {
    const { code, stdout } = await runProcess(
      [
        'defects',
        '--json',
        '--jobs',
        '2',
        'followers-kept-across-elections',
        'same-leader-skips-truncation',
      ],
      { onStderr: signal => signal('SIGINT') },
    );
    expect(code).toBe(130);
    expect(at(JSON.parse(stdout), 'defects', 1, 'verdict')).toBe('interrupted');
  });

  it('runs workers from any directory', async () => {
    const { code, stdout } = await runProcess([
      'defects',
      '--json',
      '--jobs',
      '2',
      'reads-to-log-end',
      'leader-epoch-not-bumped',
    ]);
    expect(code).toBe(0);
    expect(at(JSON.parse(stdout), 'defects', 1, 'asExpected')).toBe(true);
  });

  const manners: readonly (readonly [string, Readonly<Record<string, string>>, boolean])[] = [
    ['when they are forced', { FORCE_COLOR: '1' }, true],
    ['not into a pipe', {}, false],
    ['not with NO_COLOR', { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ];
  it.each(everyFew(manners, 2))('writes colours %s', async (_, env, expected) => {
    const { code, stdout } = await runProcess(['list'], { env });
    expect(code).toBe(0);
    expect(stdout.includes('\u001b[')).toBe(expected);
  });

  it('survives a reader that has gone', async () => {
    const { code, stderr } = await runProcess(['list', '--json'], { closeStdout: true });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('ends with 2 and one line for wrong use', async () => {
    const { code, stdout, stderr } = await runProcess(['exlpore']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      "highwater: unknown command 'exlpore' (Did you mean explore?) [wrong-use]\n",
    );
  });
});
