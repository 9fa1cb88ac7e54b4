import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { addTrace } from '../../corpus/folder.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { fileIn, temporaryFolder } from '../cli/folder.ts';
import { bothHold, handOver, lockTrace } from '../corpus/lockTraces.ts';
import { type FixtureRun, fixtures, resultIn, runFixtures, toldOf } from './runFixtures.ts';

const traces = temporaryFolder();
let first: FixtureRun;
let again: FixtureRun;

/** Puts a trace where the fixture of this name looks for it. */
function put(fixture: string, trace: TraceFile, folder = traces): void {
  addTrace(join(folder, fixture), trace, []);
}

beforeAll(async () => {
  put('renamed', lockTrace('counterexample', bothHold));
  put('diverged', lockTrace('counterexample', bothHold));
  put('fixed', cut(lockTrace('counterexample', bothHold)));
  put('witness', lockTrace('witness', handOver));
  put('lost', cut(lockTrace('witness', handOver)));
  symlinkSync(join(traces, 'nowhere'), join(traces, 'unwritable'));
  first = await runFixtures(traces, []);
  again = await runFixtures(traces, ['broken']);
});

/** Without its last step, a trace shows nothing any more, but can be replayed. */
function cut(trace: TraceFile): TraceFile {
  return { ...trace, steps: trace.steps.slice(0, -1) };
}

function result(name: string, run = first): ReturnType<typeof resultIn> {
  return resultIn(run, name);
}

describe('modelTest: a violation', () => {
  it('is told with everything that is needed to see it again', () => {
    const { status, message } = result('an unchecked lock');
    expect(status).toBe('failed');
    const lines = message.split('\n');
    const path = join(traces, 'broken', 'lock--held-by-few.trace.json');
    expect(message).toContain('held-by-few is broken');
    expect(message).toContain('claim     held-by-few holds');
    expect(message).toContain('false     2 clients hold the lock');
    expect(message).toMatch(/^ 1 .*●.* acquire$/m);
    expect(message).toMatch(/^ 2 .*●.* acquire$/m);
    expect(message).toContain('why       No fault is needed: these steps break the property.');
    expect(lines).toContain('length    2 steps, the shortest possible in this scope');
    expect(message).toMatch(/^seed {6}\d+, found in run \d+ of 200$/m);
    expect(lines).toContain(`file      ${path}`);
    expect(message).toMatch(
      /^replay {4}npx vitest run \S+broken\.spec\.ts -t 'an unchecked lock'$/m,
    );
    expect(lines.filter(line => !/^\s+at /.test(line)).length).toBeLessThanOrEqual(40);
  });

  it('has the line of the user as the first frame', () => {
    const frames = result('an unchecked lock').message.split('\n').filter(isFrame);
    expect(frames[0]).toContain('broken.spec.ts:');
  });

  it('is kept as a trace that is proved to be a shortest one', () => {
    const trace = readTraceFile(join(traces, 'broken', 'lock--held-by-few.trace.json'));
    expect(trace.steps.map(({ action }) => action)).toEqual(['acquire', 'acquire']);
    expect(trace.explored).toMatchObject({ engine: 'simulate', shortest: true });
    expect(trace.explored.seed).toBeTypeOf('number');
  });

  it('is replayed first by the next run, which makes no second file', () => {
    const { status, message } = result('an unchecked lock', again);
    expect(status).toBe('failed');
    expect(message).toContain(
      'It is still reproduced: the corpus was replayed before any random run.',
    );
    expect(readdirSync(join(traces, 'broken')).sort()).toEqual([
      'lock--held-by-few.trace.json',
      'lock--held-by-two.trace.json',
    ]);
  });

  it('of one test is not that of another in the same file', () => {
    expect(result('a lock for two').message).toContain('held-by-two is broken');
    expect(result('a lock for two', again).message).toContain('held-by-two is broken');
    expect(result('a checked lock').status).toBe('passed');
  });

  it('never hides that of another property, which may take longer', () => {
    const { message } = result('a lock with two properties');
    expect(message).toContain('held-by-few is broken');
    expect(message).toContain('held-by-two is broken');
    expect(message.match(/the shortest possible in this scope$/gm)).toHaveLength(2);
    expect(readdirSync(join(traces, 'both')).sort()).toEqual([
      'lock--held-by-few.trace.json',
      'lock--held-by-two.trace.json',
    ]);
    expect(result('a lock with two properties', again).message).toContain(
      'What else may break is not decided: no random runs were made.',
    );
  });

  it('is told of the node that a property names', () => {
    const { message } = result('servers that are not alike');
    expect(message).toContain('not-all-by-one is broken');
    expect(message).toMatch(/^ +server-3$/m);
    expect(message).not.toMatch(/^ +server-[12]$/m);
    expect(message).toContain('4 steps, the shortest possible in this scope');
  });

  it('is still told where it cannot be kept', () => {
    const { message } = result('a corpus that cannot be written');
    expect(message).toContain('held-by-few is broken');
    expect(message).toMatch(/^file {6}not kept: /m);
  });

  it('is annotated once, on the line of the test', () => {
    expect(first.code).toBe(1);
    const errors = first.stdout
      .split('\n')
      .filter(line => line.startsWith('::error') && line.includes('title=broken.spec.ts'));
    expect(errors.map(place)).toEqual([
      `${lineOf('broken.spec.ts', "modelTest('an unchecked lock'")},column=1`,
      `${lineOf('broken.spec.ts', "modelTest('a lock for two'")},column=1`,
      `${lineOf('broken.spec.ts', "modelTest('a lock with two properties'")},column=1`,
      `${lineOf('broken.spec.ts', "modelTest('servers that are not alike'")},column=1`,
    ]);
  });
});

