import type { NodeEvent } from './nodeLog.ts';

/** Something in the log of a node that nothing explains. */
interface Finding {
  readonly file: string;
  readonly line: number;
  readonly problem: string;
}

/** What a log, or a part of one, came to. */
export interface Held {
  /** Messages that were held to something. */
  readonly messages: number;
  /** Values in them that were compared. */
  readonly fields: number;
  /** The first that nothing explains. */
  readonly finding: Finding | undefined;
}

/** The message is what nothing explains. */
export class Unexplained extends Error {
  override readonly name = 'Unexplained';
}

/** Holds messages one after the other, up to the first that nothing explains. */
export function holdEach<Event extends NodeEvent>(
  events: readonly Event[],
  hold: (event: Event) => number | undefined,
): Held {
  let messages = 0;
  let fields = 0;
  for (const event of events) {
    try {
      const compared = hold(event);
      if (compared === undefined) continue;
      messages++;
      fields += compared;
    } catch (error) {
      if (!(error instanceof Unexplained)) throw error;
      const { file, line } = event;
      return { messages, fields, finding: { file, line, problem: error.message } };
    }
  }
  return { messages, fields, finding: undefined };
}
