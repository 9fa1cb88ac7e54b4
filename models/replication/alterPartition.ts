import type { ReplicationContext } from './context.ts';
import { electionKind, isActive } from './election.ts';
import { controllerPartitionEpoch, controllerView, isAssigned } from './metadata.ts';
import { changePartition } from './partitionChange.ts';
import type { AlterPartitionView, Broker, Protocol, ReadonlyProtocol } from './schema.ts';

/** What the controller answers to an AlterPartition request. */
export type AlterPartitionAnswer =
  | 'NONE'
  | 'STALE_BROKER_EPOCH'
  | 'NOT_CONTROLLER'
  | 'FENCED_LEADER_EPOCH'
  | 'INVALID_REQUEST'
  | 'INVALID_UPDATE_VERSION'
  | 'INELIGIBLE_REPLICA';

/**
 * Decides on the ISR change in a broker's request, the one that is in flight if no other is given:
 * validates it in the order of the controller and writes the new ISR.
 *
 * Source: ReplicationControlManager.alterPartition, validateAlterPartitionData; KIP-497, KIP-841,
 * KIP-903.
 */
export function decideAlterPartition(
  context: ReplicationContext,
  protocol: Protocol,
  sender: Broker,
  request: AlterPartitionView = protocol.alterPartition.get(sender),
): AlterPartitionAnswer {
  const answer = validate(context, protocol, sender, request);
  if (answer !== 'NONE') return answer;
  const { isr } = request;
  changePartition(context, protocol, {
    kind: electionKind(context),
    edit(draft) {
      draft.isr.assign(isr);
      // The leader sends RECOVERED with its first ISR change (KIP-704).
      draft.recovering = false;
    },
  });
  return 'NONE';
}

function validate(
  context: ReplicationContext,
  protocol: ReadonlyProtocol,
  sender: Broker,
  request: AlterPartitionView,
): AlterPartitionAnswer {
  const { rules } = context;
  const now = controllerView(protocol);
  const partitionEpoch = controllerPartitionEpoch(protocol);
  if (request.senderBrokerEpoch !== protocol.registrations.get(sender).brokerEpoch) {
    return 'STALE_BROKER_EPOCH';
  }
  if (request.leaderEpoch > now.leaderEpoch || request.partitionEpoch > partitionEpoch) {
    return 'NOT_CONTROLLER';
  }
  if (rules.checksLeaderOfIsrChange) {
    if (request.leaderEpoch < now.leaderEpoch) return 'FENCED_LEADER_EPOCH';
    if (now.leader !== sender) return 'INVALID_REQUEST';
  }
  if (rules.checksPartitionEpochOfIsrChange && request.partitionEpoch < partitionEpoch) {
    return 'INVALID_UPDATE_VERSION';
  }
  if (!request.isr.has(sender) || request.isr.some(member => !isAssigned(now, member))) {
    return 'INVALID_REQUEST';
  }
  return hasIneligibleMember(context, protocol, request) ? 'INELIGIBLE_REPLICA' : 'NONE';
}

function hasIneligibleMember(
  { rules }: ReplicationContext,
  protocol: ReadonlyProtocol,
  { isr, added, addedBrokerEpoch }: AlterPartitionView,
): boolean {
  if (rules.refusesIneligibleMembers && isr.some(member => !isActive(protocol, member))) {
    return true;
  }
  // Only the added member can have been replaced unnoticed: replacing another member removes it
  // from the ISR, which the partition epoch shows.
  return (
    rules.checksBrokerEpochOfMembers &&
    added !== undefined &&
    addedBrokerEpoch !== protocol.registrations.get(added).brokerEpoch
  );
}
