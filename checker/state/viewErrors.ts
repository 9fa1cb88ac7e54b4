import { BoundsError, ViewError } from './errors.ts';

/** Reports a value outside its field's bounds. */
export function outOfBounds(path: string, expected: string, value: unknown): never {
  throw new BoundsError(path, `expected ${expected}, found ${shown(value)}`);
}

/** Reports a value that is no value of its field, in words of its own. */
export function badValue(path: string, problem: string): never {
  throw new BoundsError(path, problem);
}

/**
 * What was given where a record is expected, to be asked for by name: an object without any name that no
 * field has. That what is asked for fits, whoever asks has to see.
 */
export function recordGiven(
  value: unknown,
  names: readonly string[],
  path: string,
): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) {
    badValue(path, `expected a record of ${names.join(', ')}, found ${shown(value)}`);
  }
  const unknown = Object.keys(value).find(name => !names.includes(name));
  if (unknown !== undefined) {
    badValue(path, `there is no field "${unknown}": expected ${names.join(', ')}`);
  }
  // Fields are asked for by name, as of any object.
  return value as Readonly<Record<string, unknown>>;
}

/** Not every object has a text. */
function shown(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** Reports a node that is read before it was set. */
export function unset(path: string): never {
  throw new BoundsError(path, 'the node is read before it was set');
}

/** Reports a list that is full. */
export function full(path: string, capacity: number): never {
  throw new BoundsError(path, `the list is full (capacity ${capacity})`);
}

/** Reports an index or a node for which there is no element. */
export function noElement(path: string, index: unknown): never {
  throw new BoundsError(path, `there is no element ${shown(index)}`);
}

/** Reports a change where code may only read. */
export function readOnly(path: string): never {
  throw new ViewError(path, 'a guard or a property must not change the state, only a step may');
}

/** What an element view reads and writes once its element was moved or removed: every access throws. */
export function gone(path: string): Uint8Array {
  const refuse = (): never => {
    const advice = 'this element was moved or removed; read it again with get(...)';
    throw new ViewError(path, advice);
  };
  // Nothing of an array is ever reached.
  return new Proxy({}, { get: refuse, set: refuse }) as unknown as Uint8Array;
}
