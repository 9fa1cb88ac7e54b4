import type { Command } from './measured.ts';
import type { Search } from './work.ts';

/** What a complete search came to. */
export interface Outcome {
  readonly distinct: number;
  readonly generated: number;
  /** Whether a property broke, or the peer was told to stop early. */
  readonly broken: boolean;
}

/** A checker, in one way of using it. */
export interface Peer {
  readonly name: string;
  /** Whether it does such a search at all. */
  readonly does: (search: Search) => boolean;
  /** What is compiled beforehand is no part of what is measured. */
  readonly prepare: (search: Search) => Command;
  readonly read: (output: string) => Outcome;
}
