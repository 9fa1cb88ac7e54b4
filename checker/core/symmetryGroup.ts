import type { NodeType } from '../state/nodeType.ts';
import {
  type CompiledRenaming,
  combinationsOf,
  permutationsOf,
  type Renaming,
  RenamingCompiler,
} from '../state/permutation.ts';
import type { CompiledModel } from './compiledModel.ts';
import { RandomSource } from './randomSource.ts';
import { renameInstances } from './renamings.ts';

/** Those that were made. */
const groups = new WeakMap<CompiledModel, SymmetryGroup[]>();

/** One renaming of the interchangeable nodes of a model. */
export interface GroupElement {
  readonly states: CompiledRenaming;
  /** By instance: the number of the renamed one. */
  readonly instances: Uint32Array;
  /** The nodes that change names. */
  readonly moved: readonly string[];
}

/** Of more renamings than this some are drawn; of five nodes there are 120. */
const MOST_RENAMINGS = 120;
/** So many are then drawn, besides all exchanges of two nodes. */
const DRAWN = 24;
const SEED = 20_261_129;

/**
 * The renamings of the interchangeable nodes of a model, the identity first and then by the number of nodes
 * that they move: all of them or, where there are too many, all exchanges of two nodes and some others.
 */
export class SymmetryGroup {
  readonly #types: readonly NodeType<string>[];
  readonly elements: readonly GroupElement[];
  /** How many renamings there are. */
  readonly order: number;
  /** Of a whole group, row by row: the number of what does first the one, and then that of the row. */
  readonly #products: Uint8Array;

  private constructor(model: CompiledModel, types: readonly NodeType<string>[]) {
    this.#types = types;
    this.order = types.reduce((order, { count }) => order * factorial(count), 1);
    const compiler = new RenamingCompiler(model.schema.whole, types);
    const all = this.order > MOST_RENAMINGS ? someOf(types) : everyOne(types);
    this.elements = all.map(images => ({
      states: compiler.compile(images),
      instances: renameInstances(model, types, images),
      moved: movedBy(types, images).flat(),
    }));
    this.#products = this.isWhole ? productsOf(all) : new Uint8Array(0);
  }

  /**
   * The group of a model, which is made once: there may be thousands of instances to rename.
   *
   * @param types - Those whose nodes are renamed; without any there is the identity alone.
   */
  static of(model: CompiledModel, types: readonly NodeType<string>[]): SymmetryGroup {
    const known = groups.get(model) ?? [];
    groups.set(model, known);
    const isOfTypes = (group: SymmetryGroup): boolean =>
      group.#types.length === types.length && types.every(type => group.#types.includes(type));
    const group = known.find(isOfTypes) ?? new SymmetryGroup(model, types);
    if (!known.includes(group)) known.push(group);
    return group;
  }

  /** Whether all renamings are here. */
  get isWhole(): boolean {
    return this.elements.length === this.order;
  }

  /** The number of the renaming that does first `inner` and then `outer`, of a whole group. */
  product(outer: number, inner: number): number {
    return this.#products[outer * this.order + inner] as number;
  }
}

function productsOf(all: readonly Renaming[]): Uint8Array {
  const numbers = new Map(all.map((images, number) => [images.join('|'), number]));
  return Uint8Array.from(
    all.flatMap(outer =>
      all.map(inner => {
        const images = inner.map((nodes, type) => nodes.map(node => outer[type]?.[node]));
        return numbers.get(images.join('|')) as number;
      }),
    ),
  );
}

function factorial(count: number): number {
  return count < 2 ? 1 : count * factorial(count - 1);
}

function everyOne(types: readonly NodeType<string>[]): Renaming[] {
  const all = combinationsOf(types.map(({ all }) => permutationsOf<number>(all)));
  const moves = new Map(all.map(images => [images, movedBy(types, images).flat().length]));
  return all.sort((a, b) => (moves.get(a) ?? 0) - (moves.get(b) ?? 0));
}

/** The identity, all exchanges, and some that are drawn, always the same. */
function someOf(types: readonly NodeType<string>[]): Renaming[] {
  const identity = types.map(({ all }) => [...all]);
  const random = new RandomSource(SEED);
  const drawn = Array.from({ length: DRAWN }, () => identity.map(nodes => shuffled(nodes, random)));
  const known = new Map(
    [identity, ...exchangesOf(types), ...drawn].map(images => [images.join('|'), images]),
  );
  return [...known.values()];
}

function exchangesOf(types: readonly NodeType<string>[]): Renaming[] {
  return types.flatMap(type =>
    type.all.flatMap(one =>
      type.all
        .filter(other => other > one)
        .map(other =>
          types.map(({ all }): readonly number[] =>
            all === type.all
              ? all.map(node => (node === one ? other : node === other ? one : node))
              : all,
          ),
        ),
    ),
  );
}

/** Fisher and Yates. */
function shuffled(nodes: readonly number[], random: RandomSource): number[] {
  const order = [...nodes];
  for (let index = order.length - 1; index > 0; index--) {
    const other = random.below(index + 1);
    [order[index], order[other]] = [order[other] as number, order[index] as number];
  }
  return order;
}

function movedBy(types: readonly NodeType<string>[], images: Renaming): string[][] {
  return types.map(({ all, nameOf }, type) =>
    all.filter(node => images[type]?.[node] !== node).map(nameOf),
  );
}
