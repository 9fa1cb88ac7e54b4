import type { TakenAction } from '../model/property.ts';
import { ViewError } from '../state/errors.ts';
import { crashMessage, ModelError, NondeterminismError, nondeterminismMessage } from './errors.ts';

/**
 * Holds something of a model that is computed once more to what it was. What throws now is as different as can be,
 * but for code that looks past strict views, which nobody could see before.
 *
 * @param what - What it is, in words.
 * @param steps - The steps that lead to where it is computed.
 * @throws NondeterminismError when it is not what it was; ModelError when code looks past its views.
 */
export function expectSame(
  isSame: () => boolean,
  what: () => string,
  steps: () => readonly TakenAction[],
): void {
  let cause: unknown;
  try {
    if (isSame()) return;
  } catch (error) {
    const thrown = error instanceof ModelError ? error.cause : error;
    if (thrown instanceof ViewError) {
      throw new ModelError(crashMessage(what(), thrown), steps(), thrown);
    }
    cause = error;
  }
  throw new NondeterminismError(nondeterminismMessage(what()), steps(), cause);
}