function isFrame(line: string): boolean {
  return /^\s+at /.test(line);
}

function place(annotation: string): string {
  return /line=(\d+,column=\d+)/.exec(annotation)?.[1] ?? annotation;
}

/** The number of the line of a fixture that begins so. */
function lineOf(file: string, beginning: string): number {
  const lines = readFileSync(join(fixtures, file), 'utf8').split('\n');
  return lines.findIndex(line => line.trim().startsWith(beginning)) + 1;
}

let runs = 0;

/** A folder for the traces of one more run. */
function temporaryFolderOfRun(): string {
  return join(traces, `run-${++runs}`);
}

describe('modelTest: the corpus', () => {
  it('fails where an action of a trace has another name now, and says how to renew it', () => {
    const { status, message } = result('a lock that is taken');
    expect(status).toBe('failed');
    expect(message).toContain(
      'not-applicable: step 1: there is no action acquire(client=client-1)',
    );
    expect(message).toContain('highwater corpus renew ');
    expect(message.split('\n').filter(isFrame)[0]).toContain('renamed.spec.ts:');
  });

  it('fails where a step cannot be taken any more', () => {
    const { status, message } = result('a lock that refuses');
    expect(status).toBe('failed');
    expect(message).toContain('diverged at step 2: acquire(client=client-2): the lock is taken');
  });

  it('goes on to random runs where a counterexample is fixed', () => {
    expect(result('a lock that was repaired').status).toBe('passed');
  });

  it('wants witnesses to be reproduced', () => {
    expect(result('a lock that is handed over').status).toBe('passed');
    const { status, message } = result('a lock that is not handed over');
    expect(status).toBe('failed');
    expect(message).toContain('the goal is missed');
  });

  it('names the file that is no trace', async () => {
    const folder = temporaryFolderOfRun();
    put('fixed', lockTrace('counterexample', bothHold), folder);
    const path = fileIn(join(folder, 'fixed'), 'a.trace.json', '{}');
    const run = await runFixtures(folder, ['corpus', '-t', 'repaired']);
    expect(result('a lock that was repaired', run)).toMatchObject({ status: 'failed' });
    expect(result('a lock that was repaired', run).message).toContain(`${path}: /format`);
  });
});

