import { describe, expect, it } from 'vitest';
import { at, run, withoutSeconds } from './runInProcess.ts';

const claim = ['--property', 'one-leader-per-epoch'];
const simulate = ['simulate', 'replication', '--runs', '40', ...claim];
const broken = [
  ...['simulate', 'replication', '--runs', '100'],
  ...['--defect', 'acknowledged-before-replication'],
];

interface Verdict {
  readonly verdict: string;
  readonly because: string | null;
}

describe('simulate', () => {
  it('ends with 0 when all runs were made, and says that this is no proof', async () => {
    const { code, stdout } = await run(simulate);
    expect(code).toBe(0);
    expect(stdout).toMatch(/40 random runs, [\d,]+ steps: nothing found, which is no proof; /);
    expect(stdout).toContain('verdict: nothing found (random runs prove nothing)');
  });

  it('ends with 3 when the time limit ends it', async () => {
    const argv = ['simulate', 'replication', '--runs', '1000000', '--time-limit', '100ms'];
    const { code, stdout } = await run(argv);
    expect(code).toBe(3);
    expect(stdout).toMatch(/ steps, ended by the time limit: nothing found, which is no\s+proof/);
    expect(stdout).toContain('verdict: inconclusive (ended by the time limit)');
  });

  it('ends with 4 when nothing is put to the test', async () => {
    const never = ['--property', 'elr-members-have-committed-records'];
    const argv = ['simulate', 'replication', '--runs', '5', ...never];
    const { code, stdout } = await run(argv);
    expect(code).toBe(4);
    expect(stdout).toContain('verdict: vacuous (never put to the test: elr-members');
  });

  it('ends with 4 when a goal was not reached, as other commands do', async () => {
    const few = ['simulate', 'replication', '--runs', '1', '--property', 'unclean-election'];
    const argv = [...few, '--set', 'uncleanLeaderElection=true', '--max-steps', '1'];
    const { code, stdout } = await run(argv);
    expect(code).toBe(4);
    expect(stdout).toContain('verdict: vacuous (never reached: unclean-election)');
    const json = JSON.parse((await run([...argv, '--json'])).stdout);
    expect(json).toMatchObject({
      verdict: 'vacuous',
      because: 'never reached: unclean-election',
      properties: [{ verdict: 'unreached', because: null }],
    });
  });

  it('answers for each property that is named, and otherwise says what is not decided', async () => {
    const named = ['acknowledged-records-survive', 'exposed-records-survive'];
    const first = JSON.parse((await run([...broken, '--json'])).stdout);
    const open = first.properties.filter(({ verdict }: Verdict) => verdict === 'inconclusive');
    expect(open.length).toBeGreaterThan(0);
    expect(new Set(open.map(({ because }: Verdict) => because))).toEqual(
      new Set([`ended when ${at(first, 'violations', 0, 'property')} was violated`]),
    );
    const all = JSON.parse(
      (await run([...broken, '--json', ...named.flatMap(name => ['--property', name])])).stdout,
    );
    expect(all).toMatchObject({ runs: 100, stopped: 'run limit', verdict: 'violated' });
    const verdicts = all.properties.map(({ verdict }: Verdict) => verdict);
    expect(verdicts).not.toContain('inconclusive');
  });

  it('ends with 1 and a report when a property breaks', async () => {
    const { code, stdout } = await run(broken);
    expect(code).toBe(1);
    expect(stdout).toContain('is broken');
    expect(stdout).toContain('the shortest possible in this scope');
    expect(stdout).toContain('simulate, seed 1');
  });

  it('gives the same document for the same seed, also when the runs are made twice', async () => {
    for (const argv of [simulate, broken]) {
      const once = await run([...argv, '--json']);
      for (const more of [[], ['--twice']]) {
        const again = await run([...argv, '--json', ...more]);
        expect(again.code).toBe(once.code);
        expect(withoutSeconds(again.stdout)).toBe(withoutSeconds(once.stdout));
      }
    }
  });

  it('gives other runs for another seed, and names the seed', async () => {
    const documents = await Promise.all(
      ['1', '2'].map(async seed =>
        JSON.parse((await run([...simulate, '--json', '--seed', seed])).stdout),
      ),
    );
    const [first, second] = documents;
    expect(at(first, 'seed')).toBe(1);
    expect(at(second, 'seed')).toBe(2);
    expect(at(first, 'distinctStates')).not.toBe(at(second, 'distinctStates'));
    expect((await run([...simulate, '--seed', '77'])).stdout).toContain('seed 77');
  });

  it('prints what the exploration was in JSON', async () => {
    const { stdout } = await run([...simulate, '--json', '--max-steps', '20']);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      command: 'simulate',
      engine: 'simulate',
      verdict: 'nothing found',
      because: 'random runs prove nothing',
      stopped: 'run limit',
      symmetry: false,
      runs: 40,
      seed: 1,
      maxSteps: 20,
      collisionProbability: null,
      bounds: { records: 8 },
      violations: [],
    });
  });
});
