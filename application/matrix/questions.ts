/** A question that the guarantee matrix asks of every cell. */
export interface Question {
  /** One letter, as the tables have it. */
  readonly letter: string;
  /** The property that is broken where the answer is yes. */
  readonly property: string;
  readonly text: string;
  /** Whether something is lost or read wrongly; otherwise something stops. */
  readonly isLoss: boolean;
}

/** Takes a producer that sends with acks=1: in large scenarios asked apart from the others. */
export const acknowledgedByLeader = 'leader-acknowledged-records-survive';

/** Takes a second record: asked apart from the others. */
export const readDifferently = 'consumers-read-the-same';

export const questions: readonly Question[] = [
  {
    letter: 'A',
    property: 'acknowledged-records-survive',
    text: 'a record acknowledged with acks=all can be lost',
    isLoss: true,
  },
  {
    letter: '1',
    property: acknowledgedByLeader,
    text: 'a record acknowledged with acks=1 can be lost',
    isLoss: true,
  },
  {
    letter: 'R',
    property: 'exposed-records-survive',
    text: 'a record that a consumer may have read can be lost',
    isLoss: true,
  },
  {
    letter: 'D',
    property: readDifferently,
    text: 'two consumers can read different records at one offset',
    isLoss: true,
  },
  {
    letter: 'W',
    property: 'partition-writable-when-settled',
    text: 'with the failed brokers still down, acks=all can be refused or the partition offline',
    isLoss: false,
  },
];
