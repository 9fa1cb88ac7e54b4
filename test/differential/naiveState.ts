import {
  type DrawnField,
  type DrawnFields,
  type DrawnRecord,
  type DrawnScalar,
  type DrawnVariants,
  door,
} from './drawnModel.ts';
import {
  type Data,
  inOrder,
  kindOf,
  NaiveFlatSet,
  NaiveMap,
  pairsInOrder,
  seenAs,
} from './naiveKeyed.ts';

/*
 * The reference's states: plain JSON, and objects over it that read and write as the checker's views do. It shares nothing
 * with the checker, and is in no hurry.
 *
 * A node is its number, or null while it is not set; what is absent is null; a set is a sorted list.
 */
type RecordData = { [name: string]: Data };

/** How many nodes each type has. */
export type Counts = ReadonlyMap<string, number>;

/** A value that does not fit; named as the checker's own is. */
class NaiveBoundsError extends Error {
  override readonly name = 'BoundsError';
}
class NaiveLifecycleError extends Error {
  override readonly name = 'LifecycleError';
}

function initialData(field: DrawnField, counts: Counts): Data {
  switch (field.kind) {
    case 'int':
      return field.min;
    case 'flag':
      return false;
    case 'enum':
      return field.names[0] ?? null;
    case 'lifecycle':
      return 'shut';
    case 'nodeSet':
    case 'list':
    case 'set':
    case 'map':
      return [];
    case 'record':
      return initialRecord(field.fields, counts);
    case 'perNode':
      return nodesOf(field.type, counts).map(() => initialData(field.element, counts));
    case 'links':
      return nodesOf(field.type, counts).map(from =>
        nodesOf(field.type, counts).map(to =>
          from === to ? null : initialData(field.element, counts),
        ),
      );
    default:
      return null;
  }
}

export function initialRecord(fields: DrawnFields, counts: Counts): RecordData {
  const entries = Object.entries(fields);
  return Object.fromEntries(entries.map(([name, field]) => [name, initialData(field, counts)]));
}

function nodesOf(type: string, counts: Counts): number[] {
  return Array.from({ length: counts.get(type) ?? 0 }, (_, node) => node);
}

/** New numbers of the nodes of some types, by their old ones. */
export type NaiveRenaming = ReadonlyMap<string, readonly number[]>;

function imageOf(renaming: NaiveRenaming, type: string, node: number): number {
  return renaming.get(type)?.[node] ?? node;
}

/** The same value with other numbers for nodes. */
function renamed(data: Data, field: DrawnField, renaming: NaiveRenaming): Data {
  if (data === null) return null;
  switch (field.kind) {
    case 'node':
      return imageOf(renaming, field.type, data as number);
    case 'optional':
      return renamed(data, field.inner, renaming);
    case 'nodeSet':
      return (data as number[])
        .map(node => imageOf(renaming, field.type, node))
        .sort((a, b) => a - b);
    case 'record':
      return renamedRecord(data as RecordData, field.fields, renaming);
    case 'optionalRecord':
      return renamed(data, field.element, renaming);
    case 'set': {
      const items = (data as Data[]).map(item => renamedElement(item, field.element, renaming));
      return inOrder(items, field.element);
    }
    case 'map': {
      const pairs = (data as Data[][]).map(([key = null, value = null]) => [
        renamed(key, field.key, renaming),
        renamed(value, field.value, renaming),
      ]);
      return pairsInOrder(pairs, field.key);
    }
    case 'list':
      return (data as Data[]).map(item => renamed(item, field.element, renaming));
    case 'perNode':
      return moved(field.type, data as Data[], renaming, item =>
        renamed(item, field.element, renaming),
      );
    case 'links':
      return moved(field.type, data as Data[], renaming, row =>
        moved(field.type, row as Data[], renaming, item => renamed(item, field.element, renaming)),
      );
    default:
      return data;
  }
}

