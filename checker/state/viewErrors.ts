import { BoundsError, ViewError } from './errors.ts';

/** Reports a value outside its field's bounds. */
export function outOfBounds(path: string, expected: string, value: unknown): never {
  throw new BoundsError(path, `expected ${expected}, found ${shown(value)}`);
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
