import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { type AlterPartitionAnswer, decideAlterPartition } from '../alterPartition.ts';
import type { ReplicationContext } from '../context.ts';
import { sendAlterPartition } from '../isr.ts';
import { brokerViewOf, isResponsive, isUp, servesAsLeader } from '../metadata.ts';
import { hearsController, reachesController } from '../network.ts';
import { onPartition } from '../partitionAction.ts';
import type { Partition } from '../partitionScope.ts';
import { dropPendingIsr } from '../replica.ts';
import type { Broker } from '../schema.ts';

/**
 * handleAlterPartition: the controller decides on an ISR change that a leader has proposed.
 *
 * Who: the controller. Enabled: the request is in flight and its sender is not cut off. Changes: a
 * valid request becomes a metadata record. A stale one is refused and the leader stays in its
 * pending state until newer metadata reaches it; the answer that a member is not eligible travels
 * back to the leader.
 *
 * Left out: the answer of success. Since the partition epoch is a compare-and-set, the record is
 * the next one that the leader replays, and an answer tells it nothing else.
 *
 * Source: ReplicationControlManager.alterPartition; KIP-497.
 */
export function handleAlterPartition(context: ReplicationContext): AnyAction {
  return onPartition(context, {
    name: 'handleAlterPartition',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller handles the AlterPartition of {sender}',
    params: { sender: anyNode(context.broker) },
    weight: 2,
    enabled(partition, { sender }) {
      if (partition.alterPartition.get(sender).inFlight !== 'request') {
        return 'no request is in flight';
      }
      return reachesController(partition, sender) || 'the sender is cut off from the controller';
    },
    step(partition, { sender }) {
      answerAlterPartition(partition, sender, decideAlterPartition(partition, sender));
    },
  });
}

/** Takes the request that is in flight off its way, or turns it into the answer that matters. */
export function answerAlterPartition(
  partition: Partition,
  sender: Broker,
  answer: AlterPartitionAnswer,
): void {
  if (answer !== 'INELIGIBLE_REPLICA' || !isUp(partition, sender)) {
    partition.alterPartition.clear(sender);
    return;
  }
  const request = partition.alterPartition.get(sender);
  const { partitionEpoch, topicId } = request;
  partition.alterPartition.clear(sender);
  request.inFlight = 'ineligibleReplica';
  request.topicId = topicId;
  request.partitionEpoch = partitionEpoch;
}

/**
 * receiveAlterPartitionAnswer: a leader hears that a member of the ISR it proposed is not eligible,
 * and goes back to the committed ISR. Source: Partition.handleAlterPartitionError.
 */
export function receiveAlterPartitionAnswer(context: ReplicationContext): AnyAction {
  return onPartition(context, {
    name: 'receiveAlterPartitionAnswer',
    kind: 'protocol',
    actor: 'leader',
    phrase: '{leader} hears that the ISR it proposed is refused',
    params: { leader: anyNode(context.broker) },
    weight: 2,
    enabled(partition, { leader }) {
      if (partition.alterPartition.get(leader).inFlight !== 'ineligibleReplica') {
        return 'no answer is in flight';
      }
      if (!hearsController(partition, leader)) return 'the leader is cut off from the controller';
      return !partition.brokers.get(leader).paused || 'the broker stands still';
    },
    step(partition, { leader }) {
      const { partitionEpoch, topicId } = partition.alterPartition.get(leader);
      partition.alterPartition.clear(leader);
      if (!isUp(partition, leader)) return;
      const view = brokerViewOf(partition, leader);
      if (view.partitionEpoch === partitionEpoch && view.topicId === topicId) {
        dropPendingIsr(partition.replicas.get(leader));
      }
    },
  });
}

/**
 * resendAlterPartition: a leader repeats a proposal whose request or answer was lost.
 *
 * Who: the leader, for ever. Enabled: a change is pending, and neither a request nor an answer is
 * in flight. Changes: the same proposal is in flight again. It is refused if metadata that the
 * leader has not replayed has moved on.
 *
 * Source: DefaultAlterPartitionManager (retried until answered).
 */
export function resendAlterPartition(context: ReplicationContext): AnyAction {
  const { bounds, rules } = context;
  return onPartition(context, {
    name: 'resendAlterPartition',
    kind: 'protocol',
    actor: 'leader',
    phrase: '{leader} sends its AlterPartition again',
    params: { leader: anyNode(context.broker) },
    enabled(partition, { leader }) {
      if (bounds.lostMessages + bounds.controllerFailovers === 0) return 'no message is ever lost';
      if (!rules.repeatsIsrChange) return 'a proposal is made once';
      if (!servesAsLeader(partition, leader) || !isResponsive(partition, leader)) {
        return 'the broker does not act as leader';
      }
      if (partition.replicas.get(leader).pendingIsr.change === 'none')
        return 'no change is pending';
      return partition.alterPartition.get(leader).inFlight === 'none' || 'the request is in flight';
    },
    step(partition, { leader }) {
      sendAlterPartition(partition, leader);
    },
  });
}
