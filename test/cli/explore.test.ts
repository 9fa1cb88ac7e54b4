import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InterruptFlag } from '../../application/tasks/interrupt.ts';
import { readTrace } from '../../checker/trace/readTrace.ts';
import { fileIn, temporaryFolder } from './folder.ts';
import { at, run } from './runInProcess.ts';

const folder = temporaryFolder();
/** A scope of 329 states in which nothing is vacuous. */
const tiny = ['explore', 'replication', '--bound', 'crashes=0'];
const violated = ['explore', 'replication', '--defect', 'reads-to-log-end'];

/** Is set when the search has asked for it some times. */
class LateInterrupt extends InterruptFlag {
  #asked = 0;

  override get isSet(): boolean {
    return ++this.#asked > 4;
  }
}

describe('explore: exit codes', () => {
  it.each([
    ['0 when every property holds', [...tiny, '--property', 'one-leader-per-epoch'], 0],
    ['1 when a property breaks', violated, 1],
    [
      '3 when the state limit ends the search',
      ['explore', 'replication', '--max-states', '100'],
      3,
    ],
    ['3 when the time limit ends the search', ['explore', 'replication', '--time-limit', '1ms'], 3],
    ['3 when the memory limit ends the search', ['explore', 'replication', '--memory', '1MB'], 3],
    ['4 when no property says anything', [...tiny, '--property', 'leader-changes'], 4],
  ])('%s', async (_, argv, expected) => {
    const { code, stderr } = await run(argv);
    expect({ code, stderr }).toEqual({ code: expected, stderr: 'explore replication ...\n' });
  });

  it('130 after printing what was explored when it is interrupted', async () => {
    const interrupt = new LateInterrupt();
    const { code, stdout } = await run(['explore', 'replication', '--workers', '1'], { interrupt });
    expect(code).toBe(130);
    expect(stdout).toMatch(/stopped by the user after [\d,]+ distinct states/);
  });
});

describe('explore: text', () => {
  it('says what was explored, completely', async () => {
    const { stdout } = await run([...tiny, '--property', 'one-leader-per-epoch', '--quiet']);
    expect(stdout).toContain('explored completely: 329 distinct states');
    expect(stdout).toContain('actions happened, never: retryProduce');
    expect(stdout).toContain('verdict: holds');
  });

  it('never claims a proof', async () => {
    for (const argv of [tiny, violated]) {
      expect((await run(argv)).stdout).not.toMatch(/\bproved\b(?! shortest)|verified/);
    }
  });

  it('ends with the command that saves the trace', async () => {
    const { stdout } = await run(violated);
    const last = stdout.trimEnd().split('\n').at(-1);
    expect(last).toBe(`save      npm run -s highwater -- ${violated.join(' ')} --out found`);
  });

  it('finds more than one violation when it keeps going', async () => {
    const { stdout } = await run([...violated, '--keep-going']);
    expect(stdout).toContain('reads-below-high-watermark is broken');
    expect(stdout).toContain('exposed-records-survive is broken');
    expect(stdout).toContain('explored completely');
  });

  it('finds the same with and without symmetry, in more states without', async () => {
    const runs = await Promise.all(
      ['--symmetry', '--no-symmetry'].map(flag => run([...violated, '--json', flag])),
    );
    const [reduced, whole] = runs.map(({ stdout }): unknown => JSON.parse(stdout));
    expect(at(reduced, 'symmetry')).toBe(true);
    expect(at(whole, 'symmetry')).toBe(false);
    expect(at(reduced, 'violations', 0, 'steps')).toBe(at(whole, 'violations', 0, 'steps'));
  });

  it('adds the scope of a defect to the small scope, and the user has the last word', async () => {
    const argv = ['explore', 'replication', '--defect', 'truncates-to-high-watermark', '--json'];
    const own = await run(argv);
    expect(at(JSON.parse(own.stdout), 'bounds', 'preferredElections')).toBe(2);
    const changed = await run([...argv, '--bound', 'preferredElections=0']);
    expect(at(JSON.parse(changed.stdout), 'bounds', 'preferredElections')).toBe(0);
  });

  it('shows a live line on a terminal and takes it away', async () => {
    const { stderr } = await run(['explore', 'replication', '--max-states', '20000'], {
      isTTY: true,
    });
    expect(stderr).toMatch(/explore replication: [\d,]+ states, .*depth \d+/);
    expect(stderr.endsWith('\r\u001b[2K')).toBe(true);
  });

  it('shows no progress when it is quiet', async () => {
    expect((await run([...tiny, '--quiet'])).stderr).toBe('');
  });
});

