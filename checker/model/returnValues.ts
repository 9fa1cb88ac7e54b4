import type { Enabled } from './model.ts';
import type { Holds } from './property.ts';

/**
 * A function of a model or a property came to something that it cannot come to. Whoever calls the
 * function says which it was.
 */
export class ReturnValueError extends Error {
  override readonly name = 'ReturnValueError';

  /**
   * @param name - The function as it is called in a declaration.
   * @param expected - What it may come to.
   */
  constructor(name: string, value: unknown, expected: string) {
    super(`${name}() returned ${described(value)}: expected ${expected}`);
    // Nobody will wait for it: a promise that is rejected later must not end the process.
    if (isThenable(value)) value.then(undefined, () => undefined);
  }
}

/** What a predicate returned: `when`, `reaches`, `goal`, `due` or `heldBack`. */
export function isTrue(value: unknown, name: string): boolean {
  if (value === true) return true;
  if (value === false) return false;
  throw new ReturnValueError(name, value, 'true or false');
}

/** What a property returned. */
export function holdsOf(value: unknown): Holds {
  if (value === true || value === false) return value;
  if (typeof value === 'string' && value !== '') return value;
  throw new ReturnValueError(
    'holds',
    value,
    'true, or false, or the clause that is false as a text',
  );
}

/** What a guard returned. */
export function enabledOf(value: unknown): Enabled {
  if (value === true || value === false) return value;
  if (typeof value === 'string' && value !== '') return value;
  throw new ReturnValueError(
    'enabled',
    value,
    'true, or false, or the guard that is false as a text',
  );
}

/**
 * Of a function that changes a state, what it returned: it is done when it returns, so that a promise
 * or a generator, which are not, are none of what it may return.
 */
export function expectDone(value: unknown, name: string): void {
  if (typeof value !== 'object' || value === null) return;
  if (!isThenable(value) && !isGenerator(value)) return;
  throw new ReturnValueError(
    name,
    value,
    'all of it to be done when it returns, without await or yield',
  );
}

function described(value: unknown): string {
  if (value === undefined) return 'nothing (undefined)';
  if (value === null) return 'null';
  if (value === '') return 'an empty text';
  if (isThenable(value)) return 'a promise';
  if (isGenerator(value)) return 'a generator';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object') return 'an object';
  return `the ${typeof value} ${String(value)}`;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return hasMethod(value, 'then');
}

function isGenerator(value: unknown): boolean {
  return hasMethod(value, 'next') && hasMethod(value, 'throw');
}

function hasMethod(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return typeof (value as Readonly<Record<string, unknown>>)[name] === 'function';
}
