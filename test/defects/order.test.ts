import { describe, expect, test } from 'vitest';
import { CompiledModel } from '../../checker/core/compiledModel.ts';
import { unlimited } from '../../checker/core/control.ts';
import { StateTable } from '../../checker/core/stateTable.ts';
import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';
import { MemoryFrontier } from '../../checker/exhaustive/frontier.ts';
import { type Checkpointer, type SavedSearch, Search } from '../../checker/exhaustive/search.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { ScatteredPool } from '../checker/exhaustive/scatteredPool.ts';
import { isLong } from '../long.ts';
import { subjectsOf } from './subjects.ts';

/*
 * What a search finds must not depend on who expands which state, or when. Threads cannot be made to
 * take every order; so here the members of a pool share one thread and states are scattered among them,
 * which is worse than what threads do. Threads themselves are in test/parallel.
 */
const subjects = subjectsOf({
  isShort: steps => isLong || steps <= 3,
  isSmall: distinct => isLong || distinct <= 300,
});

interface Manner {
  readonly members: number;
  readonly seed: number;
  /** Keep the search when it was asked so many times, and go on from there with a new pool. */
  readonly savedAt?: number;
}

/** Keeps a search once, as it is then. */
class OneCheckpoint implements Checkpointer {
  saved: { search: SavedSearch; table: StateTable } | undefined;
  #asked = 0;
  readonly #at: number;

  constructor(at: number) {
    this.#at = at;
  }

  get isDue(): boolean {
    return this.saved === undefined && this.#asked++ >= this.#at;
  }

  save({ state, level, next }: SavedSearch, table: StateTable): Promise<void> {
    const copied = { level: new MemoryFrontier(), next: new MemoryFrontier() };
    for (const block of level.blocks) copied.level.add(block);
    for (const block of next.blocks) copied.next.add(block);
    const { slots, size } = table.memory;
    this.saved = {
      search: { state: structuredClone(state), ...copied },
      table: new StateTable({ slots: slots.slice(), size: size.slice(), room: 0 }),
    };
    return Promise.resolve();
  }
}

async function exploreScattered(
  { model, properties }: { model: AnyModel; properties: readonly AnyProperty[] },
  symmetry: boolean,
  { members, seed, savedAt = 0 }: Manner,
): Promise<ExplorationResult> {
  const compiled = new CompiledModel(model);
  const options = {
    symmetry,
    keepGoing: false,
    control: unlimited,
    frontier: () => new MemoryFrontier(),
  };
  const pool = new ScatteredPool(compiled, properties, { members, symmetry, seed });
  if (savedAt === 0) return new Search(compiled, properties, pool, options).run();
  const checkpointer = new OneCheckpoint(savedAt);
  const whole = await new Search(compiled, properties, pool, {
    ...options,
    checkpointer,
  }).run();
  if (checkpointer.saved === undefined) return whole;
  const { search: saved, table } = checkpointer.saved;
  const others = { members: members + 1, symmetry, seed: seed + 1, table };
  const otherPool = new ScatteredPool(compiled, properties, others);
  return new Search(compiled, properties, otherPool, { ...options, saved }).run();
}

const manners: readonly Manner[] = [
  { members: 4, seed: 1 },
  { members: 2, seed: 2, savedAt: 5 },
  { members: 1, seed: 3, savedAt: 12 },
];

/** All of them in the long runs; else one for each subject, in its turn. */
function mannersOf(turn: number): readonly Manner[] {
  return isLong ? manners : manners.slice(turn % manners.length, (turn % manners.length) + 1);
}

/** Likewise; two and three have no common divisor, so that every manner meets both. */
function symmetriesOf(turn: number): readonly boolean[] {
  return isLong ? [false, true] : [turn % 2 === 1];
}

describe.each(Object.entries(subjects))(
  'the order of a search changes nothing in the %s',
  (_, all) => {
    test.each([...all.entries()].map(([turn, subject]) => ({ turn, ...subject })))(
      '$name',
      async ({ turn, scope }) => {
        const { model, properties } = scope();
        for (const symmetry of symmetriesOf(turn)) {
          const expected = await exploreExhaustively(model, properties, { symmetry });
          for (const manner of mannersOf(turn)) {
            const result = await exploreScattered({ model, properties }, symmetry, manner);
            expect(result).toEqual(expected);
          }
        }
      },
      900_000,
    );
  },
);
