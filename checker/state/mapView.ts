import type { KeyField } from './fields.ts';
import { type AnyMap, entryOf, strideOf } from './layout.ts';
import type { StateMemory } from './stateMemory.ts';
import { ranksOf, type Universe, universeOf } from './universe.ts';
import { type ValueCode, valueCodeOf } from './valueCode.ts';
import { badValue, gone, readOnly } from './viewErrors.ts';
import { ContainerView } from './viewObjects.ts';
import type { MapView } from './viewTypes.ts';
import { type StretchWatcher, stretchWatcherOf } from './watcher.ts';

/** The view of a `map` field: for each key that there can be, its value or nothing. */
export class MapEntries extends ContainerView implements MapView<unknown, unknown> {
  #bytes: Uint8Array;
  #gone: Uint8Array | undefined;
  readonly #at: number;
  readonly #path: string;
  readonly #memory: StateMemory;
  readonly #key: KeyField;
  readonly #keys: Universe;
  readonly #entry: ValueCode;
  readonly #stride: number;
  /** Bytes that tell whether there is a value: of a record the first, of a scalar all. */
  readonly #mark: number;
  readonly #watcher: StretchWatcher | undefined;

  constructor(at: number, path: string, memory: StateMemory, field: AnyMap) {
    super(path);
    this.#bytes = memory.bytes;
    this.#at = at;
    this.#path = path;
    this.#memory = memory;
    this.#key = field.key;
    this.#keys = universeOf(field.key);
    this.#entry = valueCodeOf(entryOf(field));
    this.#stride = strideOf(field);
    this.#mark = field.value.kind === 'record' ? 1 : this.#entry.size;
    this.#watcher = stretchWatcherOf(memory.marks, at);
  }
  get size(): number {
    let size = 0;
    for (const rank of ranksOf(this.#keys)) if (this.#has(rank)) size++;
    return size;
  }
  get isEmpty(): boolean {
    return !ranksOf(this.#keys).some(rank => this.#has(rank));
  }
  has(key: unknown): boolean {
    return this.#has(this.#rankOf(key));
  }
  get(key: unknown): unknown {
    return this.#get(this.#rankOf(key));
  }
  set(key: unknown, value: unknown): void {
    if (value === undefined) badValue(this.#path, 'expected a value: use delete(...)');
    this.#put(this.#rankOf(key), value);
  }
  delete(key: unknown): void {
    this.#put(this.#rankOf(key), undefined);
  }
  clear(): void {
    for (const rank of ranksOf(this.#keys)) this.#put(rank, undefined);
  }
  some(test: (value: unknown, key: unknown) => boolean): boolean {
    return this.#first(test) !== undefined;
  }
  every(test: (value: unknown, key: unknown) => boolean): boolean {
    return this.#first((value, key) => !test(value, key)) === undefined;
  }
  find(test: (value: unknown, key: unknown) => boolean): [unknown, unknown] | undefined {
    return this.#first(test);
  }
  filter(test: (value: unknown, key: unknown) => boolean): [unknown, unknown][] {
    return [...this].filter(([key, value]) => test(value, key));
  }
  override *[Symbol.iterator](): Iterator<[unknown, unknown]> {
    for (const rank of ranksOf(this.#keys)) {
      if (this.#has(rank)) yield [this.#keys.valueOf(rank), this.#get(rank)];
    }
  }
  toJSON(): readonly (readonly [unknown, unknown])[] {
    return [...this];
  }

  #first(test: (value: unknown, key: unknown) => boolean): [unknown, unknown] | undefined {
    for (const [key, value] of this) if (test(value, key)) return [key, value];
    return undefined;
  }

  #rankOf(key: unknown): number {
    return this.#keys.rankOf(key, `${this.#path}: key`);
  }
  #nameOf(rank: number): string {
    const key = this.#keys.valueOf(rank);
    return this.#key.kind === 'node' ? this.#key.type.nameOf(key as never) : String(key);
  }
  #has(rank: number): boolean {
    const at = this.#at + rank * this.#stride;
    this.#watcher?.reads(at, this.#mark);
    for (let byte = at; byte < at + this.#mark; byte++) if (this.#bytes[byte] !== 0) return true;
    return false;
  }
  #get(rank: number): unknown {
    if (!this.#has(rank)) return undefined;
    const at = this.#at + rank * this.#stride;
    this.#watcher?.reads(at, this.#entry.size);
    return this.#entry.read(this.#bytes, at, this.#path);
  }
  #put(rank: number, value: unknown): void {
    if (!this.#memory.isWritable) readOnly(this.#path);
    const at = this.#at + rank * this.#stride;
    this.#entry.write(this.#bytes, at, value, `${this.#path}.${this.#nameOf(rank)}`);
    this.#watcher?.writes(at, this.#entry.size);
  }

  /** Makes every further use of a map an error: its place was moved or removed. */
  static retire(map: MapEntries): void {
    map.#bytes = map.#gone ??= gone(map.#path);
  }
  /** Lets it be used again. */
  static revive(map: MapEntries): void {
    map.#bytes = map.#memory.bytes;
  }
}
