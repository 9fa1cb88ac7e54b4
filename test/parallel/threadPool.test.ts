import { afterEach, describe, expect, test } from 'vitest';
import { defectPlans } from '../../application/defects/defectPlan.ts';
import type { Task } from '../../application/tasks/task.ts';
import { builtInModel } from '../../catalogue/models.ts';
import { CompiledModel } from '../../checker/core/compiledModel.ts';
import { unlimited } from '../../checker/core/control.ts';
import { ModelError } from '../../checker/core/errors.ts';
import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';
import { MemoryFrontier } from '../../checker/exhaustive/frontier.ts';
import { Search } from '../../checker/exhaustive/search.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { exploreInParallel } from '../../parallel/exploreInParallel.ts';
import { type SpecificationModule, specificationFrom } from '../../parallel/specificationModule.ts';
import { ThreadPool } from '../../parallel/threadPool.ts';
import { isLong } from '../long.ts';
import { commit, crashing, dying, moduleFor, ofTask, stubborn, tangle } from './specifications.ts';

interface Manner {
  readonly symmetry: boolean;
  readonly keepGoing: boolean;
  readonly counterexamples?: number;
}

const pools: ThreadPool[] = [];
afterEach(() => Promise.all(pools.splice(0).map(pool => pool.close())));

/** Explores on threads only: from the first level on, however small. */
async function exploreOnThreads(
  module: SpecificationModule,
  workers: number,
  { symmetry, keepGoing, counterexamples = 1 }: Manner,
): Promise<ExplorationResult> {
  const { model, properties } = await specificationFrom(module);
  const compiled = new CompiledModel(model);
  const breaks = counterexamples > 1;
  const options = { workers, specification: module, symmetry, breaks, smallLevel: 0 };
  const pool = new ThreadPool(compiled, properties, options);
  pools.push(pool);
  await pool.start();
  const frontier = (): MemoryFrontier => new MemoryFrontier();
  const search = new Search(compiled, properties, pool, {
    symmetry,
    keepGoing,
    counterexamples,
    control: unlimited,
    frontier,
  });
  return search.run();
}

/** The results of one search on this thread, and of the same on pools of others. */
async function onAllPools(
  module: SpecificationModule,
  manner: Manner,
  sizes: readonly number[],
): Promise<[ExplorationResult, ExplorationResult[]]> {
  const { model, properties } = await specificationFrom(module);
  const alone = await exploreExhaustively(model, properties, manner);
  const together: ExplorationResult[] = [];
  for (const workers of sizes) {
    together.push(await exploreOnThreads(module, workers, manner));
  }
  return [alone, together];
}

function taskOf(model: string, bounds: Record<string, number> = {}): Task {
  const { smallScope } = builtInModel(model);
  return {
    model,
    request: { config: {}, bounds: { ...smallScope, ...bounds }, defects: [] },
    engine: { kind: 'exhaustive', symmetry: true, keepGoing: false },
    limits: {},
  };
}

function defectOf(model: string, name: string): Task {
  const [plan] = defectPlans([builtInModel(model)], [name], {});
  if (plan?.way.foundBy !== 'exhaustive search') throw new Error(`"${name}" is not searched for`);
  const { properties: _, ...task } = plan.way.task;
  return task;
}

const subjects = {
  replication: moduleFor(
    ofTask,
    taskOf('replication', { records: 1, crashes: 0, preferredElections: 1 }),
  ),
  'replication with a defect': moduleFor(
    ofTask,
    defectOf('replication', 'truncates-to-high-watermark'),
  ),
  kraft: moduleFor(ofTask, taskOf('kraft', { records: 0, crashes: 0 })),
};

