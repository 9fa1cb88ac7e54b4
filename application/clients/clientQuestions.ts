import type { ClientSettings } from './clientSettings.ts';

/** What is asked of the records of a program. */
export interface ClientQuestion {
  /** The property of the model that a story breaks. */
  readonly property: string;
  /** The letter of the matrix. */
  readonly letter: string;
  /** What became of a record, in a word. */
  readonly word: string;
}

/** In the order of their letters, by whose records are asked about. */
export const clientQuestions: Readonly<Record<ClientSettings['kind'], readonly ClientQuestion[]>> =
  {
    producer: [
      { property: 'success-means-stored', letter: 'L', word: 'lost' },
      { property: 'records-are-sent-once', letter: 'D', word: 'duplicated' },
      { property: 'records-are-sent-in-order', letter: 'R', word: 'reordered' },
    ],
    consumer: [
      { property: 'no-record-is-passed-over', letter: 'S', word: 'skipped' },
      { property: 'no-record-is-processed-twice', letter: 'T', word: 'processed twice' },
    ],
  };
