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
    const near = nearest(name, known);
    const hint =
      near === undefined ? `known: ${[...new Set(known)].join(', ')}` : `did you mean "${near}"?`;
    return new UsageError(`unknown ${kind} "${name}" (${hint})`, 'unknown-name');
  }
}

/** The known name nearest to the one given, if it is near enough to be meant. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map(candidate => ({ candidate, distance: editDistance(name, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  if (best === undefined || best.distance > Math.max(2, name.length / 3)) return undefined;
  return best.candidate;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let line = 1; line <= a.length; line++) {
    const previous = row;
    row = [line];
    for (let column = 1; column <= b.length; column++) {
      const change = (previous[column - 1] ?? 0) + (a[line - 1] === b[column - 1] ? 0 : 1);
      row.push(Math.min(change, (previous[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1));
    }
  }
  return row[b.length] ?? 0;
}
