import type { AnyAction } from '../../../checker/model/model.ts';
import { anyInt, anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { newestMetadata } from '../learning.ts';
import { raiseLogStartOffset } from '../log.ts';
import { hasTopic, isResponsive, servesAsLeader, speaksOfTopicOfNow } from '../metadata.ts';
import { onPartition } from '../partitionAction.ts';
import { decideMinInsyncReplicas } from '../partitionChange.ts';
import { partitionsIn } from '../partitionScope.ts';
import { checkpointHighWatermarks, hasNewHighWatermark } from '../replica.ts';

/**
 * changeMinIsr: an operator changes min.insync.replicas. Limited by `minIsrChanges`.
 *
 * Changes: the setting, which brokers learn with the metadata, apart from what they learn of partitions
 * (see applyConfiguration); ELR and last known leader are cleared.
 *
 * Source: see decideMinInsyncReplicas.
 */
export function changeMinIsr(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'changeMinIsr',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller changes min.insync.replicas to {to}',
    params: { to: anyInt(1, context.config.brokers) },
    spends: 'minIsrChanges',
    weight: 0.1,
    // An operator may ask for it, and need not.
    fair: false,
    enabled({ protocol }, { to }) {
      if (!hasTopic(context, protocol)) return 'UNKNOWN_TOPIC_OR_PARTITION';
      return newestMetadata(protocol).minInsyncReplicas !== to || 'it is the present setting';
    },
    step({ protocol }, { to }) {
      decideMinInsyncReplicas(context, protocol, to);
    },
  });
}

/**
 * checkpointHighWatermark: a broker writes its high watermark to disk. Limited by `checkpoints`; a
 * controlled shutdown writes it as well. Source: ReplicaManager.checkpointHighWatermarks.
 */
export function checkpointHighWatermark(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'checkpointHighWatermark',
    kind: 'protocol',
    actor: 'broker',
    phrase: '{broker} writes its high watermark to disk',
    params: { broker: anyNode(context.broker) },
    spends: 'checkpoints',
    weight: 0.2,
    // Nothing waits for it. Asked for, it would hold back every run that has a bound on it.
    fair: false,
    enabled({ protocol }, { broker }) {
      if (!isResponsive(protocol, broker)) return 'the broker is down';
      const isNew = hasNewHighWatermark(partitionsIn(context, protocol), broker);
      return isNew || 'the checkpoint is up to date';
    },
    step({ protocol }, { broker }) {
      checkpointHighWatermarks(partitionsIn(context, protocol), broker);
    },
  });
}

/**
 * deleteRecords: an administrator deletes the records below the high watermark. Limited by
 * `deletions`. The leader raises its log start offset; followers hear of it when they fetch.
 *
 * Left out: retention, which does the same by age, and tiered storage.
 *
 * Source: Partition.deleteRecordsOnLeader; KIP-107.
 */
export function deleteRecords(context: ReplicationContext): AnyAction {
  return onPartition(context, {
    name: 'deleteRecords',
    kind: 'client',
    actor: 'administrator',
    phrase: 'administrator deletes the records below the high watermark of {leader}',
    params: { leader: anyNode(context.broker) },
    spends: 'deletions',
    weight: 0.1,
    enabled(partition, { leader }) {
      if (!servesAsLeader(partition, leader)) return 'the broker does not act as leader';
      const { highWatermark, logStartOffset } = partition.replicas.get(leader);
      return highWatermark > logStartOffset || 'there is nothing below the high watermark';
    },
    step(partition, { leader }) {
      const replica = partition.replicas.get(leader);
      raiseLogStartOffset(replica, replica.highWatermark);
      if (speaksOfTopicOfNow(partition, leader)) {
        partition.record.deleted(partition.id, replica.highWatermark);
      }
    },
  });
}
