import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readTrace } from '../../checker/trace/readTrace.ts';
import { temporaryFolder } from './folder.ts';
import { at, run } from './runInProcess.ts';

/** The one file of a folder. */
function onlyFile(folder: string): string {
  const files = readdirSync(folder);
  expect(files).toHaveLength(1);
  return join(folder, files[0] ?? '');
}

const reached = temporaryFolder();
const stuck = { explore: temporaryFolder(), simulate: temporaryFolder() };
const quiet = ['explore', 'replication', '--bound', 'crashes=0', '--bound', 'records=1', '-q'];

describe('explore --reach', () => {
  it('ends with a shortest run to the goal, and exit code 0', async () => {
    const { code, stdout } = await run([
      ...quiet,
      ...['--bound', 'preferredElections=1', '--reach', 'leader-changes', '--out', reached],
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/reached +leader-changes/);
    expect(stdout).toMatch(/stopped where leader-changes is reached: [\d,]+ distinct states/);
    expect(stdout).toContain('the shortest possible in this scope');
    const file = onlyFile(reached);
    const trace = readTrace(file, readFileSync(file, 'utf8'));
    expect(trace).toMatchObject({ kind: 'witness', property: { name: 'leader-changes' } });
    expect((await run(['replay', file, '-q'])).stdout).toMatch(/reproduced/);
  });

  it('ends with exit code 4 where no run reaches it, and 3 where a limit came first', async () => {
    const none = await run([...quiet, '--reach', 'leader-changes', '--json']);
    expect(none.code).toBe(4);
    expect(JSON.parse(none.stdout)).toMatchObject({
      verdict: 'vacuous',
      witness: null,
      properties: [{ name: 'leader-changes', kind: 'sometimes', verdict: 'unreached' }],
    });
    const limited = [...quiet, '--reach', 'leader-changes', '--max-states', '20'];
    expect((await run(limited)).code).toBe(3);
  });

  it('has the run in the JSON document', async () => {
    const argv = ['--bound', 'preferredElections=1', '--reach', 'leader-changes', '--json'];
    const document: unknown = JSON.parse((await run([...quiet, ...argv])).stdout);
    expect(at(document, 'violations')).toEqual([]);
    expect(at(document, 'witness', 'kind')).toBe('witness');
  });

  it.each([
    ['a property that is no goal', ['--reach', 'one-leader-per-epoch'], 'unknown goal'],
    [
      'other properties beside it',
      ['--reach', 'leader-changes', '--property', 'x'],
      'cannot be used with option',
    ],
  ])('refuses %s', async (_, argv, words) => {
    const { code, stderr } = await run([...quiet, ...argv]);
    expect(code).toBe(2);
    expect(stderr).toMatch(new RegExp(words));
  });
});

const config = fileURLToPath(new URL('fixtures/verdicts/highwater.config.ts', import.meta.url));

describe('--deadlock', () => {
  it.each([
    ['explore' as const, ['--property', 'at-most-9']],
    ['simulate' as const, ['--property', 'at-most-9', '--runs', '5']],
  ])('finds where nothing can happen any more: %s', async (command, argv) => {
    const called = [command, 'sound', '--config', config, '-q', ...argv];
    expect((await run(called)).code).toBe(0);
    const { code, stdout } = await run([...called, '--deadlock', '--out', stuck[command]]);
    expect(code).toBe(1);
    expect(stdout).toContain('no-deadlock is broken');
    expect(stdout).toContain('nothing can happen: count: its guard is false');
    const file = onlyFile(stuck[command]);
    expect((await run(['replay', file, '--config', config, '-q'])).stdout).toMatch(/reproduced/);
  });

  it('is a question by name as well', async () => {
    const argv = ['explore', 'sound', '--config', config, '--property', 'no-deadlock', '-q'];
    expect((await run(argv)).code).toBe(1);
  });
});
