/** The first so many states, and from then on one in so many, are computed once more. */
const FIRST = 256;
const EVERY = 128;

/** Whether a state, by its number from 0, is among those in which everything is computed once more. */
export function isRechecked(number: number): boolean {
  return number < FIRST || number % EVERY === 0;
}
