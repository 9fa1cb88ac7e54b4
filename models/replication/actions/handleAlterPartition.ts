import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { appendMetadata } from '../election.ts';
import { controllerPartitionEpoch, controllerView, isUp } from '../metadata.ts';
import { controllerConnected } from '../network.ts';
import { dropPendingIsr } from '../replica.ts';
import type { Broker, Protocol, ReadonlyProtocol } from '../schema.ts';

/**
 * handleAlterPartition: the controller decides on an ISR change that a leader has proposed.
 *
 * Who: the controller. Enabled: the request is in flight and its sender is not cut off. Changes: a
 * valid request becomes a metadata record. A stale one is refused and the leader stays in its
 * pending state until newer metadata reaches it; one that names an ineligible replica is refused
 * and the leader goes back to the committed ISR.
 *
 * Left out: loss of the request (the leader repeats it for ever) and of the answer (the leader
 * learns the outcome from the metadata, later than an answer could tell it).
 *
 * Source: ReplicationControlManager.alterPartition, validateAlterPartitionData, in its order of
 * checks; KIP-497, KIP-841, KIP-903.
 */
export function handleAlterPartition(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'handleAlterPartition',
    kind: 'protocol',
    actor: 'controller',
    params: { sender: anyNode(context.broker) },
    weight: 2,
    enabled({ protocol }, { sender }) {
      if (!protocol.alterPartition.get(sender).inFlight) return 'no request is in flight';
      if (!controllerConnected(protocol, sender))
        return 'the sender is cut off from the controller';
      return true;
    },
    step({ protocol }, { sender }) {
      const request = protocol.alterPartition.get(sender);
      const answer = validate(context, protocol, sender);
      if (answer === 'NONE') {
        appendMetadata(context, protocol, { writesLeader: false }).isr.assign(request.isr);
      } else if (answer === 'INELIGIBLE_REPLICA') {
        revertPending(protocol, sender);
      }
      protocol.alterPartition.clear(sender);
    },
  });
}

type Answer =
  | 'NONE'
  | 'STALE_BROKER_EPOCH'
  | 'FENCED_LEADER_EPOCH'
  | 'INVALID_REQUEST'
  | 'INVALID_UPDATE_VERSION'
  | 'INELIGIBLE_REPLICA';

function validate(context: ReplicationContext, protocol: ReadonlyProtocol, sender: Broker): Answer {
  const request = protocol.alterPartition.get(sender);
  const now = controllerView(protocol);
  const { fenced, brokerEpochs } = protocol.registrations;
  const checksEpochs = context.rules.checksAlterPartitionEpochs;
  if (request.senderBrokerEpoch !== brokerEpochs.get(sender)) return 'STALE_BROKER_EPOCH';
  if (checksEpochs && request.leaderEpoch < now.leaderEpoch) return 'FENCED_LEADER_EPOCH';
  if (now.leader !== sender) return 'INVALID_REQUEST';
  if (checksEpochs && request.partitionEpoch < controllerPartitionEpoch(protocol)) {
    return 'INVALID_UPDATE_VERSION';
  }
  if (!request.isr.has(sender)) return 'INVALID_REQUEST';
  if (request.isr.some(member => fenced.has(member))) return 'INELIGIBLE_REPLICA';
  const { added } = request;
  // Only the added member can have been replaced unnoticed: replacing another member removes it
  // from the ISR, which the partition epoch shows.
  if (added !== undefined && request.addedBrokerEpoch !== brokerEpochs.get(added)) {
    return 'INELIGIBLE_REPLICA';
  }
  return 'NONE';
}

function revertPending(protocol: Protocol, sender: Broker): void {
  const replica = protocol.brokers.get(sender);
  const { partitionEpoch } = protocol.alterPartition.get(sender);
  if (isUp(protocol, sender) && replica.metadataOffset === partitionEpoch) dropPendingIsr(replica);
}
