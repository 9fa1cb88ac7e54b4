import { expect, test } from 'vitest';
import { plainProject } from '../../../application/project/project.ts';
import { conclude } from '../../../application/swarm/conclude.ts';
import { playSeeds, type RunTask } from '../../../application/swarm/playSeeds.ts';
import { runSwarm } from '../../../application/swarm/runSwarm.ts';
import { partsOf, type Swarm, taskOfSeed } from '../../../application/swarm/swarm.ts';
import { isOver, nothing, type Tally, together } from '../../../application/swarm/tally.ts';
import { runTask } from '../../../application/tasks/runTask.ts';
import { ModelError } from '../../../checker/core/errors.ts';
import { lockEntry } from '../../cli/lockEntry.ts';
import { rare } from './rareSwarm.ts';

const project = plainProject([lockEntry]);
const run: RunTask = (task, onProgress) => runTask(task, project, { onProgress });

const quiet: Swarm = { ...rare, request: { ...rare.request, config: {} }, runs: 20 };

test('seeds are divided into parts that follow each other, the last of which may be smaller', () => {
  expect(partsOf({ first: 5, count: 7 }, 3)).toEqual([
    { first: 5, count: 3 },
    { first: 8, count: 3 },
    { first: 11, count: 1 },
  ]);
});

test.each([rare, { ...rare, keepGoing: true }, quiet])(
  'parts of every size come to what all seeds come to together (%#)',
  async swarm => {
    const whole = await playSeeds(swarm, swarm.seeds, run);
    for (const size of [1, 5, 12]) {
      let sum: Tally = nothing;
      for (const part of partsOf(swarm.seeds, size)) {
        if (!isOver(sum, swarm)) sum = together(sum, await playSeeds(swarm, part, run));
      }
      expect(sum).toEqual(whole);
    }
    expect(whole.chains).toHaveLength(whole.seeds);
  },
);

test('nothing is found where nothing breaks, and what was never put to the test is said', async () => {
  const { verdict, seeds, tally, violations } = await runSwarm(quiet, project);
  expect([verdict, seeds, violations]).toEqual(['nothing found', { first: 1, count: 12 }, []]);
  expect(tally.runs).toBe(12 * 20);
  const never = { ...quiet, runs: 1, maxSteps: 1, properties: ['handed-over'] };
  expect((await runSwarm(never, project)).verdict).toBe('vacuous');
});

test('the first seed that breaks a property is the last, and its story is that of simulate', async () => {
  const { verdict, seeds, violations } = await runSwarm(rare, project);
  const [violation] = violations;
  expect([verdict, violations.length]).toEqual(['violated', 1]);
  // Not the first one, or this would show nothing.
  expect(violation?.seed).toBeGreaterThan(1);
  expect(seeds).toEqual({ first: 1, count: violation?.seed });
  const alone = await runTask(taskOfSeed(rare, violation?.seed ?? 0, { shorten: true }), project);
  expect(violation?.trace).toEqual(alone.traces[0]);
  expect(violation?.shortest).toBe(true);
});

test('with --keep-going all seeds are played, and each property is shortened once', async () => {
  let shortened = 0;
  const watched: RunTask = (task, onProgress) => {
    if (task.engine.kind === 'simulate' && task.engine.shorten === true) shortened++;
    return run(task, onProgress);
  };
  const all = { ...rare, keepGoing: true };
  const tally = await playSeeds(all, all.seeds, watched);
  expect([tally.seeds, tally.broken.length, shortened]).toEqual([12, 1, 0]);
  const { violations } = await conclude(all, tally, project, watched);
  expect(shortened).toBe(1);
  expect(violations).toEqual((await runSwarm(rare, project)).violations);
});

test('a crash of the model ends the swarm: what was played says nothing of the rest', async () => {
  const crashing: RunTask = (task, onProgress) => {
    if (task.engine.kind !== 'simulate' || task.engine.seed !== 3) return run(task, onProgress);
    throw new ModelError('the model crashed in acquire', []);
  };
  const tally = await playSeeds(quiet, quiet.seeds, crashing);
  expect(tally.crash).toMatchObject({ seed: 3, failure: { name: 'ModelError' } });
  expect([tally.seeds, tally.runs]).toEqual([3, 40]);
  const { verdict, seeds } = await conclude(quiet, tally, project, run);
  expect([verdict, seeds]).toEqual(['inconclusive', { first: 1, count: 3 }]);
});
