/** A piece of a sentence; with `step` it is to be a link there. */
export interface Piece {
  readonly text: string;
  readonly step?: number;
}

/** `step 3`, `steps 3, 5 and 7`, `Steps 3 to 7` and `(3)`: how sentences name steps. */
const mention = /\b[Ss]teps? \d+(?:(?:, | and | to )\d+)*|\(\d+\)/g;

/** Cuts a sentence up so that the steps it is about can be links. Other numbers stay as they are. */
export function linkSteps(text: string, steps: readonly number[]): Piece[] {
  const known = new Set(steps);
  const pieces: Piece[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(mention)) {
    for (const digits of found.matchAll(/\d+/g)) {
      const step = Number(digits[0]);
      if (!known.has(step)) continue;
      const start = index + digits.index;
      pieces.push({ text: text.slice(done, start) }, { text: digits[0], step });
      done = start + digits[0].length;
    }
  }
  return [...pieces, { text: text.slice(done) }].filter(piece => piece.text !== '');
}
