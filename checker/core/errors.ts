import type { TakenAction } from '../model/property.ts';
import { ReturnValueError } from '../model/returnValues.ts';

/**
 * The model itself went wrong: an action or property threw, a bound overflowed, a lifecycle refused
 * an event. This is not a verdict on the properties; `steps` leads to the place.
 */
export class ModelError extends Error {
  override readonly name: string = 'ModelError';
  readonly steps: readonly TakenAction[];

  constructor(message: string, steps: readonly TakenAction[], cause?: unknown) {
    super(message, { cause });
    this.steps = steps;
  }
}

/** Taking the same action in the same state twice gave two results. */
export class NondeterminismError extends ModelError {
  override readonly name = 'NondeterminismError';
}

/** What code of a model threw, or an engine of its code, with the steps that lead there. */
export function errorAt(error: unknown, where: string, steps: readonly TakenAction[]): ModelError {
  if (error instanceof ModelError) return new ModelError(error.message, steps, error.cause);
  return new ModelError(crashMessage(where, error), steps, error);
}

/** The text of {@link NondeterminismError}, with the usual causes. */
export function nondeterminismMessage(action: string): string {
  return (
    `${action} gave two different results for the same state: the model reads something outside ` +
    'its arguments. Usual causes: a variable outside the state schema, Math.random, the clock, ' +
    'or iteration over something without a fixed order.'
  );
}

/** The text of an error thrown by model code, or of what it returned and should not have. */
export function crashMessage(where: string, cause: unknown): string {
  if (cause instanceof ReturnValueError) return `${where}: ${cause.message}`;
  const text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  const isClone = cause instanceof Error && cause.name === 'DataCloneError';
  const hint = isClone ? ' Parts of the state cannot be cloned: clone plain(...) of them.' : '';
  return `the model crashed in ${where} (this is not a property violation): ${text}${hint}`;
}
