import { type Finding, isEarlier } from './finding.ts';

/** Steps that break one property, where several counterexamples of it are looked for. */
export interface Breaks {
  /** How many there are. */
  steps: number;
  /**
   * The first few of each kind, by hash. Steps are of one kind if they are of one action and the same budgets
   * are left after them: what a kind is follows from the step alone, so it does not matter who finds it.
   */
  readonly kinds: Map<string, readonly Finding[]>;
}

/** Of each kind so many are kept. */
const MOST_OF_A_KIND = 8;

/** Notes a step that breaks a property. */
export function noteBreak(
  breaks: Map<number, Breaks>,
  property: number,
  kind: string,
  finding: Finding,
): void {
  const own = ownOf(breaks, property);
  own.steps++;
  keepFirst(own, kind, [finding]);
}

/** Adds the steps of another report. */
export function addBreaks(to: Map<number, Breaks>, more: ReadonlyMap<number, Breaks>): void {
  for (const [property, { steps, kinds }] of more) {
    const own = ownOf(to, property);
    own.steps += steps;
    for (const [kind, findings] of kinds) keepFirst(own, kind, findings);
  }
}

/** The findings that are kept of a property: the first of each kind, then the second of each, and so on. */
export function inTurn({ kinds }: Breaks): readonly Finding[] {
  const lists = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, findings]) => findings);
  return Array.from({ length: MOST_OF_A_KIND }, (_, turn) => turn).flatMap(turn =>
    lists.flatMap(findings => findings[turn] ?? []),
  );
}

function ownOf(breaks: Map<number, Breaks>, property: number): Breaks {
  const known = breaks.get(property);
  if (known !== undefined) return known;
  const none: Breaks = { steps: 0, kinds: new Map() };
  breaks.set(property, none);
  return none;
}

function keepFirst({ kinds }: Breaks, kind: string, more: readonly Finding[]): void {
  const known = kinds.get(kind) ?? [];
  const last = known.at(-1);
  const isFull = known.length === MOST_OF_A_KIND;
  // Most often: what is kept is earlier.
  if (isFull && last !== undefined && more.every(each => isEarlier(last, each))) return;
  const all = [...known, ...more].sort((a, b) => (isEarlier(a, b) ? -1 : 1));
  kinds.set(kind, all.slice(0, MOST_OF_A_KIND));
}