/** The same of an element of a set, which may be a record of several kinds. */
export function renamedElement(
  data: Data,
  element: DrawnField | DrawnVariants,
  renaming: NaiveRenaming,
): Data {
  if (element.kind !== 'variants') return renamed(data, element, renaming);
  const fields = element.cases[kindOf(data)] ?? {};
  return { kind: kindOf(data), ...renamedRecord(data as RecordData, fields, renaming) };
}

/** What there is of each node, where the renamed one has it. */
function moved(
  type: string,
  items: readonly Data[],
  renaming: NaiveRenaming,
  each: (item: Data) => Data,
): Data[] {
  const result: Data[] = [...items];
  items.forEach((item, node) => {
    result[imageOf(renaming, type, node)] = each(item);
  });
  return result;
}

export function renamedRecord(
  data: RecordData,
  fields: DrawnFields,
  renaming: NaiveRenaming,
): RecordData {
  const entries = Object.entries(fields);
  return Object.fromEntries(
    entries.map(([name, field]) => [name, renamed(data[name] ?? null, field, renaming)]),
  );
}

/** Where a view of a record has its data: no name, so that it is not among those of the fields. */
const DATA = Symbol('data');

/** Something that holds data by name or by number. */
type Owner = { [key: string | number]: Data };

/** Makes objects over data. */
export class NaiveViews {
  readonly #counts: Counts;
  readonly #areLookedAt: boolean;
  readonly #makers = new Map<DrawnFields, (data: Data) => object>();

  /** @param areLookedAt - Whether code looks at them as a whole: then fields are own properties. */
  constructor(counts: Counts, areLookedAt: boolean) {
    this.#counts = counts;
    this.#areLookedAt = areLookedAt;
  }

  /** The view of a record. */
  record(fields: DrawnFields, data: Data): object {
    let make = this.#makers.get(fields);
    if (make === undefined) {
      make = this.#areLookedAt
        ? ownFields(this.#propertiesOf(fields))
        : inherited(this.#propertiesOf(fields));
      this.#makers.set(fields, make);
    }
    return make(data);
  }

  #propertiesOf(fields: DrawnFields): PropertyDescriptorMap {
    const views = this;
    const properties: PropertyDescriptorMap = {};
    for (const [name, field] of Object.entries(fields)) {
      properties[name] = {
        enumerable: true,
        get(this: { readonly [DATA]: Owner }) {
          return views.at(field, this[DATA], name);
        },
        set(this: { readonly [DATA]: Owner }, value: unknown) {
          views.put(field, this[DATA], name, value);
        },
      };
    }
    return properties;
  }

  /** What code sees in a place. */
  at(field: DrawnField, owner: Owner, key: string | number): unknown {
    const data = owner[key] as Data;
    switch (field.kind) {
      case 'int':
      case 'flag':
      case 'enum':
        return data;
      case 'node':
        if (data === null) throw new NaiveBoundsError('the node is not set');
        return data;
      case 'optional':
        return data === null ? undefined : data;
      case 'record':
        return this.record(field.fields, data);
      case 'optionalRecord':
        return seenAs(data);
      case 'set':
        return new NaiveFlatSet(field.element, this.#store(owner, key, field.element));
      case 'map':
        return new NaiveMap(field.key, this.#store(owner, key, field.value), given =>
          this.#stored(field.key, given),
        );
      case 'lifecycle':
        return new NaiveLifecycle(owner, key);
      case 'nodeSet':
        return new NaiveSet(owner, key);
      case 'list':
        return new NaiveList(this, field, data as Data[]);
      case 'perNode':
        return new NaiveArray(this, field.element, data as Data[]);
      case 'links':
        return new NaiveLinks(this, field.element, data as Data[][]);
    }
  }

  /** How a set or a map keeps what it has in a place. */
  #store(owner: Owner, key: string | number, element: DrawnField | DrawnVariants) {
    return {
      read: () => owner[key] as Data[],
      write: (items: Data[]) => {
        owner[key] = items;
      },
      stored: (value: unknown): Data => {
        if (element.kind !== 'variants') return this.#stored(element, value);
        const fields = element.cases[kindOf(value)] ?? {};
        const record = this.#stored({ kind: 'record', fields }, value);
        return { kind: kindOf(value), ...(record as RecordData) };
      },
    };
  }

