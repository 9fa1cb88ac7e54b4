import { isDeepStrictEqual } from 'node:util';
import { ModelError, NondeterminismError } from '../../checker/core/errors.ts';

/** Something that two of those who looked at a model say differently. */
export class Difference extends Error {
  override readonly name = 'Difference';
  /** Which comparison it was. */
  readonly comparison: string;

  constructor(comparison: string, problem: string) {
    super(`${comparison}: ${problem}`);
    this.comparison = comparison;
  }
}

/** Compares what came out with what is right. */
export function expectSame(
  comparison: string,
  what: string,
  actual: unknown,
  right: unknown,
): void {
  if (isDeepStrictEqual(actual, right)) return;
  throw new Difference(comparison, `${what} is ${textOf(actual)}, and should be ${textOf(right)}`);
}

export function expectTrue(comparison: string, what: string, isTrue: boolean): void {
  if (!isTrue) throw new Difference(comparison, what);
}

function textOf(value: unknown): string {
  return (
    JSON.stringify(value, (_, held: unknown) => (held instanceof Map ? [...held] : held)) ??
    'nothing'
  );
}

/** What an engine came to: a result, or an error of the model. */
export type Outcome<Result> = { readonly result: Result } | { readonly error: ModelError };

/** Runs an engine. Only errors of the model are outcomes. */
export async function outcomeFrom<Result>(
  comparison: string,
  run: () => Promise<Result>,
): Promise<Outcome<Result>> {
  try {
    return { result: await run() };
  } catch (error) {
    // What a drawn model computes follows from its arguments alone.
    if (error instanceof NondeterminismError || !(error instanceof ModelError)) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      throw new Difference(comparison, `the engine throws ${text}`);
    }
    return { error };
  }
}
