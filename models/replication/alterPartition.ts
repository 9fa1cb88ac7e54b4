import { electionKind, isActive } from './election.ts';
import { controllerView, isAssigned } from './metadata.ts';
import { decideOn } from './partitionChange.ts';
import type { Partition, RuledPartition } from './partitionScope.ts';
import type { AlterPartitionView, Broker } from './schema.ts';

/** What the controller answers to an AlterPartition request. */
export type AlterPartitionAnswer =
  | 'NONE'
  | 'STALE_BROKER_EPOCH'
  | 'UNKNOWN_TOPIC_ID'
  | 'NOT_CONTROLLER'
  | 'FENCED_LEADER_EPOCH'
  | 'INVALID_REQUEST'
  | 'INVALID_UPDATE_VERSION'
  | 'INELIGIBLE_REPLICA';

/** What a request says. */
export type IsrRequest = Omit<AlterPartitionView, 'inFlight' | 'isr'> & {
  readonly isr: Pick<AlterPartitionView['isr'], 'has' | 'some'>;
};

/**
 * Decides on the ISR change in a broker's request, the one that is in flight if no other is given:
 * validates it in the order of the controller and writes the new ISR.
 *
 * Source: ReplicationControlManager.alterPartition, validateAlterPartitionData; KIP-497, KIP-841,
 * KIP-903.
 */
export function decideAlterPartition(
  partition: Partition,
  sender: Broker,
  request: AlterPartitionView = partition.alterPartition.get(sender),
): AlterPartitionAnswer {
  const answer = answerTo(partition, sender, request);
  if (answer === 'NONE') writeIsr(partition, request.isr);
  return answer;
}

/** Writes the ISR that a leader has asked for. */
export function writeIsr(partition: Partition, members: Iterable<Broker>): void {
  decideOn(partition, {
    kind: electionKind(partition.context, partition),
    edit(draft) {
      draft.isr.clear();
      for (const member of members) draft.isr.add(member);
      // The leader sends RECOVERED with its first ISR change (KIP-704).
      draft.recovering = false;
    },
  });
}

/** What the controller answers to a request, without deciding anything. */
export function answerTo(
  partition: RuledPartition,
  sender: Broker,
  request: IsrRequest,
): AlterPartitionAnswer {
  const { rules } = partition.context;
  const now = controllerView(partition);
  const { partitionEpoch } = now;
  const { brokerEpoch, state } = partition.registrations.get(sender);
  if (request.senderBrokerEpoch !== brokerEpoch || state.state === 'unregistered') {
    return 'STALE_BROKER_EPOCH';
  }
  if (rules.isrChangeNamesTopicId && request.topicId !== now.topicId) return 'UNKNOWN_TOPIC_ID';
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
  return hasIneligibleMember(partition, request) ? 'INELIGIBLE_REPLICA' : 'NONE';
}

function hasIneligibleMember(
  partition: RuledPartition,
  { isr, added, addedBrokerEpoch }: IsrRequest,
): boolean {
  const { rules } = partition.context;
  if (rules.refusesIneligibleMembers && isr.some(member => !isActive(partition, member))) {
    return true;
  }
  return (
    rules.checksBrokerEpochOfMembers &&
    added !== undefined &&
    addedBrokerEpoch !== partition.registrations.get(added).brokerEpoch
  );
}

/**
 * A leader names in its request the broker epoch under which each member has fetched. One that is of the past
 * stays so, and the request is refused for it, whoever else is in it: so the request notes such a member in place
 * of the one that it adds. Only a member that is replaced without anybody noticing can be one. Whoever else is
 * replaced leaves the ISR, which the partition epoch shows. Of a member that has not fetched from it the leader
 * names no epoch.
 *
 * Source: Partition.addBrokerEpochToIsr, ReplicationControlManager.ineligibleReplicasForIsr (KIP-903).
 */
export function noteReplacedMembers(partition: Partition, leader: Broker): void {
  if (!partition.context.rules.checksBrokerEpochOfMembers) return;
  const request = partition.alterPartition.get(leader);
  if (request.inFlight !== 'request') return;
  const { isr } = controllerView(partition);
  for (const member of partition.context.broker.all) {
    if (member === leader || !request.isr.has(member) || !isr.has(member)) continue;
    const { logEndOffset, brokerEpoch } = partition.replicas.get(leader).followers.get(member);
    const isOfNow = brokerEpoch === partition.registrations.get(member).brokerEpoch;
    if (logEndOffset === undefined || isOfNow) continue;
    request.added = member;
    request.addedBrokerEpoch = brokerEpoch;
  }
}
