import { ByteTrace } from './byteTrace.ts';
import type { SetElement } from './fields.ts';
import type { StateMemory } from './stateMemory.ts';
import { strictView } from './strictView.ts';
import { ranksOf, type Universe, universeOf } from './universe.ts';
import { gone, readOnly } from './viewErrors.ts';
import { ContainerView } from './viewObjects.ts';
import { type StretchWatcher, stretchWatcherOf } from './watcher.ts';

/** Where a set is. */
interface Place {
  bytes: Uint8Array;
  gone: Uint8Array | undefined;
  readonly at: number;
  readonly path: string;
  readonly memory: StateMemory;
  readonly universe: Universe;
  readonly watcher: StretchWatcher | undefined;
  /** The parts that were asked for, by their ranks. */
  readonly parts: Map<readonly number[], SetPart>;
}

function isIn({ bytes, at, watcher }: Place, rank: number): boolean {
  watcher?.reads(at + rank, 1);
  return bytes[at + rank] === 1;
}

/** The elements of a set that are among these ranks, to read. */
class SetPart extends ContainerView {
  readonly #place: Place;
  readonly #ranks: readonly number[];

  constructor(place: Place, ranks: readonly number[]) {
    super(place.path);
    this.#place = place;
    this.#ranks = ranks;
  }
  get size(): number {
    return this.#ranks.reduce((size, rank) => size + (isIn(this.#place, rank) ? 1 : 0), 0);
  }
  get isEmpty(): boolean {
    return !this.#ranks.some(rank => isIn(this.#place, rank));
  }
  has(value: unknown): boolean {
    const { universe, path } = this.#place;
    const rank = universe.rankOf(value, path);
    const isWhole = this.#ranks.length === universe.count;
    return (isWhole || this.#ranks.includes(rank)) && isIn(this.#place, rank);
  }
  some(test: (value: unknown) => boolean): boolean {
    return this.#first(value => test(value)) >= 0;
  }
  every(test: (value: unknown) => boolean): boolean {
    return this.#first(value => !test(value)) < 0;
  }
  find(test: (value: unknown) => boolean): unknown {
    const rank = this.#first(test);
    return rank < 0 ? undefined : this.#place.universe.valueOf(rank);
  }
  filter(test: (value: unknown) => boolean): unknown[] {
    return [...this].filter(value => test(value));
  }
  where(pattern: unknown): SetPart {
    const { universe, path, parts } = this.#place;
    const alike = universe.ranksLike(pattern, path);
    const isWhole = this.#ranks.length === universe.count;
    if (!isWhole) return this.#part(alike.filter(rank => this.#ranks.includes(rank)));
    const part = parts.get(alike) ?? this.#part(alike);
    parts.set(alike, part);
    return part;
  }

  #part(ranks: readonly number[]): SetPart {
    const part = Object.preventExtensions(new SetPart(this.#place, ranks));
    // What is learned is looked at through strict views, which have all of its methods.
    const isStrict = this.#place.memory.marks instanceof ByteTrace;
    return isStrict ? (strictView(part) as SetPart) : part;
  }

  override *[Symbol.iterator](): Iterator<unknown> {
    for (const rank of this.#ranks) {
      if (isIn(this.#place, rank)) yield this.#place.universe.valueOf(rank);
    }
  }
  toJSON(): readonly unknown[] {
    return [...this];
  }

  /** The least rank of an element for which the test is true, or -1. */
  #first(test: (value: unknown) => boolean): number {
    for (const rank of this.#ranks) {
      if (isIn(this.#place, rank) && test(this.#place.universe.valueOf(rank))) return rank;
    }
    return -1;
  }
}

/** The view of a `set` field: a byte for each element that there can be. */
export class SetFlags extends SetPart {
  readonly #place: Place;

  constructor(at: number, path: string, memory: StateMemory, element: SetElement) {
    const universe = universeOf(element);
    const watcher = stretchWatcherOf(memory.marks, at);
    const own = { bytes: memory.bytes, gone: undefined, at, path, memory };
    const place = { ...own, universe, watcher, parts: new Map() };
    super(place, ranksOf(universe));
    this.#place = place;
  }
  add(value: unknown): void {
    this.#write(value, 1);
  }
  delete(value: unknown): void {
    this.#write(value, 0);
  }
  clear(): void {
    const { bytes, at, path, memory, universe, watcher } = this.#place;
    if (!memory.isWritable) readOnly(path);
    watcher?.writes(at, universe.count);
    bytes.fill(0, at, at + universe.count);
  }

  #write(value: unknown, stored: 0 | 1): void {
    const { bytes, at, path, memory, universe, watcher } = this.#place;
    if (!memory.isWritable) readOnly(path);
    const rank = universe.rankOf(value, path);
    watcher?.writes(at + rank, 1);
    bytes[at + rank] = stored;
  }

  /** Makes every further use of a set an error: its place was moved or removed. */
  static retire(set: SetFlags): void {
    const place = set.#place;
    place.gone ??= gone(place.path);
    place.bytes = place.gone;
  }
  /** Lets it be used again. */
  static revive(set: SetFlags): void {
    set.#place.bytes = set.#place.memory.bytes;
  }
}