  /** Puts a value that code gave into a place. */
  put(field: DrawnField, owner: Owner, key: string | number, value: unknown): void {
    owner[key] = this.#stored(field, value);
  }

  #stored(field: DrawnField, value: unknown): Data {
    switch (field.kind) {
      case 'optional':
        return value === undefined ? null : this.#stored(field.inner, value);
      case 'optionalRecord':
        return value === undefined ? null : this.#stored(field.element, value);
      case 'record': {
        const record = initialRecord(field.fields, this.#counts);
        const given = new Map(Object.entries(Object(value)));
        // Through its view, so that lists in it stay empty.
        for (const [name, inner] of Object.entries(field.fields)) {
          const isGiven = !['list', 'set', 'map', 'lifecycle'].includes(inner.kind);
          if (isGiven) record[name] = this.#stored(inner, given.get(name) ?? Object(value)[name]);
        }
        return record;
      }
      case 'nodeSet':
        return [...(value as NaiveSet).nodes];
      default:
        return this.#scalar(field as DrawnScalar, value);
    }
  }

  #scalar(field: DrawnScalar, value: unknown): Data {
    const isWhole = (min: number, max: number): boolean =>
      Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
    const fits =
      field.kind === 'int'
        ? isWhole(field.min, field.max)
        : field.kind === 'flag'
          ? typeof value === 'boolean'
          : field.kind === 'enum'
            ? field.names.some(name => name === value)
            : isWhole(0, (this.#counts.get(field.type) ?? 0) - 1);
    if (!fits) throw new NaiveBoundsError(`${String(value)} does not fit`);
    return value as Data;
  }

  /** The first value of an element. */
  initial(field: DrawnField): Data {
    return initialData(field, this.#counts);
  }
}

/** Makes objects with these properties as their own, and nothing else to be seen. */
function ownFields(properties: PropertyDescriptorMap): (data: Data) => object {
  return data => Object.create(null, { [DATA]: { value: data }, ...properties });
}

/** Makes objects that inherit these properties, which is faster. */
function inherited(properties: PropertyDescriptorMap): (data: Data) => object {
  const prototype = Object.create(null, properties);
  class View {
    readonly [DATA]: Data;
    constructor(data: Data) {
      this[DATA] = data;
    }
  }
  Object.setPrototypeOf(View.prototype, prototype);
  return data => new View(data);
}

class NaiveLifecycle {
  readonly #owner: Owner;
  readonly #key: string | number;

  constructor(owner: Owner, key: string | number) {
    this.#owner = owner;
    this.#key = key;
  }
  get state(): Data {
    return this.#owner[this.#key] as Data;
  }
  toJSON(): Data {
    return this.state;
  }
  send(event: string, effects: Record<string, (subject: unknown) => void>, subject: unknown): void {
    const moves: Record<
      string,
      Record<string, { to: string; effects: readonly string[] }>
    > = door.moves;
    const move = moves[String(this.state)]?.[event];
    if (move === undefined) throw new NaiveLifecycleError(`${event} is not accepted`);
    this.#owner[this.#key] = move.to;
    for (const effect of move.effects) effects[effect]?.(subject);
  }
}

class NaiveSet {
  readonly #owner: Owner;
  readonly #key: string | number;

  constructor(owner: Owner, key: string | number) {
    this.#owner = owner;
    this.#key = key;
  }
  get nodes(): number[] {
    return this.#owner[this.#key] as number[];
  }
  get size(): number {
    return this.nodes.length;
  }
  toJSON(): number[] {
    return this.nodes;
  }
  get isEmpty(): boolean {
    return this.nodes.length === 0;
  }
  has(node: number): boolean {
    return this.nodes.includes(node);
  }
  isSubsetOf(other: NaiveSet): boolean {
    return this.nodes.every(node => other.has(node));
  }
  some(test: (node: number) => boolean): boolean {
    return this.nodes.some(node => test(node));
  }
  every(test: (node: number) => boolean): boolean {
    return this.nodes.every(node => test(node));
  }
  add(node: number): void {
    this.#put([...this.nodes, node]);
  }
  delete(node: number): void {
    this.#put(this.nodes.filter(other => other !== node));
  }
  clear(): void {
    this.#put([]);
  }
  assign(other: NaiveSet): void {
    this.#put(other.nodes);
  }
  #put(nodes: readonly number[]): void {
    this.#owner[this.#key] = [...new Set(nodes)].sort((a, b) => a - b);
  }
}

class NaiveList {
  readonly #views: NaiveViews;
  readonly #field: { readonly element: DrawnScalar | DrawnRecord; readonly capacity: number };
  readonly #items: Data[];

