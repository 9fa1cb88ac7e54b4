import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { temporaryFolder } from '../cli/folder.ts';
import { type FixtureRun, resultIn, runFixtures, toldOf } from './runFixtures.ts';

const traces = temporaryFolder();
let first: FixtureRun;
let again: FixtureRun;

beforeAll(async () => {
  first = await runFixtures(traces, ['temporal']);
  again = await runFixtures(traces, ['temporal']);
});

function result(name: string, run = first): ReturnType<typeof resultIn> {
  return resultIn(run, name);
}

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
