import { isObject } from '../declarations.ts';
import {
  enumeration,
  type Field,
  type Fields,
  type RecordField,
  record,
  type ScalarField,
  type SetElement,
  type VariantCases,
  type VariantsField,
} from './fields.ts';
import type { NodeType } from './nodeType.ts';
import { cardinalityOf, ordinalOf, valueAt } from './ordinals.ts';
import { badValue, outOfBounds, recordGiven } from './viewErrors.ts';

/** A node on which a byte depends: where the node is renamed, another byte takes its part. */
export interface Coordinate {
  readonly type: NodeType<string>;
  readonly index: number;
}

/** What a value is to a renaming: the nodes that it names, in order, and everything else of it as text. */
export interface NamedNodes {
  readonly text: string;
  readonly nodes: readonly Coordinate[];
}

/** All values that a field can have, each by its rank from 0. */
export interface Universe {
  readonly count: number;
  /** @throws BoundsError naming the part of the value that does not fit. */
  rankOf(value: unknown, path: string): number;
  /** The value, which cannot be changed: the same object for the same rank. */
  valueOf(rank: number): unknown;
  nodesOf(rank: number): NamedNodes;
  /** The ranks, in ascending order, of the records that have the fields of `pattern`, as they are there. */
  ranksLike(pattern: unknown, path: string): readonly number[];
}

/** By field: fields do not change, and there may be thousands of values. */
const known = new WeakMap<Field | SetElement, Universe>();

/** The universe of a field that is read and written as a whole. */
export function universeOf(field: Field | SetElement): Universe {
  const universe = known.get(field) ?? made(field);
  known.set(field, universe);
  return universe;
}

const allRanks = new WeakMap<Universe, readonly number[]>();

/** All ranks of a universe, in ascending order. */
export function ranksOf(universe: Universe): readonly number[] {
  const ranks = allRanks.get(universe) ?? Array.from({ length: universe.count }, (_, rank) => rank);
  allRanks.set(universe, ranks);
  return ranks;
}

function made(field: Field | SetElement): Universe {
  switch (field.kind) {
    case 'int':
    case 'flag':
    case 'enum':
    case 'node':
      return new ScalarUniverse(field);
    case 'optional':
      return new OptionalUniverse(new ScalarUniverse(field.inner));
    case 'record':
      return new RecordUniverse(field.fields);
    case 'optionalRecord':
      return new OptionalUniverse(new RecordUniverse(field.element.fields));
    case 'variants':
      return new VariantsUniverse(field);
    default:
      throw new Error(`a "${field.kind}" is no value`);
  }
}

function noRecord(_pattern: unknown, path: string): never {
  return badValue(path, 'only records have fields that can be asked for: use has(...)');
}

class ScalarUniverse implements Universe {
  readonly count: number;
  readonly #scalar: ScalarField;
  readonly ranksLike = noRecord;

