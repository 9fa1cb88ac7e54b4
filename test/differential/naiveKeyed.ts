import type { DrawnField, DrawnVariants } from './drawnModel.ts';

/*
 * The reference's sets and maps: lists of what is in them, in the order of their fields. Nothing is stored by its place among
 * all values.
 */

/** Plain JSON: a node is its number, or null while it is not set; what is absent is null; a set is a sorted list. */
export type Data = null | boolean | number | string | Data[] | { [name: string]: Data };

type Element = DrawnField | DrawnVariants;
type Fielded = { readonly [name: string]: Data };

/** Which of two values comes first: what is absent before what is there, then field by field. */
function compareData(a: Data, b: Data, element: Element): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  switch (element.kind) {
    case 'enum':
      return element.names.indexOf(String(a)) - element.names.indexOf(String(b));
    case 'optional':
      return compareData(a, b, element.inner);
    case 'record':
      for (const [name, field] of Object.entries(element.fields)) {
        const order = compareData(
          (a as Fielded)[name] ?? null,
          (b as Fielded)[name] ?? null,
          field,
        );
        if (order !== 0) return order;
      }
      return 0;
    case 'variants': {
      const kinds = Object.keys(element.cases);
      const [one, other] = [kindOf(a), kindOf(b)];
      const fields = element.cases[one] ?? {};
      if (one === other) return compareData(a, b, { kind: 'record', fields });
      return kinds.indexOf(one) - kinds.indexOf(other);
    }
    default:
      return Number(a) - Number(b);
  }
}

export function kindOf(value: unknown): string {
  return String(Object(value).kind);
}

/** Each once, in their order. */
export function inOrder(items: readonly Data[], element: Element): Data[] {
  const sorted = [...items].sort((a, b) => compareData(a, b, element));
  return sorted.filter(
    (item, at) => at === 0 || compareData(sorted[at - 1] ?? null, item, element) !== 0,
  );
}

/** Data as code sees it: nothing is null. */
export function seenAs(data: Data): unknown {
  if (data === null) return undefined;
  if (typeof data !== 'object') return data;
  return Object.fromEntries(Object.entries(data).map(([name, part]) => [name, seenAs(part)]));
}

/** Whether a record has these parts. */
export function isLike(item: Data, pattern: object): boolean {
  const parts = Object.entries(pattern);
  return parts.every(([name, part]) => (Object(item)[name] ?? null) === (part ?? null));
}

/** Where a set or a map keeps what is in it, and how what code gives is stored. */
interface Store {
  read(): readonly Data[];
  write(items: Data[]): void;
  stored(value: unknown): Data;
}

export class NaiveFlatSet {
  readonly #element: Element;
  readonly #store: Store;

  constructor(element: Element, store: Store) {
    this.#element = element;
    this.#store = store;
  }
  get size(): number {
    return this.#store.read().length;
  }
  get isEmpty(): boolean {
    return this.size === 0;
  }
  toJSON(): unknown[] {
    return this.#store.read().map(seenAs);
  }
  [Symbol.iterator](): Iterator<unknown> {
    return this.toJSON()[Symbol.iterator]();
  }
  has(value: unknown): boolean {
    return this.#without(value).length < this.size;
  }
  some(test: (value: unknown) => boolean): boolean {
    return this.toJSON().some(test);
  }
  every(test: (value: unknown) => boolean): boolean {
    return this.toJSON().every(test);
  }
  find(test: (value: unknown) => boolean): unknown {
    return this.toJSON().find(test);
  }
  filter(test: (value: unknown) => boolean): unknown[] {
    return this.toJSON().filter(test);
  }
  where(pattern: object): unknown {
    return new NaiveFlatSet(this.#element, {
      ...this.#store,
      read: () => this.#store.read().filter(item => isLike(item, pattern)),
    });
  }
  add(value: unknown): void {
    const items = [...this.#store.read(), this.#store.stored(value)];
    this.#store.write(inOrder(items, this.#element));
  }
  delete(value: unknown): void {
    this.#store.write(this.#without(value));
  }
  clear(): void {
    this.#store.write([]);
  }
  #without(value: unknown): Data[] {
    const gone = this.#store.stored(value);
    return this.#store.read().filter(item => compareData(item, gone, this.#element) !== 0);
  }
}

/** A map, whose items are pairs of key and value. */
export class NaiveMap {
  readonly #key: DrawnField;
  readonly #store: Store;
  readonly #storedKey: Store['stored'];

  constructor(key: DrawnField, store: Store, storedKey: Store['stored']) {
    this.#key = key;
    this.#store = store;
    this.#storedKey = storedKey;
  }
  get #pairs(): readonly Data[][] {
    return this.#store.read() as readonly Data[][];
  }
  get size(): number {
    return this.#pairs.length;
  }
  get isEmpty(): boolean {
    return this.size === 0;
  }
  toJSON(): unknown[][] {
    return this.#pairs.map(pair => pair.map(seenAs));
  }
  [Symbol.iterator](): Iterator<unknown[]> {
    return this.toJSON()[Symbol.iterator]();
  }
  has(key: unknown): boolean {
    return this.#without(key).length < this.size;
  }
  get(key: unknown): unknown {
    const wanted = this.#storedKey(key);
    return seenAs(this.#pairs.find(([own]) => own === wanted)?.[1] ?? null);
  }
  some(test: (value: unknown, key: unknown) => boolean): boolean {
    return this.toJSON().some(([key, value]) => test(value, key));
  }
  every(test: (value: unknown, key: unknown) => boolean): boolean {
    return this.toJSON().every(([key, value]) => test(value, key));
  }
  set(key: unknown, value: unknown): void {
    const pair = [this.#storedKey(key), this.#store.stored(value)];
    this.#store.write(pairsInOrder([...this.#without(key), pair], this.#key));
  }
  delete(key: unknown): void {
    this.#store.write(this.#without(key));
  }
  clear(): void {
    this.#store.write([]);
  }
  #without(key: unknown): Data[][] {
    const wanted = this.#storedKey(key);
    return this.#pairs.filter(([own]) => own !== wanted);
  }
}

export function pairsInOrder(pairs: readonly Data[][], key: DrawnField): Data[][] {
  return [...pairs].sort(([a = null], [b = null]) => compareData(a, b, key));
}

/** What a set has, or what a map has values of. */
export function elementOf(field: DrawnField | undefined): Element | undefined {
  if (field?.kind === 'set') return field.element;
  return field?.kind === 'map' ? field.key : undefined;
}

/** All values of an element, in their order. */
export function valuesOf(element: Element, counts: ReadonlyMap<string, number>): Data[] {
  switch (element.kind) {
    case 'int':
      return Array.from({ length: element.max - element.min + 1 }, (_, at) => element.min + at);
    case 'flag':
      return [false, true];
    case 'enum':
      return [...element.names];
    case 'node':
      return [...Array(counts.get(element.type) ?? 0).keys()];
    case 'optional':
      return [null, ...valuesOf(element.inner, counts)];
    case 'record':
      return Object.entries(element.fields).reduce<{ [name: string]: Data }[]>(
        (all, [name, field]) =>
          all.flatMap(one => valuesOf(field, counts).map(value => ({ ...one, [name]: value }))),
        [{}],
      );
    case 'variants':
      return Object.entries(element.cases).flatMap(([kind, fields]) =>
        valuesOf({ kind: 'record', fields }, counts).map(value => ({ kind, ...Object(value) })),
      );
    default:
      throw new Error(`a ${element.kind} is no value`);
  }
}
