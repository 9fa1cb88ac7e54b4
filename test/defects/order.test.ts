import { describe, expect, test } from 'vitest';
import { CompiledModel } from '../../checker/core/compiledModel.ts';
import { unlimited } from '../../checker/core/control.ts';
import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';
import { MemoryFrontier } from '../../checker/exhaustive/frontier.ts';
import { type Keeper, type Kept, Search } from '../../checker/exhaustive/search.ts';
import { StateTable } from '../../checker/exhaustive/stateTable.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { ScatteredCrew } from '../checker/exhaustive/scatteredCrew.ts';
import { type Subject, subjectsOf } from './subjects.ts';

/*
 * What a search finds must not depend on who expands which state, or when. Threads cannot be made to
 * take every order; so here the members of a crew share one thread and states are scattered among them,
 * which is worse than what threads do. Threads themselves are in test/parallel.
 */
const isLong = process.env['HIGHWATER_LONG'] !== undefined;
const subjects = subjectsOf({
  isShort: steps => isLong || steps <= 5,
  isSmall: distinct => isLong || distinct <= 800,
});

interface Manner {
  readonly members: number;
  readonly seed: number;
  /** Keep the search when it was asked so many times, and go on from there with a new crew. */
  readonly keptAt?: number;
}

/** Keeps a search once, as it is then. */
class OnceKeeper implements Keeper {
  kept: { search: Kept; table: StateTable } | undefined;
  #asked = 0;
  readonly #at: number;

  constructor(at: number) {
    this.#at = at;
  }

  get isDue(): boolean {
    return this.kept === undefined && this.#asked++ >= this.#at;
  }

  keep({ state, level, next }: Kept, table: StateTable): Promise<void> {
    const copied = { level: new MemoryFrontier(), next: new MemoryFrontier() };
    for (const block of level.blocks) copied.level.add(block);
    for (const block of next.blocks) copied.next.add(block);
    const { slots, size } = table.memory;
    this.kept = {
      search: { state: structuredClone(state), ...copied },
      table: new StateTable({ slots: slots.slice(), size: size.slice(), room: 0 }),
    };
    return Promise.resolve();
  }
}

async function exploreScattered(
  { model, properties }: { model: AnyModel; properties: readonly AnyProperty[] },
  symmetry: boolean,
  { members, seed, keptAt = 0 }: Manner,
): Promise<ExplorationResult> {
  const compiled = new CompiledModel(model);
  const options = {
    symmetry,
    keepGoing: false,
    control: unlimited,
    frontier: () => new MemoryFrontier(),
  };
  const crew = new ScatteredCrew(compiled, properties, { members, symmetry, seed });
  if (keptAt === 0) return new Search(compiled, properties, crew, options).run();
  const keeper = new OnceKeeper(keptAt);
  const whole = await new Search(compiled, properties, crew, { ...options, keeper }).run();
  if (keeper.kept === undefined) return whole;
  const { search: kept, table } = keeper.kept;
  const others = { members: members + 1, symmetry, seed: seed + 1, table };
  const heirs = new ScatteredCrew(compiled, properties, others);
  return new Search(compiled, properties, heirs, { ...options, kept }).run();
}

const manners: readonly Manner[] = [
  { members: 4, seed: 1 },
  { members: 2, seed: 2, keptAt: 5 },
  { members: 1, seed: 3, keptAt: 12 },
];

describe.each(Object.entries(subjects))(
  'the order of a search changes nothing in the %s',
  (_, all) => {
    test.each(all)(
      '$name',
      async ({ scope }: Subject) => {
        const { model, properties } = scope();
        for (const symmetry of [false, true]) {
          const expected = await exploreExhaustively(model, properties, { symmetry });
          for (const manner of manners) {
            const result = await exploreScattered({ model, properties }, symmetry, manner);
            expect(result).toEqual(expected);
          }
        }
      },
      900_000,
    );
  },
);
