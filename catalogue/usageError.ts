import { nearestName } from '../checker/model/nearestName.ts';

/** The kinds of wrong use that a program may want to tell apart; `highwater explain` says more of each. */
export type UsageCode =
  | 'wrong-use'
  | 'unknown-name'
  | 'wrong-value'
  | 'wrong-config'
  | 'unclear-cluster'
  | 'unreadable-input'
  | 'unwritable-output';

/** Wrong use or unreadable input: one clear line on stderr, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code: UsageCode;

  constructor(message: string, code: UsageCode = 'wrong-use') {
    super(message);
    this.code = code;
  }

  /** "unknown property "x" (did you mean "y"?)", with all there are if none is near. */
  static unknown(kind: string, name: string, known: readonly string[]): UsageError {
    const near = nearestName(name, known, Math.max(2, name.length / 3));
    const hint =
      near === undefined ? `known: ${[...new Set(known)].join(', ')}` : `did you mean "${near}"?`;
    return new UsageError(`unknown ${kind} "${name}" (${hint})`, 'unknown-name');
  }
}
