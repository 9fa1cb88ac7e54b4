import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { addTrace } from '../../corpus/folder.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { fileIn, temporaryFolder } from '../cli/folder.ts';
import { bothHold, handOver, lockTrace } from '../corpus/lockTraces.ts';
import { isLong } from '../long.ts';
import { type FixtureRun, fixtures, resultIn, runFixtures, toldOf } from './runFixtures.ts';

const traces = temporaryFolder();
/** A file in a folder of traces that is none. */
let noTrace: string;
/** Each run is a process, so that what can be asked of these two is asked of them. */
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
  mkdirSync(join(traces, 'none'));
  noTrace = fileIn(join(traces, 'none'), 'a.trace.json', '{}');
  symlinkSync(join(traces, 'nowhere'), join(traces, 'unwritable'));
  first = await runFixtures(traces, []);
  // A folder under a file cannot be made: nothing can be attached.
  const nowhere = `--attachmentsDir=${join(noTrace, 'attachments')}`;
  again = await runFixtures(traces, ['broken', 'temporal', '--sequence.seed=9', nowhere]);
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

  it('is still told where it cannot be attached', () => {
    const { message } = result('an unchecked lock', again);
    expect(message).toContain('held-by-few is broken');
    expect(message).toMatch(/^not attached: .*attachments/m);
    expect(result('an unchecked lock').message).not.toContain('not attached');
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

  it('names the file that is no trace', () => {
    const { status, message } = result('a lock with a trace that is none');
    expect(status).toBe('failed');
    expect(message).toContain(`${noTrace}: /format`);
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

  it('are said of a test that passes, and come from vitest where it has one', () => {
    expect(seedIn(first)).toMatch(/^\d+$/);
    expect(seedIn(again)).toBe('9');
  });
});

describe('modelTest: what must happen at some time', () => {
  it('is looked at in every fair run of a small scope, and said to be', () => {
    expect(result('an outbox').status).toBe('passed');
    expect(toldOf(first, 'an outbox')).toContain(
      'orders-are-sent: every fair run of the scope was looked at: 72 distinct states',
    );
  });

  it('is looked at in random runs of a large scope, which are no proof', () => {
    expect(result('a large outbox').status).toBe('passed');
    expect(toldOf(first, 'a large outbox')).toMatch(
      /orders-are-sent: the scope has more fair runs than could be looked at \(20,00\d distinct states\), and 50 random runs that settle are no proof/,
    );
  });

  it('fails the test where it never does, with the story, and is kept', () => {
    const { status, message } = result('an outbox whose broker stays away');
    expect(status).toBe('failed');
    expect(message).toContain('orders-are-sent is broken');
    expect(message).toContain('lost      A customer waits for ever.');
    expect(message).toMatch(
      /^false {5}due since step 1, never reached: after step 2 nothing has to happen$/m,
    );
    expect(message).toMatch(/^seed {6}\d+, found among the fair runs of 48 states$/m);
    const path = join(traces, 'away', 'outbox--orders-are-sent');
    expect(readdirSync(join(traces, 'away'))).toHaveLength(1);
    const [file = ''] = readdirSync(join(traces, 'away'));
    expect(message).toContain(`file      ${path}`);
    const trace = readTraceFile(join(traces, 'away', file));
    expect(trace.loop).toEqual({ from: 2 });
    expect(trace.explored).toMatchObject({ engine: 'exhaustive', shortest: true });
  });

  it('is replayed first by the next run, which makes no second file', () => {
    expect(result('an outbox whose broker stays away', again).message).toContain(
      'It is still reproduced: the corpus was replayed before any random run.',
    );
    expect(readdirSync(join(traces, 'away'))).toHaveLength(1);
    expect(result('an outbox', again).status).toBe('passed');
  });

  it('fails the test in random runs as well, with seed and run', () => {
    const { message } = result('a large outbox whose broker stays away');
    expect(message).toMatch(/^false {5}due since step \d+, never reached: after step \d+ nothing/m);
    expect(message).toMatch(/^seed {6}\d+, found in run \d+ of 50$/m);
    const { message: hasty } = result('an outbox without time to settle');
    expect(hasty).toMatch(/^false {5}due .*, not within 1 steps after faults stopped/m);
  });

  it('makes the test fail as vacuous where it is never due, unless that is allowed', () => {
    const { status, message } = result('an outbox of which nothing is asked');
    expect(status).toBe('failed');
    expect(message).toContain('never-due was never put to the test: its goal was never due');
    expect(result('an outbox of which nothing need be asked').status).toBe('passed');
  });

  it('is enough to be tested', () => {
    expect(result('an outbox without other properties').status).toBe('passed');
  });
});

// Two more processes.
describe.runIf(isLong)('modelTest: shards', () => {
  it('are together what is run without them', async () => {
    const words = ({ results }: FixtureRun): string[] =>
      [...results.values()].map(({ file, name, status }) => `${file}: ${name}: ${status}`);
    // Of what does not depend on traces.
    const files = ['untested', 'crashing'];
    const folder = join(traces, 'sharded');
    const parts = [
      await runFixtures(folder, [...files, '--shard=1/2']),
      await runFixtures(folder, [...files, '--shard=2/2']),
    ];
    expect(parts.every(({ results }) => results.size > 0)).toBe(true);
    const all = words(first).filter(word => files.some(file => word.startsWith(file)));
    expect(parts.flatMap(words).sort()).toEqual(all.sort());
  });
});
