import type { TakenAction } from '../model/property.ts';
import { ViewError } from '../state/errors.ts';
import { crashMessage, ModelError, NondeterminismError, nondeterminismMessage } from './errors.ts';

/** Something of a model that is computed once more. */
export interface Recomputed {
  /** What it is, in words. */
  readonly what: () => string;
  /** The steps that lead to where it is computed. */
  readonly steps: () => readonly TakenAction[];
}

/**
 * Computes something of a model once more. What throws now is as different as can be, but for code that looks past
 * strict views, which nobody could see before.
 *
 * @throws NondeterminismError when it is not what it was; ModelError when code looks past its views.
 */
export function expectSame({ what, steps }: Recomputed, isSame: () => boolean): void {
  let cause: unknown;
  try {
    if (isSame()) return;
  } catch (error) {
    const thrown = error instanceof ModelError ? error.cause : error;
    if (thrown instanceof ViewError)
      throw new ModelError(crashMessage(what(), thrown), steps(), thrown);
    cause = error;
  }
  throw new NondeterminismError(nondeterminismMessage(what()), steps(), cause);
}
