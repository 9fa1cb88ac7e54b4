/** What every peer explores or plays: a model in a scope. */
export interface Subject {
  readonly model: 'two-phase' | 'kip320';
  /** Managers, or replicas, log size, records and the last leader epoch. */
  readonly scope: readonly number[];
}

/** One complete search. */
export interface Search extends Subject {
  readonly symmetry: boolean;
}

/** What is known of a search before it is made: every peer is held to it. */
export interface KnownSearch extends Search {
  readonly distinct: number;
  /** For tables. */
  readonly title: string;
}

const small = { model: 'kip320', scope: [3, 2, 2, 2] } as const;
const large = { model: 'kip320', scope: [3, 2, 2, 3] } as const;
const twoPhase = { model: 'two-phase', scope: [8] } as const;

/** The searches of the comparison, smallest first. */
export const searches: readonly KnownSearch[] = [
  { ...twoPhase, symmetry: true, distinct: 1461, title: 'two-phase commit, 8, symmetry' },
  { ...small, symmetry: true, distinct: 123_311, title: 'KIP-320 3/2/2/2, symmetry' },
  { ...small, symmetry: false, distinct: 737_794, title: 'KIP-320 3/2/2/2' },
  { ...large, symmetry: true, distinct: 1_665_204, title: 'KIP-320 3/2/2/3, symmetry' },
  { ...twoPhase, symmetry: false, distinct: 1_745_408, title: 'two-phase commit, 8' },
  { ...large, symmetry: false, distinct: 9_985_570, title: 'KIP-320 3/2/2/3' },
];

/** Scopes in which every peer is done at once: to see that all of it works. */
export const tinySearches: readonly KnownSearch[] = [
  { ...twoPhase, scope: [3], symmetry: false, distinct: 288, title: 'two-phase commit, 3' },
  { ...twoPhase, scope: [3], symmetry: true, distinct: 80, title: 'two-phase commit, 3, symmetry' },
  { ...small, scope: [3, 2, 2, 1], symmetry: false, distinct: 39_619, title: 'KIP-320 3/2/2/1' },
  {
    ...small,
    scope: [3, 2, 2, 1],
    symmetry: true,
    distinct: 6713,
    title: 'KIP-320 3/2/2/1, symmetry',
  },
];