  constructor(scalar: ScalarField) {
    this.#scalar = scalar;
    this.count = cardinalityOf(scalar);
  }
  rankOf(value: unknown, path: string): number {
    return ordinalOf(this.#scalar, value, path);
  }
  valueOf(rank: number): unknown {
    return valueAt(this.#scalar, rank);
  }
  nodesOf(rank: number): NamedNodes {
    if (this.#scalar.kind !== 'node') return { text: String(rank), nodes: [] };
    return { text: '*', nodes: [{ type: this.#scalar.type, index: rank }] };
  }
}

/** What is absent has the rank 0. */
class OptionalUniverse implements Universe {
  readonly count: number;
  readonly #inner: Universe;
  readonly ranksLike = noRecord;

  constructor(inner: Universe) {
    this.#inner = inner;
    this.count = inner.count + 1;
  }
  rankOf(value: unknown, path: string): number {
    return value === undefined ? 0 : this.#inner.rankOf(value, path) + 1;
  }
  valueOf(rank: number): unknown {
    return rank === 0 ? undefined : this.#inner.valueOf(rank - 1);
  }
  nodesOf(rank: number): NamedNodes {
    return rank === 0 ? { text: '-', nodes: [] } : this.#inner.nodesOf(rank - 1);
  }
}

interface Kind {
  readonly records: Universe;
  /** The rank of its first record. */
  readonly first: number;
}

/** One kind after the other. */
class VariantsUniverse implements Universe {
  readonly count: number;
  readonly #tag: string;
  readonly #kinds: ReadonlyMap<unknown, Kind>;

  constructor(field: VariantsField<string, VariantCases>) {
    const kinds = new Map<unknown, Kind>();
    let first = 0;
    for (const [name, record] of recordsOf(field)) {
      const records = universeOf(record);
      kinds.set(name, { records, first });
      first += records.count;
    }
    this.count = first;
    this.#tag = field.tag;
    this.#kinds = kinds;
  }

  rankOf(value: unknown, path: string): number {
    const { records, first } = this.#kindOf(value, path);
    return first + records.rankOf(value, path);
  }
  valueOf(rank: number): unknown {
    const { records, first } = this.#kindAt(rank);
    return records.valueOf(rank - first);
  }
  nodesOf(rank: number): NamedNodes {
    const { records, first } = this.#kindAt(rank);
    const { text, nodes } = records.nodesOf(rank - first);
    return { text: `${first}${text}`, nodes };
  }
  ranksLike(pattern: unknown, path: string): readonly number[] {
    const { records, first } = this.#kindOf(pattern, path);
    const alike = records.ranksLike(pattern, path);
    const ranks = this.#alike.get(alike) ?? alike.map(rank => first + rank);
    this.#alike.set(alike, ranks);
    return ranks;
  }
  readonly #alike = new WeakMap<readonly number[], readonly number[]>();

  #kindOf(value: unknown, path: string): Kind {
    const tag: unknown = isObject(value) ? Reflect.get(value, this.#tag) : undefined;
    return this.#kinds.get(tag) ?? this.#noKind(tag, path);
  }
  #noKind(tag: unknown, path: string): never {
    const expected = `one of ${[...this.#kinds.keys()].join(', ')}`;
    return outOfBounds(`${path}.${this.#tag}`, expected, tag);
  }
  #kindAt(rank: number): Kind {
    const kinds = [...this.#kinds.values()];
    // They begin with the rank 0.
    return kinds.findLast(({ first }) => first <= rank) as Kind;
  }
}

/** Of each kind the record that it is, with its tag as the first field. */
function recordsOf({
  tag,
  cases,
}: VariantsField<string, VariantCases>): (readonly [string, RecordField<Fields>])[] {
  return Object.entries(cases).map(([name, fields]) => [
    name,
    record({ [tag]: enumeration(name), ...fields }),
  ]);
}

/** Of a part that a pattern leaves open. */
const ANY = -1;

interface Part {
  readonly name: string;
  readonly universe: Universe;
  /** How far the ranks of two records are apart that differ by one in the rank of this part. */
  readonly stride: number;
}

/** The last field varies fastest. */
class RecordUniverse implements Universe {
  readonly count: number;
  readonly #parts: readonly Part[];
  readonly #names: readonly string[];
  readonly #values: unknown[] = [];
  /** By the ranks of the parts of a pattern, as one number. */
  readonly #alike = new Map<number, readonly number[]>();

  constructor(fields: Fields) {
    const parts: Part[] = [];
    let stride = 1;
    for (const [name, field] of Object.entries(fields).reverse()) {
      const universe = universeOf(field);
      parts.unshift({ name, universe, stride });
      stride *= universe.count;
    }
    this.count = stride;
    this.#parts = parts;
    this.#names = parts.map(({ name }) => name);
  }

  rankOf(value: unknown, path: string): number {
    const given = recordGiven(value, this.#names, path);
    let rank = 0;
    for (const { name, universe, stride } of this.#parts) {
      rank += stride * universe.rankOf(given[name], `${path}.${name}`);
    }
    return rank;
  }

  valueOf(rank: number): unknown {
    const value = this.#values[rank] ?? Object.freeze(Object.fromEntries(this.#entriesOf(rank)));
    this.#values[rank] = value;
    return value;
  }

  #entriesOf(rank: number): [string, unknown][] {
    return this.#parts.map(({ name, universe, stride }) => [
      name,
      universe.valueOf(Math.floor(rank / stride) % universe.count),
    ]);
  }

  nodesOf(rank: number): NamedNodes {
    const named = this.#parts.map(({ universe, stride }) =>
      universe.nodesOf(Math.floor(rank / stride) % universe.count),
    );
    return {
      text: `{${named.map(({ text }) => text).join()}}`,
      nodes: named.flatMap(({ nodes }) => nodes),
    };
  }

  ranksLike(pattern: unknown, path: string): readonly number[] {
    const given = recordGiven(pattern, this.#names, path);
    const parts = this.#parts;
    const digits = new Array<number>(parts.length);
    let key = 0;
    for (let at = 0; at < parts.length; at++) {
      const { name, universe } = parts[at] as Part;
      const isOpen = !Object.hasOwn(given, name);
      const digit = isOpen ? ANY : universe.rankOf(given[name], `${path}.${name}`);
      digits[at] = digit;
      key = key * (universe.count + 1) + digit + 1;
    }
    const alike = this.#alike.get(key) ?? this.#ranks(digits);
    this.#alike.set(key, alike);
    return alike;
  }

  #ranks(fixed: readonly number[]): number[] {
    return this.#parts.reduce<number[]>(
      (ranks, { universe, stride }, part) => {
        const only = fixed[part] as number;
        const digits = only === ANY ? ranksOf(universe) : [only];
        return ranks.flatMap(rank => digits.map(digit => rank + stride * digit));
      },
      [0],
    );
  }
}
