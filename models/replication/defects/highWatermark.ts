import { isInMaximalIsr, isPending, type ReplicationDefect } from '../rules.ts';

const highWatermarkIgnoresIsr: ReplicationDefect = {
  name: 'high-watermark-ignores-isr',
  statement: 'The leader advances its high watermark without waiting for the ISR.',
  source: 'Partition.maybeIncrementLeaderHW; KIP-497',
  rules: { waitsFor: () => false },
  caughtBy: 'logs-agree-below-high-watermark',
  config: { brokers: 2 },
  bounds: { preferredElections: 1 },
};

/** Raft's rule where any member of the ISR may be elected: a mix of two protocols. */
const highWatermarkByMajority: ReplicationDefect = {
  name: 'high-watermark-by-majority',
  statement: 'The leader waits for a majority of the ISR, and any member of it may be elected.',
  source: 'Raft, applied to replicas that elect as Kafka does',
  rules: { mayMiss: replicas => Math.floor((replicas - 1) / 2) },
  caughtBy: 'logs-agree-below-high-watermark',
  bounds: { preferredElections: 1 },
};

/** A shrink counts before the controller has agreed, which may still elect the removed member. */
const optimisticIsrShrink: ReplicationDefect = {
  name: 'optimistic-isr-shrink',
  statement: 'The leader does not wait any more for a follower that it has proposed to remove.',
  source: 'KIP-497; Partition.maximalIsr; hachikuji/kafka-specification, AsyncIsr',
  rules: {
    waitsFor: (leader, isr, replica) =>
      isInMaximalIsr(leader, isr, replica) &&
      (leader.pendingIsr.change !== 'shrink' || isPending(leader, replica)),
  },
  caughtBy: 'logs-agree-below-high-watermark',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { isrShrinks: 1, preferredElections: 1 },
};

/** The controller may have accepted an expansion, and may elect the new member at once. */
const uncountedIsrExpansion: ReplicationDefect = {
  name: 'uncounted-isr-expansion',
  statement: 'The leader does not wait for a follower that it has proposed to add.',
  source: 'KIP-497; Partition.maximalIsr; hachikuji/kafka-specification, AsyncIsr',
  rules: { waitsFor: (_leader, isr, replica) => isr.has(replica) },
  caughtBy: 'logs-agree-below-high-watermark',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { isrShrinks: 1, preferredElections: 1 },
};

const highWatermarkNotRecomputed: ReplicationDefect = {
  name: 'high-watermark-not-recomputed',
  statement: 'A change of the ISR does not make the leader look at its high watermark again.',
  source: 'KAFKA-13091 (fixed in 3.1.0), KAFKA-420; Partition.makeLeader',
  rules: { reevaluatesOnIsrChange: false },
  caughtBy: 'settled-replicas-agree',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { crashes: 1 },
};

const highWatermarkWaitsForRemoved: ReplicationDefect = {
  name: 'high-watermark-waits-for-removed',
  statement: 'The leader waits for every replica, also for those that left the ISR.',
  source: 'KAFKA-15021 (fixed in 3.6.0); Partition.maybeIncrementLeaderHW',
  rules: { waitsFor: () => true },
  caughtBy: 'settled-replicas-agree',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { crashes: 1 },
};

/** A member of the ELR may then lack what consumers have read. */
const highWatermarkBelowMinIsr: ReplicationDefect = {
  name: 'high-watermark-below-min-isr',
  statement: 'The high watermark moves while the ISR is below min.insync.replicas, and ELR is on.',
  source: 'KAFKA-15583 (fixed in 3.7.0); KIP-966',
  rules: { highWatermarkNeedsMinIsr: false },
  caughtBy: 'elr-members-have-committed-records',
  config: { eligibleLeaderReplicas: true, brokers: 2 },
  bounds: { isrShrinks: 1 },
};

const checkpointBeyondLog: ReplicationDefect = {
  name: 'checkpoint-beyond-log',
  statement:
    'A broker that has lost records starts from its checkpointed high watermark, beyond its log.',
  source: 'Partition.createLog, UnifiedLog.updateHighWatermark; replication-offset-checkpoint',
  rules: { clipsCheckpointedHighWatermark: false },
  caughtBy: 'high-watermark-within-log',
  config: { brokers: 1, minInsyncReplicas: 1 },
  bounds: { powerLosses: 1, checkpoints: 1 },
};

/** The follower may have truncated under another leader in between. */
const followersKeptAcrossElections: ReplicationDefect = {
  name: 'followers-kept-across-elections',
  statement:
    'A broker that is elected again counts what its followers fetched in its earlier leadership.',
  source: 'Replica.resetReplicaState; Vanlightly/kafka-tlaplus, become-leader',
  rules: { forgetsFollowersOnElection: false },
  caughtBy: 'logs-agree-below-high-watermark',
  bounds: { preferredElections: 2 },
};

/**
 * A broker that lags behind the metadata passes over the record that made another broker leader,
 * finds itself leader again in a newer epoch, and keeps what it knew of its followers, as a leader
 * that stays leader does. A follower may have truncated in the epoch that was passed over.
 *
 * Found with this model, and then seen on running clusters: every release with KRaft does so
 * (docs/findings.md).
 */
const skippedEpochKeepsFollowerState: ReplicationDefect = {
  name: 'skipped-epoch-keeps-follower-state',
  statement:
    'A leader that passes over an epoch in which another broker led keeps what it knew of its followers.',
  source:
    'Partition.makeLeader, Replica.resetReplicaState, MetadataLoader (seen on 3.9.1 and 4.3.1)',
  rules: { actsOnEveryMetadataRecord: false },
  caughtBy: 'logs-agree-below-high-watermark',
  bounds: { preferredElections: 2 },
  beyondRandomRuns:
    'Seventeen steps, with a broker that sleeps through two elections and leads then: about a million random steps.',
};

export const highWatermarkDefects: readonly ReplicationDefect[] = [
  highWatermarkIgnoresIsr,
  highWatermarkByMajority,
  optimisticIsrShrink,
  uncountedIsrExpansion,
  highWatermarkNotRecomputed,
  highWatermarkWaitsForRemoved,
  highWatermarkBelowMinIsr,
  checkpointBeyondLog,
  followersKeptAcrossElections,
  skippedEpochKeepsFollowerState,
];