describe('modelTest: what was not tested', () => {
  it('makes it fail as vacuous, unless that is allowed', () => {
    const { status, message } = result('an antecedent that is never true');
    expect(status).toBe('failed');
    expect(message).toContain('vacuous: nothing broke in 200 runs');
    expect(message).toContain('never-asked was never put to the test');
    expect(message).toContain('seed ');
    expect(result('an antecedent that need not be true').status).toBe('passed');
    expect(result('a goal out of reach').message).toContain('unreachable was not reached');
  });

  it('makes it fail where thresholds say so, which are those of check', () => {
    expect(result('that are met').status).toBe('passed');
    const { status, message } = result('of actions');
    expect(status).toBe('failed');
    expect(message).toContain('less was seen than the thresholds say');
    expect(message).toMatch(/\d of \d actions taken, expected a fraction of 1; never: release/);
    expect(result('of antecedents').message).toMatch(
      /held-by-few was put to the test \d+ times, expected 1000000/,
    );
  });

  it('is named: actions that were never taken', () => {
    const told = toldOf(first, 'vacuous > an antecedent that need not be true');
    expect(told).toMatch(/all \d+ actions happened|actions happened, never: /);
    expect(told).toContain('nothing found, which is no proof');
  });

  it('is an error where the name of what is allowed is none', () => {
    expect(result('a name that is none').message).toContain('"never" is none of held-by-few');
  });

  it('is everything, where there are no properties', () => {
    expect(result('no properties').message).toContain('there is no property');
  });

  it('can be the whole test, where it is skipped', () => {
    expect(result('skipped').status).toBe('skipped');
  });

  it('is said of the runs that the time limit left out, without failure', () => {
    expect(result('little time').status).toBe('passed');
    expect(toldOf(first, 'little time')).toMatch(
      /ended by the time limit: nothing found, which is no proof \(of 100000000 runs/,
    );
  });
});

describe('modelTest: a crash of the model', () => {
  it('is told with its steps, at the line of the user, with the frame of the cause', () => {
    const { message } = result('a property that crashes');
    expect(message).toContain('the model crashed in property "crashing"');
    expect(message).toContain('a mistake of the property');
    expect(message.split('\n').filter(isFrame)[0]).toContain('crashing.spec.ts:');
  });
});

describe('modelTest: seeds', () => {
  const seedIn = (run: FixtureRun): string | undefined =>
    /seed (\d+)/.exec(toldOf(run, 'a checked lock'))?.[1];

  it('are said of a test that passes, and stay the same', () => {
    expect(seedIn(first)).toMatch(/^\d+$/);
    expect(seedIn(again)).toBe(seedIn(first));
  });

  it('come from the environment, or from vitest', async () => {
    const argv = ['broken', '-t', 'a checked lock', '--sequence.seed=9'];
    const ofVitest = await runFixtures(temporaryFolderOfRun(), argv);
    expect(seedIn(ofVitest)).toBe('9');
    const variables = { HIGHWATER_SEED: '7' };
    expect(seedIn(await runFixtures(temporaryFolderOfRun(), argv, variables))).toBe('7');
  });
});

describe('modelTest: shards', () => {
  it('are together what is run without them', async () => {
    const words = ({ results }: FixtureRun): string[] =>
      [...results.values()].map(({ file, name, status }) => `${file}: ${name}: ${status}`);
    // Of what does not depend on traces.
    const files = ['untested', 'crashing'];
    const folder = temporaryFolderOfRun();
    const parts = [
      await runFixtures(folder, [...files, '--shard=1/2']),
      await runFixtures(folder, [...files, '--shard=2/2']),
    ];
    expect(parts.every(({ results }) => results.size > 0)).toBe(true);
    const all = words(first).filter(word => files.some(file => word.startsWith(file)));
    expect(parts.flatMap(words).sort()).toEqual(all.sort());
  });
});
