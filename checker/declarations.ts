import { DeclarationError } from './declarationError.ts';
import { MOST_NAME_LENGTH } from './limits.ts';

/* What every declaration is held to: its keys, its functions and its names. */

/** The keys that a declaration may have; the compiler says if one is left out. */
export type KeysOf<Declared> = Readonly<Record<keyof Declared & string, true>>;

/** @throws DeclarationError when a key is none of those that there are. */
export function expectKeys(place: string, declared: object, known: object): void {
  const unknown = Object.keys(declared).find(key => !Object.hasOwn(known, key));
  if (unknown === undefined) return;
  const all = Object.keys(known).join(', ');
  throw DeclarationError.at(place, `there is no "${unknown}"; there are ${all}`);
}

/** The same of the options of a function of ours, which are an object. */
export function expectOptions(place: string, options: unknown, known: object): void {
  if (!isObject(options)) {
    throw DeclarationError.at(place, `expected an object of options, found ${brief(options)}`);
  }
  expectKeys(place, options, known);
}

/**
 * @param key - What the function is called in the declaration.
 * @throws DeclarationError when it is none, or one that would not be done when it returns.
 */
export function expectFunction(place: string, key: string, value: unknown): void {
  if (typeof value !== 'function') {
    throw DeclarationError.at(place, `expected a function "${key}", found ${brief(value)}`);
  }
  const kind = Object.prototype.toString.call(value);
  if (kind.includes('Async')) {
    throw DeclarationError.at(
      place,
      `${key} is async: write a function that is done when it returns, without await`,
    );
  }
  if (kind.includes('Generator')) {
    throw DeclarationError.at(
      place,
      `${key} is a generator: write a function that is done when it returns, without yield`,
    );
  }
}

/** The same where it may be left out. */
export function expectFunctionIfAny(place: string, key: string, value: unknown): void {
  if (value !== undefined) expectFunction(place, key, value);
}

/** What traces, labels and the command line can name: no blanks, and nothing that they write between names. */
const NAME = /^[A-Za-z0-9]+(?:[-._][A-Za-z0-9]+)*$/;

/** @throws DeclarationError when a name is none that traces and the command line can write. */
export function expectName(place: string, name: unknown): asserts name is string {
  if (typeof name !== 'string') {
    throw DeclarationError.at(place, `expected a name, found ${brief(name)}`);
  }
  if (name.length > MOST_NAME_LENGTH) {
    const found = `found ${name.length.toLocaleString('en')}`;
    throw DeclarationError.at(place, `expected at most ${MOST_NAME_LENGTH} letters, ${found}`);
  }
  if (NAME.test(name)) return;
  throw DeclarationError.at(
    place,
    `${JSON.stringify(name)} is no name: write letters and digits, with "-", "." or "_" between ` +
      `them and no blanks${suggested(name)}`,
  );
}

/** "server up" is meant as "server-up". */
function suggested(name: string): string {
  const written = name.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return NAME.test(written) ? `, as in "${written}"` : '';
}

/** @throws DeclarationError when a value is no whole number from `least` to `most`. */
export function expectWhole(
  place: string,
  value: unknown,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): void {
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return;
  const upTo = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `from ${least} to ${most}`;
  throw DeclarationError.at(place, `expected a whole number, ${upTo}, found ${brief(value)}`);
}

/** The same of a limit: there is none if it is left out, or infinite. */
export function expectLimit(place: string, value: unknown, least: number): void {
  if (value === undefined || value === Number.POSITIVE_INFINITY) return;
  expectWhole(place, value, least);
}

/** @throws DeclarationError when a value is neither true nor false. */
export function expectFlag(place: string, value: unknown): void {
  if (typeof value === 'boolean') return;
  throw DeclarationError.at(place, `expected true or false, found ${brief(value)}`);
}

/** The same where it may be left out. */
export function expectFlagIfAny(place: string, value: unknown): void {
  if (value !== undefined) expectFlag(place, value);
}

/** The first of the names that is there twice. */
export function twiceIn(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) !== index);
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value in few words. */
export function brief(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
