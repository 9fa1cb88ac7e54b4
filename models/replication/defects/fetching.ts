import type { ReplicationDefect } from '../rules.ts';

/** A follower that has missed leader changes is taken for one that has followed them. */
const unfencedFetch: ReplicationDefect = {
  name: 'unfenced-fetch',
  statement: 'A leader answers fetches and epoch queries of another leader epoch than its own.',
  source: 'KIP-320, KAFKA-6880, KAFKA-7395 (fixed in 2.1.0)',
  rules: { fencesFetchByLeaderEpoch: false },
  caughtBy: 'logs-agree-below-high-watermark',
  config: { kafka: 'kip-320', brokers: 2, minInsyncReplicas: 1 },
  bounds: { records: 2, preferredElections: 2 },
};

/** The offset of a log that is about to be truncated counts as replicated. */
const creditForDivergingFetch: ReplicationDefect = {
  name: 'credit-for-diverging-fetch',
  statement: 'A leader counts the offset of a fetch that it answers with a divergence.',
  source: 'KIP-595; Partition.fetchRecords. Redpanda had the same in push form (2023)',
  rules: { creditsOnlyMatchingFetches: false },
  caughtBy: 'high-watermark-within-maximal-isr',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { records: 2, preferredElections: 1 },
};

/** Not only records: a divergence that was true two elections ago truncates what is committed now. */
const answerOfEarlierEpoch: ReplicationDefect = {
  name: 'answer-of-earlier-epoch',
  statement: 'A follower uses the answer to a fetch that it sent in an earlier leader epoch.',
  source:
    'KAFKA-13207, KAFKA-18991 (fixed in 3.9.1 and 4.0.1); AbstractFetcherThread.processFetchRequest',
  rules: { takesAnswersOf: 'anybody' },
  caughtBy: 'logs-agree-below-high-watermark',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { preferredElections: 3 },
  beyondRandomRuns:
    'Twenty steps in one order, with an answer that outlives two elections: about a million random steps.',
};

const answerAtAnotherOffset: ReplicationDefect = {
  name: 'answer-at-another-offset',
  statement: 'A follower appends the answer to a fetch from another offset than its log end.',
  source: 'KAFKA-13207 (fixed in 3.0.0); AbstractFetcherThread.processFetchRequest',
  rules: { fencesAnswerByOffset: false },
  caughtBy: 'same-epoch-same-record',
  masked: {
    because: 'with one answer in flight the log end moves only in a new leader epoch',
    unmaskedBy: 'answer-of-earlier-epoch',
  },
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { records: 3, preferredElections: 2 },
};

const highWatermarkOfDivergingAnswer: ReplicationDefect = {
  name: 'high-watermark-of-diverging-answer',
  statement: 'A follower takes the high watermark of a diverging answer before it truncates.',
  source: 'KAFKA-14704 (fixed in 3.3.3); ReplicaFetcherThread',
  rules: { highWatermarkOfDivergingAnswer: 'takenAlong' },
  caughtBy: 'high-watermark-within-log',
  masked: {
    because: 'the truncation that follows takes the high watermark along',
    unmaskedBy: 'truncation-keeps-high-watermark',
  },
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { records: 2, isrShrinks: 1, preferredElections: 1 },
};

/**
 * The same, with somebody who looks between the two steps: a consumer that reads from the follower gets records
 * that are cut then, and that the leader never had.
 */
const highWatermarkBeforeTruncation: ReplicationDefect = {
  name: 'high-watermark-before-truncation',
  statement:
    'A consumer reads from a follower between the high watermark of a diverging answer and the truncation.',
  source:
    'KAFKA-14704 (fixed in 3.3.3 and 3.4.1), KIP-392 (2.4); AbstractFetcherThread.processFetchRequest',
  releases: '2.7 to 3.3.2, 3.4.0 (where consumers read from followers)',
  rules: { highWatermarkOfDivergingAnswer: 'takenBefore' },
  caughtBy: 'readers-agree',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { records: 2, missedHeartbeats: 1 },
};

const recordsOfNewerEpoch: ReplicationDefect = {
  name: 'records-of-newer-epoch',
  statement: 'A follower appends records of a newer leader epoch than the one it knows.',
  source: 'KAFKA-18723 (fixed in 3.9.1); ReplicaFetcherThread.processPartitionData',
  rules: { dropsRecordsOfNewerEpoch: false },
  caughtBy: 'logs-agree-below-high-watermark',
  masked: {
    because: 'a leader in a newer epoch refuses the fetch',
    unmaskedBy: 'unfenced-fetch',
  },
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { records: 3, preferredElections: 2 },
};

/** What a process had before it lost power counts for the one that has taken its place. */
const fetchOfEarlierIncarnation: ReplicationDefect = {
  name: 'fetch-of-earlier-incarnation',
  statement: 'A leader counts a fetch that an earlier incarnation of the follower has sent.',
  source: 'KIP-903 (3.5.0); Partition.updateFollowerFetchState',
  rules: { fetchNeedsBrokerEpoch: false },
  caughtBy: 'acknowledged-records-survive',
  masked: {
    because: 'the controller compares the broker epoch of the proposed member',
    unmaskedBy: 'earlier-incarnation-joins-isr',
  },
  config: { eligibleLeaderReplicas: true, brokers: 2, requestsInFlight: true },
  bounds: { powerLosses: 1, preferredElections: 1 },
  beyondRandomRuns:
    'Seventeen steps, with a request that outlives its sender: about a million random steps.',
};

export const fetchingDefects: readonly ReplicationDefect[] = [
  unfencedFetch,
  creditForDivergingFetch,
  answerOfEarlierEpoch,
  answerAtAnotherOffset,
  highWatermarkOfDivergingAnswer,
  highWatermarkBeforeTruncation,
  recordsOfNewerEpoch,
  fetchOfEarlierIncarnation,
];
