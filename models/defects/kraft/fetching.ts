import type { KraftDefect } from '../../kraft/rules.ts';

const old = { release: '3.9' } as const;

const unawaitedAnswerTaken: KraftDefect = {
  name: 'unawaited-answer-taken',
  statement: 'A node takes an answer that it does not wait for any more.',
  source: 'KafkaRaftClient.handleInboundMessage, RequestManager (correlation ids)',
  rules: { dropsUnawaitedAnswers: false },
  caughtBy: 'same-epoch-same-record',
  masked: {
    because: 'an answer of an older epoch is dropped, and an entry fits only at the end of the log',
    unmaskedBy: 'answer-of-another-epoch-taken',
  },
  config: old,
  bounds: { epochs: 2, delayedMessages: 1 },
};

const answerOfAnotherEpochTaken: KraftDefect = {
  name: 'answer-of-another-epoch-taken',
  statement: 'A node takes an answer that was given in an older epoch than its own.',
  source: 'KafkaRaftClient.maybeHandleCommonResponse; CCF #5991, #6016',
  rules: { fencesAnswerByEpoch: false },
  caughtBy: 'same-epoch-same-record',
  masked: {
    because: 'every change of state resets the connections, and no answer is waited for any more',
    unmaskedBy: 'unawaited-answer-taken',
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
  config: old,
  bounds: { epochs: 2 },
};

const fetchOfAnotherEpochServed: KraftDefect = {
  name: 'fetch-of-another-epoch-served',
  statement: 'A leader serves a fetch that was sent in another epoch than its own.',
  source: 'KafkaRaftClient.validateLeaderOnlyRequest',
  rules: { fencesFetchByEpoch: false },
  caughtBy: 'same-epoch-same-record',
  masked: {
    because: 'the answer names the leader and its epoch, and the follower moves there first',
    unmaskedBy: 'answer-of-another-epoch-taken',
  },
  config: old,
  bounds: { epochs: 2 },
};

const recordOfNewerEpochAppended: KraftDefect = {
  name: 'record-of-newer-epoch-appended',
  statement: 'A follower appends a record of a newer epoch than its own.',
  source: 'KAFKA-18723 (fixed in 3.9.1, 4.0.0)',
  rules: { dropsRecordsOfNewerEpoch: false },
  caughtBy: 'same-epoch-same-record',
  masked: {
    because: 'a leader sends only records of its own epoch or older ones',
    unmaskedBy: 'fetch-of-another-epoch-served',
  },
  config: old,
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
  config: old,
  bounds: { epochs: 1, records: 1, delayedMessages: 1 },
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
  config: old,
  bounds: { epochs: 1, records: 1, delayedMessages: 1 },
};

export const fetchingDefects: readonly KraftDefect[] = [
  unawaitedAnswerTaken,
  answerOfAnotherEpochTaken,
  truncatedBelowHighWatermark,
  fetchOfAnotherEpochServed,
  recordOfNewerEpochAppended,
  twoFetchesInFlight,
  appendedAtAnyOffset,
];