describe('a search on threads', () => {
  test.each([false, true])('finds what one thread does, if it keeps going: %s', async keepGoing => {
    const manner = { symmetry: false, keepGoing };
    const [alone, [together]] = await onAllPools(moduleFor(tangle), manner, [2]);
    expect(together).toEqual(alone);
  });

  test('finds the several counterexamples that one thread does', async () => {
    const manner = { symmetry: false, keepGoing: true, counterexamples: 3 };
    const [alone, [together]] = await onAllPools(moduleFor(tangle), manner, [2]);
    expect(together).toEqual(alone);
    expect(alone.violations.every(({ cause }) => cause !== undefined)).toBe(true);
  });

  test.each([false, true])(
    'finds what one thread does, however many, symmetry: %s',
    async symmetry => {
      const manner = { symmetry, keepGoing: false };
      const sizes = isLong ? [1, 2, 4] : [symmetry ? 2 : 4];
      const [alone, together] = await onAllPools(moduleFor(commit, 5), manner, sizes);
      for (const result of together) expect(result).toEqual(alone);
    },
  );

  // A thread loads the whole catalogue for these; a search that is killed goes on with threads on every change.
  for (const [name, module] of Object.entries(subjects)) {
    for (const symmetry of [false, true]) {
      const how = symmetry ? 'with symmetry' : 'without symmetry';
      test.runIf(isLong)(`finds in ${name} what one thread does (${how})`, async () => {
        const manner = { symmetry, keepGoing: false };
        const [alone, [together]] = await onAllPools(module, manner, [2]);
        expect(together).toEqual(alone);
      });
    }
  }

  test('is not empty in these tests', async () => {
    const manner = { symmetry: false, keepGoing: true };
    const result = await exploreOnThreads(moduleFor(tangle), 1, manner);
    expect(result.violations.map(({ property }) => property)).toEqual([
      'never-ends-with-99',
      'never-ends-with-77',
    ]);
    expect(result.witnesses).toHaveLength(2);
  });

  test('says how a model crashes, with the steps that lead there', async () => {
    const running = exploreOnThreads(moduleFor(crashing), 2, { symmetry: false, keepGoing: false });
    const error = await running.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({ message: expect.stringContaining('that is enough') });
    expect((error as ModelError).steps).toHaveLength(500);
  });

  test('ends with an error when a thread dies', async () => {
    const running = exploreOnThreads(moduleFor(dying), 2, { symmetry: false, keepGoing: false });
    await expect(running).rejects.toThrow(/a worker thread ended before the search did: .*code 9/);
  });

  test('ends with an error when a thread cannot build its model', async () => {
    const running = exploreOnThreads(moduleFor(stubborn), 2, { symmetry: false, keepGoing: false });
    await expect(running).rejects.toThrow(/a worker thread .*only in the main thread/);
  });

  test('needs a function that is exported', async () => {
    const module = { ...moduleFor(tangle), name: 'tango' };
    await expect(exploreInParallel(module, { workers: 2 })).rejects.toThrow(
      /specifications\.ts exports no function tango/,
    );
  });
});

describe('a search in parallel', () => {
  test.each<[string, object, string]>([
    ['that there is not', { threads: 2 }, 'exploreInParallel: there is no "threads"; there are '],
    ['of no worker', { workers: 0 }, 'exploreInParallel: workers: expected a whole number, 1 or'],
    ['of half a state', { maxStates: 0.5 }, 'exploreInParallel: maxStates: expected a whole'],
    ['that is no flag', { symmetry: 'on' }, 'exploreInParallel: symmetry: expected true or false'],
    ['of no bytes', { frontierBytes: Number.NaN }, 'frontierBytes: expected 0 or more, found NaN'],
  ])('refuses an option %s', async (_, options, message) => {
    const given = { workers: 1, ...options };
    await expect(exploreInParallel(moduleFor(tangle), given)).rejects.toThrow(message);
  });

  test('hands over to threads once it is large, and finds the same', async () => {
    const module = moduleFor(commit, 6);
    const options = { symmetry: false, frontierBytes: 1 << 14 };
    const [alone, together] = [
      await exploreInParallel(module, { ...options, workers: 1 }),
      await exploreInParallel(module, { ...options, workers: 2 }),
    ];
    expect(together).toEqual(alone);
    expect(alone.distinctStates).toBeGreaterThan(50_000);
  });
});