describe('explore: --json', () => {
  it('prints one document with everything in it', async () => {
    const { stdout } = await run([...violated, '--json']);
    const document: unknown = JSON.parse(stdout);
    expect(document).toMatchObject({
      schemaVersion: 1,
      version: '0.1.0',
      command: 'explore',
      model: 'replication',
      config: { brokers: 2, acks: ['all'] },
      bounds: { records: 1, crashes: 0, isrShrinks: 0 },
      defects: ['reads-to-log-end'],
      engine: 'exhaustive',
      symmetry: true,
      verdict: 'violated',
      stopped: null,
      runs: null,
      seed: null,
      violations: [
        {
          property: 'reads-below-high-watermark',
          kind: 'step',
          steps: 2,
          shortest: true,
          trace: { format: 'highwater-trace' },
        },
      ],
    });
    for (const name of ['distinctStates', 'generatedStates', 'depth', 'steps', 'seconds']) {
      expect(at(document, name)).toBeGreaterThan(0);
    }
    const states = Number(at(document, 'distinctStates'));
    expect(at(document, 'collisionProbability')).toBe(states ** 2 / 2 ** 65);
    expect(at(document, 'coverage', 'actions', 'produce')).toBeGreaterThan(0);
    expect(at(document, 'coverage', 'transitions')).toBeTypeOf('object');
    expect(at(document, 'properties', 0)).toMatchObject({
      name: 'acknowledged-records-survive',
      kind: 'invariant',
      verdict: 'inconclusive',
    });
  });
});

describe('explore: --counterexamples', () => {
  const several = [
    ...violated,
    '--property',
    'reads-below-high-watermark',
    '--counterexamples',
    '3',
  ];

  it('tells counterexamples apart by their causes, in JSON and as text', async () => {
    const document: unknown = JSON.parse((await run([...several, '--json'])).stdout);
    const violations = at(document, 'violations') as { cause: string[]; steps: number }[];
    expect(violations[0]).toMatchObject({ cause: ['produce', 'consume'], steps: 2 });
    expect(new Set(violations.map(({ cause }) => [...cause].sort().join())).size).toBe(
      violations.length,
    );
    expect(at(document, 'compared', 0)).toMatchObject({ property: 'reads-below-high-watermark' });
    const { stdout, code } = await run(several);
    expect(code).toBe(1);
    expect(stdout.match(/^cause /gm)).toHaveLength(violations.length);
  });

  it('is refused where a goal is looked for', async () => {
    const { code } = await run([
      'explore',
      'replication',
      '--reach',
      'x',
      '--counterexamples',
      '3',
    ]);
    expect(code).toBe(2);
  });
});

describe('explore: --out', () => {
  it('saves a trace that is readable, and replays it in the last line', async () => {
    const out = join(folder, 'new', 'folder');
    const { stdout } = await run([...violated, '--out', out]);
    const path = join(out, 'replication--reads-to-log-end--reads-below-high-watermark.trace.json');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      `replay    npm run -s highwater -- replay ${path}`,
    );
    expect(readTrace(path, readFileSync(path, 'utf8')).steps).toHaveLength(2);
    expect((await run(['replay', path])).code).toBe(0);
  });

  it('leaves a file with the same trace as it is, and gives another trace another name', async () => {
    const out = join(folder, 'again');
    const document = async (): Promise<unknown> =>
      JSON.parse((await run([...violated, '--json', '--out', out])).stdout);
    const path = String(at(await document(), 'violations', 0, 'trace'));
    expect(at(await document(), 'violations', 0, 'trace')).toBe(path);
    writeFileSync(path, 'precious');
    const other = String(at(await document(), 'violations', 0, 'trace'));
    expect(readdirSync(out)).toHaveLength(2);
    expect(other).toContain('-2.trace.json');
    expect(readFileSync(path, 'utf8')).toBe('precious');
  });

  it('refuses a file in place of a folder before it explores', async () => {
    const file = fileIn(folder, 'file', '');
    const { code, stderr } = await run([...violated, '--out', file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^highwater: --out .*\n$/);
  });
});