  constructor(
    views: NaiveViews,
    field: { readonly element: DrawnScalar | DrawnRecord; readonly capacity: number },
    items: Data[],
  ) {
    this.#views = views;
    this.#field = field;
    this.#items = items;
  }
  get length(): number {
    return this.#items.length;
  }
  get capacity(): number {
    return this.#field.capacity;
  }
  get(index: number): unknown {
    if (!(index in this.#items)) throw new NaiveBoundsError(`no element ${index}`);
    return this.#views.at(this.#field.element, this.#items as unknown as Owner, index);
  }
  push(value: unknown): void {
    if (this.length >= this.#field.capacity) throw new NaiveBoundsError('the list is full');
    this.#views.put(this.#field.element, this.#items as unknown as Owner, this.length, value);
  }
  toJSON(): unknown[] {
    return this.#items.map((_, index) => this.get(index));
  }
  findIndex(test: (element: unknown) => boolean): number {
    return this.#items.findIndex((_, index) => test(this.get(index)));
  }
  find(test: (element: unknown) => boolean): unknown {
    const index = this.findIndex(test);
    return index < 0 ? undefined : seenAs(this.#items[index] ?? null);
  }
  set(index: number, value: unknown): void {
    if (!(index in this.#items)) throw new NaiveBoundsError(`no element ${index}`);
    this.#views.put(this.#field.element, this.#items as unknown as Owner, index, value);
  }
  removeAt(index: number): unknown {
    if (!(index in this.#items)) throw new NaiveBoundsError(`no element ${index}`);
    const [removed = null] = this.#items.splice(index, 1);
    return seenAs(removed);
  }
  shift(): unknown {
    return this.removeAt(0);
  }
  truncate(length: number): void {
    if (length < this.length) this.#items.length = length;
  }
  removeFirst(count: number): void {
    this.#items.splice(0, count);
  }
}

class NaiveArray {
  readonly #views: NaiveViews;
  readonly #element: DrawnField;
  readonly #items: Data[];

  constructor(views: NaiveViews, element: DrawnField, items: Data[]) {
    this.#views = views;
    this.#element = element;
    this.#items = items;
  }
  get(node: number): unknown {
    return this.#views.at(this.#element, this.#items as unknown as Owner, node);
  }
  set(node: number, value: unknown): void {
    this.#views.put(this.#element, this.#items as unknown as Owner, node, value);
  }
  toJSON(): unknown[] {
    return this.#items.map((_, node) => this.get(node));
  }
  clear(node: number): void {
    this.#items[node] = this.#views.initial(this.#element);
  }
}

class NaiveLinks {
  readonly #views: NaiveViews;
  readonly #element: DrawnField;
  readonly #rows: Data[][];

  constructor(views: NaiveViews, element: DrawnField, rows: Data[][]) {
    this.#views = views;
    this.#element = element;
    this.#rows = rows;
  }
  get(from: number, to: number): unknown {
    if (from === to) throw new NaiveBoundsError('a node has no link to itself');
    return this.#views.at(this.#element, this.#rows[from] as unknown as Owner, to);
  }
  toJSON(): unknown[][] {
    const nodes = [...this.#rows.keys()];
    return nodes.map(from => nodes.map(to => (from === to ? undefined : this.get(from, to))));
  }
  clear(from: number, to: number): void {
    if (from === to) throw new NaiveBoundsError('a node has no link to itself');
    (this.#rows[from] as Data[])[to] = this.#views.initial(this.#element);
  }
}
