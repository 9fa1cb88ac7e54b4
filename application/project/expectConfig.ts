import { UsageError } from '../../catalogue/usageError.ts';
import { DeclarationError } from '../../checker/declarationError.ts';
import { checkProperties } from '../../checker/model/checkProperty.ts';
import type { Specification } from '../../checker/model/specification.ts';
import { thresholdKinds } from '../../checker/results/thresholds.ts';
import type { HighwaterConfig } from './defineConfig.ts';
import { millisecondsIn } from './duration.ts';

/** Says whether a value is as it must be, and otherwise what was expected. */
type Check = (value: unknown, place: string) => void;

const thresholdChecks: Readonly<Record<string, Check>> = Object.fromEntries(
  Object.entries(thresholdKinds).map(([name, { is, expected }]) => [
    name,
    (value, place) => expect(is(value), place, expected, value),
  ]),
);

const checksFor = (extensible: readonly string[]): Record<keyof HighwaterConfig, Check> => ({
  models(value, place) {
    expect(Array.isArray(value), place, 'a list of specifications', value);
    if (!Array.isArray(value)) return;
    for (const [index, model] of value.entries()) expectModelOf(model, `${place}[${index}]`);
  },
  extend: (value, place) =>
    object(value, place, Object.fromEntries(extensible.map(name => [name, aFunction]))),
  corpus: (value, place) => expect(isText(value), place, 'a folder', value),
  seed: wholeNumber,
  runs: wholeNumber,
  maxSteps: wholeNumber,
  timeLimit(value, place) {
    expect(isDuration(value), place, 'a duration such as "60s", or milliseconds', value);
  },
  thresholds: (value, place) => object(value, place, thresholdChecks),
});

/**
 * Holds what a configuration file says to what can be said there.
 *
 * @param extensible - The models that it may extend.
 * @throws UsageError naming the file, the key and what was expected.
 */
export function expectConfig(
  file: string,
  value: unknown,
  extensible: readonly string[],
): HighwaterConfig {
  try {
    object(value, '', checksFor(extensible));
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${file}: ${error.message}`, error.code);
    throw error;
  }
  // Every key is known, and every value was held to what its type says.
  return value as HighwaterConfig;
}

/** A specification, or what makes one of settings. */
function expectModelOf(value: unknown, place: string): void {
  const { specify, settings, defects, scopes } = membersOf(value);
  if (specify === undefined) {
    expectSpecification(value, place);
    return;
  }
  aFunction(specify, `${place}.specify`);
  expect(isObject(settings), `${place}.settings`, 'settings with their defaults', settings);
  for (const [key, given] of Object.entries({ defects, scopes })) {
    if (given !== undefined) expect(isObject(given), `${place}.${key}`, 'an object', given);
  }
}

/**
 * @throws UsageError when the value is no specification; `place` says where it comes from.
 */
export function expectSpecification(value: unknown, place: string): asserts value is Specification {
  const { model, properties, temporal = [] } = membersOf(value);
  const { name, actions, schema } = membersOf(model);
  const isOne = isText(name) && Array.isArray(actions) && isObject(schema);
  const expected = 'a specification ({ model, properties })';
  const areLists = Array.isArray(properties) && Array.isArray(temporal);
  expect(isOne && areLists, place, expected, value);
  // What is no list was refused just now.
  const claims = [properties, temporal].flat();
  inWords(place, () => checkProperties(String(name), claims));
}

/** Says of an error in what is declared where that comes from. */
function inWords(place: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (error instanceof DeclarationError)
      throw new UsageError(`${place}: ${error.message}`, 'wrong-config');
    throw error;
  }
}

function object(value: unknown, place: string, checkOf: Readonly<Record<string, Check>>): void {
  expect(isObject(value), place || 'the default export', 'an object', value);
  for (const [key, given] of Object.entries(membersOf(value))) {
    const check = checkOf[key];
    const path = place === '' ? key : `${place}.${key}`;
    if (check === undefined) throw UsageError.unknown('key', path, keysUnder(place, checkOf));
    if (given !== undefined) check(given, path);
  }
}

function keysUnder(place: string, checkOf: object): string[] {
  return Object.keys(checkOf).map(key => (place === '' ? key : `${place}.${key}`));
}

function wholeNumber(value: unknown, place: string): void {
  expect(Number.isInteger(value) && Number(value) >= 0, place, 'a whole number', value);
}

function aFunction(value: unknown, place: string): void {
  expect(typeof value === 'function', place, 'a function', value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDuration(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && value > 0;
  return typeof value === 'string' && millisecondsIn(value) !== undefined;
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? Object.fromEntries(Object.entries(value)) : {};
}

function expect(isRight: boolean, place: string, expected: string, found: unknown): void {
  if (!isRight)
    throw new UsageError(`${place}: expected ${expected}, found ${brief(found)}`, 'wrong-config');
}

function brief(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'a list';
  return isObject(value) ? 'an object' : JSON.stringify(value ?? null);
}
