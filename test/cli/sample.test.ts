import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InterruptFlag } from '../../application/tasks/interrupt.ts';
import { sampleStories } from '../../checker/random/sampleStories.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { handedOver, lockModel } from '../checker/subjects/lock.ts';
import { temporaryFolder } from './folder.ts';
import { at, run } from './runInProcess.ts';

const bounds = ['records=1', 'crashes=1', 'pauses=0', 'partitions=0', 'isrShrinks=1'];
const small = [
  ...['sample', 'replication', '--runs', '10', '--max-steps', '20', '--quiet'],
  ...bounds.flatMap(bound => ['--bound', bound]),
];

describe('sample', () => {
  it('tells diverse stories, each of a goal that it reaches, and the same for the same seed', async () => {
    const out = temporaryFolder();
    const { code, stdout } = await run([...small, '--stories', '2', '--out', out]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^replication: 2 stories out of 10 random runs, [\d,]+ distinct states\.\n/,
    );
    const traces = readdirSync(out).map(file => readTraceFile(`${out}/${file}`));
    expect(traces).toHaveLength(2);
    const goals = new Set(traces.map(({ property }) => property.name));
    expect(goals.size).toBe(2);
    for (const goal of goals) expect(stdout).toContain(`reaches ${goal}\n`);
    expect(stdout).toMatch(/\nview {6}npm run -s highwater -- view /);
    const replayed = await run(['replay', ...readdirSync(out).map(file => `${out}/${file}`)]);
    expect(replayed.code).toBe(0);

    const again = await run([...small, '--stories', '2', '--json']);
    const told = [0, 1].map(index => at(JSON.parse(again.stdout), 'stories', index, 'trace'));
    const byGoal = (one: unknown): string => String(at(one, 'property', 'name'));
    const sorted = (all: readonly unknown[]): unknown[] =>
      all.toSorted((one, two) => byGoal(one).localeCompare(byGoal(two)));
    expect(sorted(told).map(one => at(one, 'kind'))).toEqual(['witness', 'witness']);
    expect(sorted(told).map(one => at(one, 'steps'))).toEqual(
      sorted(traces).map(one => at(one, 'steps')),
    );
  });

  it('says which goals were missed', async () => {
    const missed = await run([...small, '--runs', '1', '--max-steps', '1']);
    expect(missed.code).toBe(4);
    expect(missed.stdout).toContain('Not reached by these runs: ');
  });

  it('is ended by the time limit and by an interruption, which it says', async () => {
    const many = ['--runs', '1000000', '--max-steps', '1'];
    const limited = await run([...small, ...many, '--time-limit', '1ms']);
    expect(limited.code).toBe(3);
    expect(limited.stdout).toMatch(/ out of [\d,]+ random runs?, /);
    expect(limited.stdout).not.toContain('1,000,000');
    expect(limited.stdout).toContain('Stopped by the time limit: ');
    const interrupt = new InterruptFlag();
    interrupt.set();
    const interrupted = await run([...small, ...many, '--json'], { interrupt });
    expect(interrupted.code).toBe(130);
    expect(JSON.parse(interrupted.stdout)).toMatchObject({ stopped: 'interrupted' });
  });

  it('shortens what was reached until it was ended', async () => {
    let polls = 0;
    const control = {
      poll: async () => (++polls === 2 ? ('time limit' as const) : undefined),
    };
    const extent = { seed: 1, runs: 1_000_000, maxSteps: 20, stories: 5, maxStates: 5000 };
    const model = lockModel({ checked: true });
    const sample = await sampleStories(model, [handedOver()], { ...extent, control });
    expect(sample).toMatchObject({ runs: 32, stopped: 'time limit', unreached: [] });
    const [story] = sample.stories;
    expect(story?.steps.map(({ name }) => name)).toEqual(['acquire', 'release', 'acquire']);
    expect(story?.shortest).toBe(false);
  });

  it('refuses models and bounds that there are not', async () => {
    expect((await run(['sample', 'nothing'])).code).toBe(2);
    expect((await run(['sample', 'kraft', '--bound', 'nothing=1'])).code).toBe(2);
  });
});
