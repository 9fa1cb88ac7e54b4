import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { type AlterPartitionAnswer, decideAlterPartition } from '../alterPartition.ts';
import type { ReplicationContext } from '../context.ts';
import { maybeAdvanceHighWatermark } from '../highWatermark.ts';
import { sendAlterPartition } from '../isr.ts';
import {
  brokerViewOf,
  controllerView,
  isResponsive,
  isUp,
  partitionEpochKnownTo,
  servesAsLeader,
} from '../metadata.ts';
import { hearsController, reachesController } from '../network.ts';
import { onPartition } from '../partitionAction.ts';
import type { Partition, PartitionStep } from '../partitionScope.ts';
import { dropPendingIsr } from '../replica.ts';
import type { AlterPartitionView, Broker } from '../schema.ts';

/**
 * handleAlterPartition: the controller decides on an ISR change that a leader has proposed.
 *
 * Who: the controller. Enabled: the request is in flight and its sender is not cut off. Changes: a
 * valid request becomes a metadata record. A stale one is refused and the leader stays in its
 * pending state until newer metadata reaches it; the answer that a member is not eligible travels
 * back to the leader, and with `isrAnswers` so does success, if the request has not cost its sender
 * the leadership (NEW_LEADER_ELECTED, which like a refusal leaves the leader pending).
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
      const answer = decideAlterPartition(partition, sender);
      answerAlterPartition(partition, sender, answer);
    },
  });
}

/** Takes the request that is in flight off its way, or turns it into the answer that matters. */
export function answerAlterPartition(
  partition: Partition,
  sender: Broker,
  answer: AlterPartitionAnswer,
): void {
  const request = partition.alterPartition.get(sender);
  const { partitionEpoch, topicId, senderBrokerEpoch } = request;
  partition.alterPartition.clear(sender);
  if (!isUp(partition, sender)) return;
  if (answer === 'INELIGIBLE_REPLICA') {
    Object.assign(request, { inFlight: 'ineligibleReplica', topicId, partitionEpoch });
  } else if (answer === 'NONE' && partition.context.config.isrAnswers) {
    answerSuccess(partition, sender, senderBrokerEpoch);
  }
}

/** The answer tells what the controller has now, and goes to the process that has asked. */
function answerSuccess(partition: Partition, sender: Broker, senderBrokerEpoch: number): void {
  const { topicId, leader, leaderEpoch, partitionEpoch, isr } = controllerView(partition);
  if (leader !== sender || partition.brokers.get(sender).brokerEpoch !== senderBrokerEpoch) return;
  const answer = partition.alterPartition.get(sender);
  Object.assign(answer, { inFlight: 'success', topicId, leaderEpoch, partitionEpoch });
  answer.isr.assign(isr);
}

/**
 * receiveAlterPartitionAnswer: a leader hears what has become of the ISR that it proposed.
 *
 * Who: the leader. Enabled: the answer is in flight and the broker is not cut off. Changes: if a member
 * is not eligible it goes back to the committed ISR; of a success it takes the ISR and the partition epoch,
 * if its own leader epoch is that of the answer and the metadata has not decided before.
 *
 * Source: Partition.handleAlterPartitionError, handleAlterPartitionUpdate.
 */
export function receiveAlterPartitionAnswer(context: ReplicationContext): AnyAction {
  return onPartition(context, {
    name: 'receiveAlterPartitionAnswer',
    kind: 'protocol',
    actor: 'leader',
    phrase: '{leader} hears what has become of the ISR it proposed',
    params: { leader: anyNode(context.broker) },
    weight: 2,
    enabled(partition, { leader }) {
      const { inFlight } = partition.alterPartition.get(leader);
      if (inFlight !== 'ineligibleReplica' && inFlight !== 'success')
        return 'no answer is in flight';
      if (!hearsController(partition, leader)) return 'the leader is cut off from the controller';
      return !partition.brokers.get(leader).paused || 'the broker stands still';
    },
    step(partition, { leader }) {
      const answer = partition.alterPartition.get(leader);
      const { inFlight, partitionEpoch, topicId } = answer;
      if (inFlight === 'success') takeSuccess(partition, leader, answer);
      partition.alterPartition.clear(leader);
      if (inFlight === 'success' || !isUp(partition, leader)) return;
      if (brokerViewOf(partition, leader).topicId !== topicId) return;
      if (partitionEpochKnownTo(partition, leader) === partitionEpoch) {
        dropPendingIsr(partition.replicas.get(leader));
      }
    },
  });
}

/** The leader takes the ISR of the answer, unless it does not wait for it any more. */
function takeSuccess(
  partition: PartitionStep,
  leader: Broker,
  { topicId, leaderEpoch, partitionEpoch, isr }: AlterPartitionView,
): void {
  const replica = partition.replicas.get(leader);
  if (replica.pendingIsr.change === 'none') return;
  const view = brokerViewOf(partition, leader);
  if (topicId !== view.topicId || leaderEpoch !== view.leaderEpoch) return;
  if (partitionEpoch < partitionEpochKnownTo(partition, leader)) return;
  dropPendingIsr(replica);
  if (partitionEpoch > partitionEpochKnownTo(partition, leader)) {
    replica.answeredIsr.partitionEpoch = partitionEpoch;
    replica.answeredIsr.isr.assign(isr);
  }
  if (partition.context.rules.reevaluatesOnIsrChange) maybeAdvanceHighWatermark(partition, leader);
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
