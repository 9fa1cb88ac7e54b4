import type { KraftDefect } from '../rules.ts';

const old = { kafka: '3.9' } as const;

const unawaitedAnswerTaken: KraftDefect = {
  name: 'unawaited-answer-taken',
  statement: 'A node takes an answer that it does not wait for any more.',
  source: 'KafkaRaftClient.handleInboundMessage, RequestManager (correlation ids); CCF #5991',
  rules: { dropsUnawaitedAnswers: false },
  caughtBy: 'committed-records-are-durable',
  config: old,
  bounds: { epochs: 2, duplicatedMessages: 1 },
  scenario: [
    'electionTimeout(node=node-3)',
    'handleVote(from=node-3, to=node-1)',
    'receiveVote(from=node-3, to=node-1)',
    'electionTimeout(node=node-2)',
    'electionTimeout(node=node-2)',
    'handleVote(from=node-2, to=node-1)',
    'receiveVote(from=node-2, to=node-1)',
    'handleBeginQuorumEpoch(from=node-2, to=node-3)',
    'handleFetch(from=node-3, to=node-2)',
    'duplicateMessage(from=node-3, to=node-2)',
    'receiveFetch(from=node-3, to=node-2)',
    'handleFetch(from=node-3, to=node-2)',
    'receiveFetch(from=node-3, to=node-2)',
    'handleFetch(from=node-3, to=node-2)',
    'deliverStray(stray=0)',
  ],
};

const answerOfAnotherEpochTaken: KraftDefect = {
  name: 'answer-of-another-epoch-taken',
  statement: 'A node takes an answer that was given in an older epoch than its own.',
  source: 'KafkaRaftClient.maybeHandleCommonResponse; CCF #6016',
  rules: { fencesAnswerByEpoch: false },
  caughtBy: 'one-leader-per-epoch',
  masked: {
    because: 'every change of state resets the connections, and no older answer is waited for',
    unmaskedBy: 'unawaited-answer-taken',
    aloneIn: { config: old, bounds: { epochs: 2 } },
  },
  config: old,
  bounds: { epochs: 2, delayedMessages: 1 },
};

const truncatedBelowHighWatermark: KraftDefect = {
  name: 'truncated-below-high-watermark',
  statement: 'A follower truncates what its own high watermark covers, instead of stopping.',
  source: 'KAFKA-12460 (fixed in 2.8.0)',
  rules: { refusesTruncationBelowHighWatermark: false },
  caughtBy: 'committed-records-stay',
  masked: {
    because: 'no leader asks for it: every leader holds what is committed',
    unmaskedBy: 'vote-without-up-to-date-log',
  },
  config: { ...old, transport: 'rounds' },
  bounds: { epochs: 2 },
};

const twoFetchesInFlight: KraftDefect = {
  name: 'two-fetches-in-flight',
  statement: 'A follower fetches from the same offset a second time while it waits for the first.',
  source: 'RequestManager.hasAnyInflightRequest',
  rules: { oneFetchInFlight: false },
  caughtBy: 'same-epoch-same-record',
  masked: {
    because: 'an entry is appended only where the log ends, and the second is not',
    unmaskedBy: 'appended-at-any-offset',
  },
  config: { ...old, voters: 1, observers: 1, bootstrapFetch: true },
  bounds: { records: 1, duplicatedMessages: 1 },
};

const appendedAtAnyOffset: KraftDefect = {
  name: 'appended-at-any-offset',
  statement: 'A follower appends a fetched entry without a look at its offset.',
  source: 'UnifiedLog.append (UnexpectedAppendOffsetException)',
  rules: { appendsOnlyAtLogEnd: false },
  caughtBy: 'same-epoch-same-record',
  masked: {
    because: 'one fetch is in flight at a time, and it asks for the entry at the end of the log',
    unmaskedBy: 'two-fetches-in-flight',
  },
  config: { ...old, voters: 1, observers: 1, bootstrapFetch: true },
  bounds: { records: 1, duplicatedMessages: 1 },
};

export const fetchingDefects: readonly KraftDefect[] = [
  unawaitedAnswerTaken,
  answerOfAnotherEpochTaken,
  truncatedBelowHighWatermark,
  twoFetchesInFlight,
  appendedAtAnyOffset,
];
