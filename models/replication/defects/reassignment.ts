import type { ReplicationDefect } from '../rules.ts';

const reassignmentEndsAtOnce: ReplicationDefect = {
  name: 'reassignment-ends-at-once',
  statement: 'A reassignment removes the old replicas before the new ones are in the ISR.',
  source: 'KIP-455; PartitionReassignmentReplicas.maybeCompleteReassignment',
  rules: { reassignmentEndsWith: 'nobody' },
  caughtBy: 'isr-within-replicas',
  config: { brokers: 1, minInsyncReplicas: 1, spareBrokers: 1 },
  bounds: { reassignments: 1 },
};

/** Its log was deleted in between. */
const removedReplicaRemembered: ReplicationDefect = {
  name: 'removed-replica-remembered',
  statement:
    'The leader keeps what it knew of a replica that was removed from the assignment and added again.',
  source: 'Partition.updateAssignmentAndIsr; Vanlightly/kafka-tlaplus, reassignment',
  rules: { forgetsRemovedReplicas: false },
  caughtBy: 'logs-agree-below-high-watermark',
  masked: {
    because: 'a replica joins the ISR only at a fetch, by what this fetch says',
    unmaskedBy: 'remembered-follower-joins-isr',
  },
  config: { minInsyncReplicas: 1 },
  bounds: { reassignments: 2 },
};

export const reassignmentDefects: readonly ReplicationDefect[] = [
  reassignmentEndsAtOnce,
  removedReplicaRemembered,
];
