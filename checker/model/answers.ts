import type { Enabled } from './model.ts';
import type { Holds } from './property.ts';

/**
 * A function of a model or a property came to something that it cannot come to. Whoever calls the
 * function says which it was.
 */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';

  /**
   * @param asked - The function as it is called in a declaration.
   * @param expected - What it may come to.
   */
  constructor(asked: string, answer: unknown, expected: string) {
    super(`${asked}() returned ${described(answer)}: expected ${expected}`);
    // Nobody will wait for it: a promise that is rejected later must not end the process.
    if (isThenable(answer)) answer.then(undefined, () => undefined);
  }
}

/** What a predicate said: `when`, `reaches`, `goal`, `due` or `heldBack`. */
export function isTrue(answer: unknown, asked: string): boolean {
  if (answer === true) return true;
  if (answer === false) return false;
  throw new AnswerError(asked, answer, 'true or false');
}

/** What a property said. */
export function holdsOf(answer: unknown): Holds {
  if (answer === true || answer === false) return answer;
  if (typeof answer === 'string' && answer !== '') return answer;
  throw new AnswerError('holds', answer, 'true, or false, or the clause that is false as a text');
}

/** What a guard said. */
export function enabledOf(answer: unknown): Enabled {
  if (answer === true || answer === false) return answer;
  if (typeof answer === 'string' && answer !== '') return answer;
  throw new AnswerError('enabled', answer, 'true, or false, or the guard that is false as a text');
}

/**
 * Of a function that changes a state, what it returned: it is done when it returns, so that a promise
 * or a generator, which are not, are none of what it may return.
 */
export function expectDone(answer: unknown, asked: string): void {
  if (typeof answer !== 'object' || answer === null) return;
  if (!isThenable(answer) && !isGenerator(answer)) return;
  throw new AnswerError(
    asked,
    answer,
    'all of it to be done when it returns, without await or yield',
  );
}

function described(answer: unknown): string {
  if (answer === undefined) return 'nothing (undefined)';
  if (answer === null) return 'null';
  if (answer === '') return 'an empty text';
  if (isThenable(answer)) return 'a promise';
  if (isGenerator(answer)) return 'a generator';
  if (typeof answer === 'function') return 'a function';
  if (typeof answer === 'object') return 'an object';
  return `the ${typeof answer} ${String(answer)}`;
}

function isThenable(answer: unknown): answer is PromiseLike<unknown> {
  return hasMethod(answer, 'then');
}

function isGenerator(answer: unknown): boolean {
  return hasMethod(answer, 'next') && hasMethod(answer, 'throw');
}

function hasMethod(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return typeof (value as Readonly<Record<string, unknown>>)[name] === 'function';
}
