import type { ReplicationDefect } from '../rules.ts';

const pair = { brokers: 2, minInsyncReplicas: 1 } as const;

/** The log of the old topic is compared with the new one by offsets and epochs alone, and fits. */
const strayLogTaken: ReplicationDefect = {
  name: 'stray-log-taken',
  statement: 'A broker that was down takes the log of a deleted topic for one of the same name.',
  source: 'KIP-516 (2.8.0): what topic ids are for; KAFKA-12257',
  rules: { strayLogs: 'taken' },
  caughtBy: 'deleted-topic-stays-deleted',
  config: pair,
  bounds: { crashes: 1, topicDeletions: 1 },
};

/** The follower has not heard of the deletion: it fetches for the old topic, and counts for the new one. */
const fetchOfDeletedTopic: ReplicationDefect = {
  name: 'fetch-of-deleted-topic',
  statement: 'A leader answers fetches for a deleted topic of the same name.',
  source: 'KIP-516 (3.1.0); ReplicaManager.readFromLog, INCONSISTENT_TOPIC_ID',
  rules: { fetchNamesTopicId: false },
  caughtBy: 'high-watermark-within-maximal-isr',
  config: pair,
  bounds: { records: 2, topicDeletions: 1 },
};

const answerOfDeletedTopic: ReplicationDefect = {
  name: 'answer-of-deleted-topic',
  statement: 'A follower appends what it has fetched for a deleted topic of the same name.',
  source: 'AbstractFetcherThread.processFetchRequest (isReadyForFetch)',
  rules: { fencesAnswerByTopicId: false },
  caughtBy: 'deleted-topic-stays-deleted',
  config: pair,
  bounds: { topicDeletions: 1 },
};

/** All epochs begin again at 0, so that those of the old topic come round. */
const isrChangeOfDeletedTopic: ReplicationDefect = {
  name: 'isr-change-of-deleted-topic',
  statement: 'The controller accepts an ISR change for a deleted topic of the same name.',
  source: 'KIP-841 (3.3.0); ReplicationControlManager.alterPartition, UNKNOWN_TOPIC_ID',
  rules: { isrChangeNamesTopicId: false },
  caughtBy: 'maximal-isr-covers-isr',
  config: pair,
  bounds: { isrShrinks: 1, missedHeartbeats: 1, topicDeletions: 1 },
};

export const topicDefects: readonly ReplicationDefect[] = [
  strayLogTaken,
  fetchOfDeletedTopic,
  answerOfDeletedTopic,
  isrChangeOfDeletedTopic,
];
