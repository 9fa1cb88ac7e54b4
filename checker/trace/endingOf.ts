import type { TraceFile } from './traceFile.ts';

/** How a run of a temporal property goes on, or was made to. */
export interface Ending {
  /** The first step that it is about; one more than there are where it is about what comes after. */
  readonly step: number;
  /** The beginning of a sentence about these steps: "steps 3 to 5 repeat for ever". */
  readonly text: string;
}

/** What there is to say of how a run goes on after its last step; nothing where it does not matter. */
export function endingOf({ loop, settling, steps }: TraceFile): Ending | undefined {
  const { length } = steps;
  if (loop !== undefined) {
    const first = loop.from + 1;
    if (first > length) {
      return { step: length + 1, text: 'nothing else has to happen: it stays so for ever' };
    }
    const text = first === length ? `step ${first} repeats` : `steps ${first} to ${length} repeat`;
    return { step: first, text: `${text} for ever` };
  }
  if (settling === undefined) return undefined;
  const { from } = settling;
  const since = from === 0 ? 'from the beginning on' : `after step ${from}`;
  return { step: from + 1, text: `no faults ${since}` };
}
