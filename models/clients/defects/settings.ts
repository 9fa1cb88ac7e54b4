import type { ClientsDefect } from '../rules.ts';

const repaired = { repairs: ['all'] } as const;
const plain = { idempotence: false } as const;

/*
 * What is no mistake of Kafka: settings that promise less, and what idempotence does not survive. A question notices,
 * which asks of everybody what is claimed of some.
 */

const sentAgainWithoutIdempotence: ClientsDefect = {
  name: 'sent-again-without-idempotence',
  statement: 'A producer without idempotence sends again what is in the log.',
  source: 'docs/design.html, at least once; ProducerConfig retries',
  rules: {},
  caughtBy: 'records-are-sent-once',
  config: plain,
  bounds: { disconnects: 1 },
};

const reorderedByRetry: ClientsDefect = {
  name: 'reordered-by-retry',
  statement: 'A producer without idempotence sends a record again behind the next one.',
  source: 'KAFKA-3197; ProducerConfig max.in.flight.requests.per.connection',
  rules: {},
  caughtBy: 'records-are-sent-in-order',
  config: plain,
  bounds: { records: 2, refusals: 1 },
};

const leaderAcknowledges: ClientsDefect = {
  name: 'acks-of-leader-alone',
  statement: 'With acks=1 success is told for what the leader alone has.',
  source: 'ProducerConfig acks (the default before 3.0, KIP-679)',
  rules: {},
  caughtBy: 'success-means-stored',
  config: { ...plain, acks: '1' },
  bounds: { failovers: 1 },
};

const nobodyAcknowledges: ClientsDefect = {
  name: 'acks-of-nobody',
  statement: 'With acks=0 success is told for what was only sent.',
  source: 'ProducerConfig acks',
  rules: {},
  caughtBy: 'success-means-stored',
  config: { ...plain, acks: '0' },
  bounds: { disconnects: 1 },
};

const committedLost: ClientsDefect = {
  name: 'committed-record-lost',
  statement: 'A failover that loses committed records takes acknowledged ones.',
  source: 'unclean.leader.election.enable; docs/replication.md',
  rules: {},
  caughtBy: 'success-means-stored',
  config: repaired,
  bounds: { uncleanFailovers: 1 },
};

const failedSendRepeated: ClientsDefect = {
  name: 'failed-send-repeated',
  statement: 'An application sends again what failed, and what failed is in the log.',
  source: 'ProducerConfig delivery.timeout.ms: failure does not say that nothing was appended',
  rules: {},
  caughtBy: 'records-are-sent-once',
  config: repaired,
  bounds: { expiries: 1, resends: 1 },
};

const restartedProducerRepeats: ClientsDefect = {
  name: 'restarted-producer-repeats',
  statement:
    'A process that is started again sends what the one before it has sent: it has another producer id.',
  source: 'KIP-98: idempotence is of one session',
  rules: {},
  caughtBy: 'records-are-sent-once',
  config: repaired,
  bounds: { producerRestarts: 1, resends: 1 },
};

const snapshotHasLastBatch: ClientsDefect = {
  name: 'snapshot-has-last-batch',
  statement:
    'A leader that was restarted does not know a batch before the last one in its snapshot.',
  source: 'ProducerStateManager.writeSnapshot (one batch of each producer)',
  rules: {},
  caughtBy: 'records-are-sent-once',
  config: repaired,
  bounds: { records: 2, snapshotLoads: 1, disconnects: 1, epochBumps: 1 },
};

const producerForgotten: ClientsDefect = {
  name: 'producer-forgotten',
  statement: 'A partition forgets a producer, and takes again what it sends again.',
  source: 'producer.id.expiration.ms; KAFKA-5793, KAFKA-7190, KAFKA-9144',
  rules: {},
  caughtBy: 'records-are-sent-once',
  config: repaired,
  bounds: { forgottenProducers: 1, disconnects: 1 },
};

const rejectedAfterAppend: ClientsDefect = {
  name: 'rejected-after-append',
  statement:
    'A batch is refused for good that is in the log by an earlier attempt; the next is numbered anew.',
  source: 'TransactionManager.handleFailedBatch; KAFKA-14034 (open), Redpanda #5355',
  rules: {},
  caughtBy: 'records-are-sent-once',
  config: repaired,
  bounds: { records: 2, rejections: 1, disconnects: 1, epochBumps: 1 },
};

const expiredArrivesLate: ClientsDefect = {
  name: 'expired-batch-arrives-late',
  statement:
    'An expired batch is taken for missing, arrives after all, and so does the next by both its numbers.',
  source: 'TransactionManager.canRetry (a gap behind an unresolved number); KIP-360',
  rules: {},
  caughtBy: 'records-are-sent-once',
  config: repaired,
  bounds: { records: 2, expiries: 1, lateRequests: 1, epochBumps: 1 },
};

/** Settings and events that producers do not survive. */
export const producerHazards: readonly ClientsDefect[] = [
  sentAgainWithoutIdempotence,
  reorderedByRetry,
  leaderAcknowledges,
  nobodyAcknowledges,
  committedLost,
  failedSendRepeated,
  restartedProducerRepeats,
  snapshotHasLastBatch,
  producerForgotten,
  rejectedAfterAppend,
  expiredArrivesLate,
];
