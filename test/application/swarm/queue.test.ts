import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { plainProject } from '../../../application/project/project.ts';
import { swarmResult, swarmStatus } from '../../../application/swarm/queue/status.ts';
import { submitSwarm } from '../../../application/swarm/queue/submit.ts';
import { wholeTally, workOnSwarms } from '../../../application/swarm/queue/work.ts';
import { runSwarm } from '../../../application/swarm/runSwarm.ts';
import { nothing } from '../../../application/swarm/tally.ts';
import { InterruptFlag } from '../../../application/tasks/interrupt.ts';
import { lockEntry } from '../../cli/lockEntry.ts';
import { run } from '../../cli/runInProcess.ts';
import { rare } from './rareSwarm.ts';
import { hasRedis, startRedis } from './redisServer.ts';

const project = plainProject([lockEntry]);
const program = fileURLToPath(new URL('../../../cli/highwater.mjs', import.meta.url));

describe('what jobs came to is put together', () => {
  const tally = { ...nothing, seeds: 1, runs: 7 };
  const broken = { ...tally, broken: [{ property: 'held-by-few', seed: 2, clause: 'two' }] };
  const once = { keepGoing: false };

  test('in the order of their seeds, whichever ended first', () => {
    const parts = [1, 0, 2].map(index => ({ index, tally: { ...tally, runs: index } }));
    expect(wholeTally(parts, 3, once)).toMatchObject({ seeds: 3, runs: 3 });
  });

  test('up to the one that ends the swarm: those after it may have been left out', () => {
    const parts = [tally, broken, null].map((of, index) => ({ index, tally: of }));
    expect(wholeTally(parts, 3, once)).toMatchObject({ seeds: 2, runs: 14 });
  });

  test('or refused, where one is missing, there twice, or left out without a reason', () => {
    const [first, second] = [0, 1].map(index => ({ index, tally }));
    if (first === undefined || second === undefined) throw new Error('two parts were made');
    expect(() => wholeTally([first], 2, once)).toThrow('expected 2 parts');
    expect(() => wholeTally([first, first], 2, once)).toThrow('expected 2 parts');
    expect(() => wholeTally([first, { index: 1, tally: null }], 2, once)).toThrow('left out');
  });
});

describe.skipIf(!hasRedis)('a swarm in a queue', async () => {
  const redis = hasRedis ? await startRedis() : '';
  const place = { redis, queue: 'tests' };
  const how = { ...place, stalledAfter: 30_000, interrupt: new InterruptFlag() };

  test.each([rare, { ...rare, keepGoing: true }])(
    'comes to what the same seeds come to in one process, by three workers (%#)',
    async swarm => {
      const { id, parts } = await submitSwarm(swarm, project, { ...place, seedsPerJob: 2 });
      expect(parts).toBe(6);
      const { swarms } = await swarmStatus(place, id);
      expect(swarms).toMatchObject([{ id, state: 'waiting', parts: { done: 0, of: 6 } }]);
      expect(await swarmResult(id, { ...place, wait: false })).toBeUndefined();
      const names = ['one', 'two', 'three'];
      await Promise.all(names.map(name => workOnSwarms(project, { ...how, name, until: id })));
      const result = await swarmResult(id, { ...place, wait: true });
      expect(result).toEqual(JSON.parse(JSON.stringify(await runSwarm(swarm, project))));
      const after = (await swarmStatus(place, id)).swarms[0];
      expect(after).toMatchObject({ state: 'done', parts: { done: 6, of: 6 }, failure: null });
      expect(after?.broken.map(({ seed }) => seed)).toEqual(
        result?.violations.map(({ seed }) => seed),
      );
    },
  );

  test('a worker with another version of the model refuses its jobs, and leaves them to others', async () => {
    const one = { ...rare, seeds: { first: 1, count: 1 } };
    const { id } = await submitSwarm(one, project, { ...place, seedsPerJob: 1 });
    const other = {
      ...lockEntry,
      build: (request: Parameters<typeof lockEntry.build>[0]) => {
        return lockEntry.build({ ...request, config: { ...request.config, acquire: 'take' } });
      },
    };
    const stranger = workOnSwarms(plainProject([other]), { ...how, name: 'stranger', until: id });
    await expect(stranger).rejects.toThrow('another version of Highwater or of the model lock');
    await workOnSwarms(project, { ...how, name: 'one', until: id });
    expect((await swarmStatus(place, id)).swarms[0]?.state).toBe('done');
  });

  test('a worker that is told to stop gives its job back, and what it has played counts for nothing', async () => {
    const long = { ...rare, request: { ...rare.request, config: {} }, runs: 64 };
    const swarm = { ...long, seeds: { first: 1, count: 2 } };
    const { id } = await submitSwarm(swarm, project, { ...place, seedsPerJob: 2 });
    const interrupt = new InterruptFlag();
    // It says that it begins, and is told to stop at once.
    const tell = (): void => interrupt.set();
    await workOnSwarms(project, { ...how, name: 'stopped', until: id, interrupt, tell });
    expect((await swarmStatus(place, id)).swarms[0]).toMatchObject({ parts: { done: 0, of: 1 } });
    await workOnSwarms(project, { ...how, name: 'one', until: id });
    expect(await swarmResult(id, { ...place, wait: false })).toMatchObject({
      verdict: 'nothing found',
      tally: { seeds: 2, runs: 128 },
    });
  });

  test('what is not there is said: a swarm, and a queue', async () => {
    await expect(swarmStatus(place, 'lock-0')).rejects.toThrow('there is no swarm "lock-0"');
    const nowhere = { ...place, redis: `${redis}.not` };
    await expect(swarmStatus(nowhere)).rejects.toThrow('nobody answers');
  });

  test('a worker that is killed costs its job and nothing else', async () => {
    const scope = ['replication', '--bound', 'records=1', '--runs', '20', '--max-steps', '40'];
    const at = ['--redis', redis, '--queue', 'killed'];
    const submitted = await output([
      'swarm',
      'submit',
      ...scope,
      '--seeds',
      '1-3',
      '--json',
      ...at,
    ]);
    const { id } = JSON.parse(submitted);
    const quick = ['--stalled-after', '1s', ...at];
    const victim = spawn(process.execPath, [program, 'swarm', 'work', ...quick]);
    // Its first words are that it has begun with a job.
    await once(victim.stderr, 'data');
    victim.kill('SIGKILL');
    await once(victim, 'exit');
    const told = await output(['swarm', 'work', id, ...quick], 'stderr');
    expect(told.match(/seeds \d to \d/g)?.sort()).toEqual([
      'seeds 1 to 1',
      'seeds 2 to 2',
      'seeds 3 to 3',
    ]);
    const result = await run(['swarm', 'result', id, '--json', ...at]);
    const alone = await run(['swarm', 'run', ...scope, '--seeds', '1-3', '--json']);
    const { command: _, ...found } = JSON.parse(result.stdout);
    const { command: __, ...expected } = JSON.parse(alone.stdout);
    expect(found).toEqual(expected);
    expect([result.code, expected.runs]).toEqual([0, 60]);
  });
});

/** Runs the program to its end, and returns what it printed. */
async function output(
  argv: readonly string[],
  stream: 'stdout' | 'stderr' = 'stdout',
): Promise<string> {
  const child = spawn(process.execPath, [program, ...argv]);
  let text = '';
  child[stream].on('data', chunk => {
    text += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}`);
  return text;
}
