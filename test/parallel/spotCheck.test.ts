import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CompiledModel } from '../../checker/core/compiledModel.ts';
import type { Control } from '../../checker/core/control.ts';
import { StateTable } from '../../checker/core/stateTable.ts';
import { MemoryFrontier } from '../../checker/exhaustive/frontier.ts';
import { LocalPool } from '../../checker/exhaustive/localPool.ts';
import { PlainModel } from '../../checker/exhaustive/sample/plainModel.ts';
import { type Checkpointer, Search } from '../../checker/exhaustive/search.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { CheckpointError } from '../../parallel/checkpointError.ts';
import { CheckpointFolder, type SavedSearchWithTable } from '../../parallel/checkpointFolder.ts';
import { exploreInParallel } from '../../parallel/exploreInParallel.ts';
import { spotCheck } from '../../parallel/spotCheck.ts';
import { temporaryFolder } from '../cli/folder.ts';
import { everyFew, isLong } from '../long.ts';
import { clock, type Edition, firstEdition } from './editions.ts';
import { moduleFor } from './specifications.ts';

const folder = temporaryFolder();
/** Of every edition the same: nothing of what differs is to be seen in a source. */
const identity = { every: 1e9, run: {}, sources: {} };
let folders = 0;

/** Stops a search when so many states are known. */
function stopAt(states: number): Control {
  return {
    poll: async ({ distinctStates }) => (distinctStates >= states ? 'interrupted' : undefined),
  };
}

interface Manner {
  readonly symmetry?: boolean;
  /** States that are known when the search is stopped. */
  readonly states?: number;
}

/** Stops a search of one edition, and goes on with another. */
async function goOnWith(
  changed: Partial<Edition>,
  { symmetry = false, states = 2000 }: Manner = {},
): Promise<ExplorationResult> {
  folders++;
  const where = { ...identity, folder: join(folder, String(folders)) };
  const options = { workers: 1, symmetry, pollEvery: 1 };
  const { stopped } = await explore(firstEdition, {
    ...options,
    checkpoint: CheckpointFolder.create(where),
    control: stopAt(states),
  });
  expect(stopped).toBe('interrupted');
  return explore(
    { ...firstEdition, ...changed },
    { ...options, checkpoint: CheckpointFolder.resume(where) },
  );
}

function explore(
  edition: Edition,
  options: Parameters<typeof exploreInParallel>[1],
): Promise<ExplorationResult> {
  return exploreInParallel(moduleFor(clock, edition), {
    specification: clock(edition),
    ...options,
  });
}

const nearTheStart: [string, Partial<Edition>, string][] = [
  ['a guard that is true now', { breaksAt: [3, 3] }, 'hand-1"?=3.*break\\(\\) could not be taken'],
  [
    'a guard that is false now',
    { last: 2 },
    'move\\(hand=hand-[12]\\) could be taken, and cannot now',
  ],
  ['an initial state', { start: 1 }, 'initial state 1 is another one than it was'],
  ['what a property says of states', { mostSum: 4 }, 'property "few" holds, and is violated now'],
  ['an antecedent', { leastSum: 4 }, 'property "few" holds, and says nothing now'],
  [
    'what a property says of steps',
    { stride: 0 },
    'another step to properties: property "moves-by-one" holds, and is violated now',
  ],
];

describe('a search does not go on with a model that does something else', () => {
  for (const symmetry of [false, true]) {
    const how = symmetry ? 'with symmetry' : 'without symmetry';
    const some = symmetry ? everyFew(nearTheStart, 3) : nearTheStart;
    test.each(some)(`near the start: %s (${how})`, async (_, changed, message) => {
      const going = goOnWith(changed, { symmetry });
      await expect(going).rejects.toThrow(CheckpointError);
      await expect(going).rejects.toThrow(new RegExp(message));
    });
  }

  const farFromTheStart: [string, Partial<Edition>, RegExp][] = [
    ['a guard', { breaksFrom: 70 }, /break\(\) could not be taken, and can now/],
    ['a step', { stride: 2 }, /move\(hand=hand-[12]\) led to another state than it does now/],
    ['a property', { mostSum: 150 }, /property "few" holds, and is violated now/],
  ];
  test.each(everyFew(farFromTheStart, 3))(
    'far from the start, where only some of all states are looked at: %s',
    async (_, changed, message) => {
      await expect(goOnWith(changed, { states: 20_000 })).rejects.toThrow(message);
    },
  );
});

test('a search does not go on with a model that would differ in a single state, far from the start', async () => {
  const going = goOnWith({ breaksAt: [150, 149] }, { states: 20_000 });
  // The state was not reached; but where one hand is as it is there, the other one is looked at.
  await expect(going).rejects.toThrow(
    /in the state with protocol\.hands\.hand-1=150.*, it depends on other parts of the state/,
  );
});

test('a search does not go on with a table in which something is missing', async () => {
  const { model, properties } = clock(firstEdition);
  const compiled = new CompiledModel(model);
  const pool = new LocalPool(compiled, properties, { symmetry: false });
  const found: SavedSearchWithTable[] = [];
  const checkpointer: Checkpointer = {
    isDue: false,
    save: async (saved, table) => void found.push({ ...saved, table }),
  };
  const frontier = (): MemoryFrontier => new MemoryFrontier();
  const options = { symmetry: false, control: stopAt(3000), pollEvery: 1, frontier, checkpointer };
  await new Search(compiled, properties, pool, options).run();
  const [saved] = found;
  if (saved === undefined) throw new Error('nothing was saved');
  const { outcomes } = saved.state.sample;
  const check = (table: StateTable): void =>
    spotCheck(
      { ...saved, table },
      new PlainModel(compiled, properties, { symmetry: false, outcomes }),
    );
  check(saved.table);
  const empty = new StateTable();
  expect(() => check(empty)).toThrow(/in the initial state, which is to be among/);
  const alone = new StateTable();
  const [low = 0, high = 0] = saved.state.sample.first.records;
  alone.add(low, high, 0, 1);
  alone.settle(low, high);
  expect(() => check(alone)).toThrow(/in the initial state, a step leads to a state that was not/);
});

test('a search goes on with the same model, and ends as one that was never stopped', async () => {
  for (const symmetry of isLong ? [false, true] : [true]) {
    const whole = await explore(firstEdition, {
      workers: 1,
      symmetry,
    });
    expect(whole.distinctStates).toBe(symmetry ? (151 * 152) / 2 : 151 ** 2);
    expect(await goOnWith({}, { symmetry })).toEqual(whole);
  }
});
