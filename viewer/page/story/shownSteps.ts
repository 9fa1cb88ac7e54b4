import type { Span } from '../layout/layout.ts';

/** Steps that a list shows at once; more would only slow it down. */
const MOST = 120;
/** It moves on by so many at a time: a list that moves with every step is hard to read. */
const MOVE = 40;

/** Which steps of a run the list shows: all, or those around the one that is chosen. */
export function shownSteps(step: number, last: number): Span {
  if (last <= MOST) return { first: 1, last };
  const wanted = Math.floor((step - 1) / MOVE) * MOVE - (MOST - MOVE) / 2 + 1;
  const first = Math.min(Math.max(1, wanted), last - MOST + 1);
  return { first, last: first + MOST - 1 };
}
