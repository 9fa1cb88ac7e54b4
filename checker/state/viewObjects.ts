import { BoundsError, ViewError } from './errors.ts';
import type { Plain } from './viewTypes.ts';

/*
 * How a view may be looked at beside its fields and accessors. A record is an object with its fields as
 * own properties, which is what most of JavaScript goes by (spread, keys, entries, deep equality,
 * cloning). Its text and how it is shown have to be said, and stand as symbols that are not enumerated.
 * A container has no properties that could stand for what is in it: what goes by properties is an error.
 */

const INSPECT = Symbol.for('nodejs.util.inspect.custom');
type Inspect = (value: unknown, options: object) => string;

/** What a view is where only its value matters: see {@link plain}. */
interface HasPlainValue {
  toJSON(): unknown;
}

/**
 * A copy of a view, of several in an array, or of a scope, that does not change with the state:
 * records as objects; lists and sets of nodes as arrays; what is kept for each node as an array with the
 * node as index, for each link as an array of arrays; lifecycles as the name of their state. All of it
 * is read. Use it to compare, to clone and to sort what is in containers.
 *
 * @throws BoundsError when a node in it was never set.
 */
export function plain<Value>(view: Value): Plain<Value> {
  // The types say of each view what its copy is, which the compiler cannot follow through the fields.
  return plainOf(view) as Plain<Value>;
}

function plainOf(view: unknown): unknown {
  if (typeof view !== 'object' || view === null) return view;
  if (Array.isArray(view)) return view.map(plainOf);
  if (hasPlainValue(view)) return view.toJSON();
  return Object.fromEntries(Object.entries(view).map(([name, value]) => [name, plainOf(value)]));
}

function hasPlainValue(view: object): view is HasPlainValue {
  // Not by `in`, which strict views of containers refuse.
  return typeof Reflect.get(view, 'toJSON') === 'function';
}

/** A view as text: JSON with numbers for nodes. It is no number. */
function toPrimitive(this: unknown, hint: string): string {
  if (hint === 'number') {
    throw new TypeError('a part of the state is no number: read its fields, elements or length');
  }
  return JSON.stringify(this);
}

function refuseIteration(): never {
  throw new TypeError('a record is no list: go through Object.entries(...) of it');
}

/** How a record is shown by console.log: a node that was never set as `undefined`. */
function shownRecord(this: object): unknown {
  const fields = Object.keys(this).map(name => [name, shownOr(() => Reflect.get(this, name))]);
  return Object.fromEntries(fields);
}

function shownOr(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof BoundsError) return undefined;
    throw error;
  }
}

/** What a record has beside its fields. */
export const recordProtocol: PropertyDescriptorMap = {
  [Symbol.toPrimitive]: { value: toPrimitive },
  [Symbol.iterator]: { value: refuseIteration },
  [INSPECT]: { value: shownRecord },
};

/** An object of which code of a model is given these parts, and which is looked at as a record is. */
export function scopeOf<Parts extends object>(parts: Parts): Readonly<Parts> {
  // One property after the other: so V8 gives all scopes of a kind one shape, and code is fast on each.
  const scope = {};
  for (const [name, value] of Object.entries(parts)) {
    Object.defineProperty(scope, name, { value, enumerable: true });
  }
  Object.defineProperties(scope, recordProtocol);
  // It has these parts, under their names.
  return Object.preventExtensions(scope) as Readonly<Parts>;
}

/** The one property of a container that is enumerated: whoever asks for its value is told what to ask for. */
const ADVICE = 'use get(...), or plain(...) for a copy';

/** What lists, sets and arrays by node have in common. */
export abstract class ContainerView implements HasPlainValue {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    Object.defineProperty(this, ADVICE, adviceGetter);
  }

  /** The path of a container from the root of its state. */
  static pathOf(view: ContainerView): string {
    return view.#path;
  }

  abstract toJSON(): unknown;

  toString(): string {
    return JSON.stringify(this);
  }

  [Symbol.toPrimitive](hint: string): string {
    return toPrimitive.call(this, hint);
  }

  [Symbol.iterator](): Iterator<unknown> {
    throw new ViewError(this.#path, 'it cannot be iterated: use get(...) for each node');
  }

  [INSPECT](_depth: number, options: object, inspect: Inspect): unknown {
    const value = shownOr(() => this.toJSON());
    return typeof value === 'string' ? inspect(value, options) : value;
  }
}

/** One getter for all containers: objects whose properties differ are slow. */
const adviceGetter: PropertyDescriptor = {
  get(this: ContainerView) {
    refuseEnumeration(ContainerView.pathOf(this));
  },
  enumerable: true,
};

/** Reports that a container was looked at as though what is in it were properties. */
export function refuseEnumeration(path: string): never {
  throw new ViewError(path, `it cannot be spread, compared or enumerated: ${ADVICE}`);
}
