import type { Field } from './fields.ts';
import { type Leaf, leavesOf, sizeOf } from './layout.ts';
import type { NodeType } from './nodeType.ts';

/** For each interchangeable node type, where each of its nodes goes: `images[type][node]`. */
export type Renaming = readonly (readonly number[])[];

/** Every order of `items`. */
export function permutationsOf<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutationsOf([...items.slice(0, index), ...items.slice(index + 1)]).map(rest => [
      item,
      ...rest,
    ]),
  );
}

/** Every way to choose one item of each list. */
export function combinationsOf<Item>(lists: readonly (readonly Item[])[]): Item[][] {
  return lists.reduce<Item[][]>(
    (prefixes, list) => prefixes.flatMap(prefix => list.map(item => [...prefix, item])),
    [[]],
  );
}

/** The memory of a state: its bytes, and the same memory as words. */
export interface StateMemory {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
}

/** A renaming of nodes, ready to be applied to states. */
export interface CompiledRenaming {
  apply(from: StateMemory, to: StateMemory): void;
  /** For each byte of the renamed state: the byte that it comes from. */
  readonly sources: Uint16Array;
  /** Where a byte with this value goes, and what its value is there. */
  renameByte(at: number, value: number): readonly [at: number, value: number];
}

/** Compiles renamings of the given node types for states with the layout of `field`. */
export class RenamingCompiler {
  readonly #leaves: readonly Leaf[];
  readonly #types: readonly NodeType<string>[];
  readonly #byPlace: ReadonlyMap<string, Leaf>;
  readonly #wordLength: number;

  constructor(field: Field, types: readonly NodeType<string>[]) {
    this.#wordLength = Math.ceil(sizeOf(field) / 4);
    this.#leaves = leavesOf(field);
    this.#types = types;
    this.#byPlace = new Map(this.#leaves.map(leaf => [placeOf(leaf, indexOf), leaf]));
  }

  compile(renaming: Renaming): CompiledRenaming {
    const imageOf = (type: NodeType<string>, index: number): number =>
      renaming[this.#types.indexOf(type)]?.[index] ?? index;
    const moves = this.#leaves.map(leaf => {
      const target = this.#byPlace.get(placeOf(leaf, imageOf));
      if (target === undefined) throw new Error(`no image of ${leaf.slot}`);
      return { from: leaf, to: target };
    });
    const sources = Uint16Array.from({ length: this.#wordLength * 4 }, (_, at) => at);
    for (const { from, to } of moves) {
      for (let byte = 0; byte < from.width; byte++) sources[to.offset + byte] = from.offset + byte;
    }
    const rewrites = moves
      .map(({ to }) => to)
      .filter(leaf => leaf.refersTo !== undefined && this.#types.includes(leaf.refersTo))
      .map(leaf => ({ at: leaf.offset, table: valueTable(leaf, imageOf) }));
    return compiledRenaming(sources, rewrites);
  }
}

/** Splits byte moves into whole words, where four bytes move together, and single bytes. */
function compiledRenaming(
  sources: Uint16Array,
  rewrites: readonly { readonly at: number; readonly table: Uint8Array }[],
): CompiledRenaming {
  const words = Uint16Array.from({ length: sources.length / 4 }, (_, word) => {
    const first = sources[word * 4] as number;
    return first % 4 === 0 ? first / 4 : word;
  });
  const bytes = [...sources.keys()].filter(at => {
    const moved = (words[at >> 2] as number) * 4 + (at & 3);
    return sources[at] !== moved;
  });
  const [byteTargets, byteSources] = [
    Uint16Array.from(bytes),
    Uint16Array.from(bytes, at => sources[at] as number),
  ];
  const places = Uint16Array.from(rewrites, rewrite => rewrite.at);
  const tables = new Uint8Array(rewrites.length * 256);
  rewrites.forEach(({ table }, index) => {
    tables.set(table, index * 256);
  });
  const targets = new Uint16Array(sources.length);
  sources.forEach((source, at) => {
    targets[source] = at;
  });
  const tableAt = new Map(rewrites.map(({ at, table }) => [at, table]));
  return {
    sources,
    renameByte(at, value) {
      const target = targets[at] as number;
      return [target, tableAt.get(target)?.[value] ?? value];
    },
    apply(from, to) {
      const [fromWords, toWords] = [from.words, to.words];
      for (let at = 0; at < words.length; at++)
        toWords[at] = fromWords[words[at] as number] as number;
      const [fromBytes, toBytes] = [from.bytes, to.bytes];
      for (let index = 0; index < byteTargets.length; index++) {
        toBytes[byteTargets[index] as number] = fromBytes[byteSources[index] as number] as number;
      }
      for (let index = 0; index < places.length; index++) {
        const at = places[index] as number;
        const value = toBytes[at] as number;
        if (value !== 0) toBytes[at] = tables[index * 256 + value] as number;
      }
    },
  };
}

type ImageOf = (type: NodeType<string>, index: number) => number;
const indexOf: ImageOf = (_, index) => index;

function placeOf(leaf: Leaf, imageOf: ImageOf): string {
  return `${leaf.slot}@${leaf.coordinates.map(({ type, index }) => imageOf(type, index)).join(',')}`;
}

/** What each stored byte of a reference or a set becomes; 0 (unset, empty) stays 0. */
function valueTable(leaf: Leaf, imageOf: ImageOf): Uint8Array {
  const table = new Uint8Array(256);
  const type = leaf.refersTo as NodeType<string>;
  if (leaf.holds === 'node') {
    for (const node of type.all) table[node + 1] = imageOf(type, node) + 1;
    return table;
  }
  for (let bits = 0; bits < 1 << type.count; bits++) {
    let image = 0;
    for (const node of type.all) if ((bits >> node) & 1) image |= 1 << imageOf(type, node);
    table[bits] = image;
  }
  return table;
}
