import type { AnyAction } from '../../../checker/model/model.ts';
import { anyInt, anyNode, anyOf } from '../../../checker/model/params.ts';
import { mayElectUncleanly } from '../actions/electLeaders.ts';
import { answerTo, type IsrRequest, writeIsr } from '../alterPartition.ts';
import type { ReplicationContext } from '../context.ts';
import { isActive, mayBePreferred } from '../election.ts';
import { controllerView, isCreated } from '../metadata.ts';
import { onPartition } from '../partitionAction.ts';
import { decideMinInsyncReplicas, decideOn, decideOnTopic, orderOf } from '../partitionChange.ts';
import type { RuledPartition } from '../partitionScope.ts';
import type { Broker } from '../schema.ts';
import { type Assignment, hasAssignment, keepNewestRecord, writeAssignment } from './assignment.ts';

/** What the controller decides about the partition, for a leader or an operator that asks. */
export function partitionDecisions(
  context: ReplicationContext,
  assignments: readonly Assignment[],
): AnyAction[] {
  const asked = assignments.length === 0 ? [] : [create, reassign];
  return [
    alterPartition(context),
    electPreferred(context),
    electUncleanly(context),
    ...asked.map(action => action(context, assignments)),
  ];
}

/**
 * alterPartition: the leader asks for another ISR, with the epochs that the controller has: with others it is refused.
 * It adds one member, or takes some away.
 * Source: ReplicationControlManager.alterPartition.
 */
function alterPartition(context: ReplicationContext): AnyAction {
  const { broker } = context;
  const sets = subsetsOf(broker.all).map(
    members => [members.map(each => broker.nameOf(each)).join('_'), members] as const,
  );
  const named = new Map(sets);
  return onPartition(context, {
    name: 'alterPartition',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller makes {isr} the ISR, as {leader} asks',
    params: { leader: anyNode(broker), isr: anyOf(...named.keys()) },
    enabled(partition, { leader, isr }) {
      const members = named.get(isr) ?? [];
      if (!isProposed(partition, members)) return 'a leader adds one member, or takes some away';
      const asked = requestFor(partition, leader, members);
      const answer = answerTo(partition, leader, asked);
      return answer === 'NONE' || answer;
    },
    step(partition, { isr }) {
      writeIsr(partition, named.get(isr) ?? []);
      keepNewestRecord(partition.protocol);
    },
  });
}

/** A leader has one change in flight: a follower that has caught up, or those that lag. */
function isProposed(partition: RuledPartition, members: readonly Broker[]): boolean {
  const { isr } = controllerView(partition);
  const added = members.filter(member => !isr.has(member)).length;
  return added === 0 || (added === 1 && isr.every(member => members.includes(member)));
}

function requestFor(
  partition: RuledPartition,
  leader: Broker,
  members: readonly Broker[],
): IsrRequest {
  const { topicId, leaderEpoch, partitionEpoch } = controllerView(partition);
  return {
    topicId,
    leaderEpoch,
    partitionEpoch,
    senderBrokerEpoch: partition.registrations.get(leader).brokerEpoch,
    isr: { has: broker => members.includes(broker), some: test => members.some(test) },
    added: undefined,
    addedBrokerEpoch: 0,
  };
}

/** electPreferred: the first of the assignment leads again. Source: maybeBalancePartitionLeaders, electLeaders. */
function electPreferred(context: ReplicationContext): AnyAction {
  return onPartition(context, {
    name: 'electPreferred',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller moves the leadership to the preferred replica',
    params: {},
    enabled(partition) {
      const now = controllerView(partition);
      const [preferred] = orderOf(now);
      if (preferred === undefined) return 'UNKNOWN_TOPIC_OR_PARTITION';
      if (now.leader === preferred) return 'ELECTION_NOT_NEEDED';
      return mayBePreferred(partition, now, preferred) || 'PREFERRED_LEADER_NOT_AVAILABLE';
    },
    step(partition) {
      decideOn(partition, { kind: 'preferred' });
      keepNewestRecord(partition.protocol);
    },
  });
}

/** electUncleanly: as an operator asks, or as the topic's configuration does. Source: electLeaders. */
function electUncleanly(context: ReplicationContext): AnyAction {
  return onPartition(context, {
    name: 'electUncleanly',
    kind: 'fault',
    actor: 'controller',
    phrase: 'controller elects a leader uncleanly',
    params: {},
    enabled(partition) {
      const isThere = isCreated(controllerView(partition));
      return isThere ? mayElectUncleanly(partition) : 'UNKNOWN_TOPIC_OR_PARTITION';
    },
    step(partition) {
      decideOn(partition, { kind: 'unclean' });
      keepNewestRecord(partition.protocol);
    },
  });
}

/**
 * create: the topic is created with an assignment that is asked for, or was drawn. Who is active is in the ISR, and the
 * first of them leads. Source: ReplicationControlManager.createTopic, buildPartitionRegistration.
 */
function create(context: ReplicationContext, assignments: readonly Assignment[]): AnyAction {
  return onPartition(context, {
    name: 'create',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller creates the topic (assignment {assignment})',
    params: { assignment: anyInt(0, assignments.length - 1) },
    enabled(partition, { assignment }) {
      if (isCreated(controllerView(partition))) return 'TOPIC_ALREADY_EXISTS';
      const { replicas } = assignments[assignment] as Assignment;
      const isAny = replicas.some(member => isActive(partition, member as Broker));
      return isAny || 'INVALID_REPLICA_ASSIGNMENT';
    },
    step(partition, { assignment }) {
      decideOnTopic(context, partition.protocol, draft => {
        const asked = assignments[assignment] as Assignment;
        writeAssignment(asked, draft);
        const inOrder = orderOf(draft).filter(member => isActive(partition, member));
        for (const member of inOrder) draft.isr.add(member);
        draft.leader = inOrder[0];
      });
      keepNewestRecord(partition.protocol);
    },
  });
}

/**
 * reassign: an operator gives the partition another assignment, or takes back one that is under way.
 * Source: ReplicationControlManager.changePartitionReassignment, cancelPartitionReassignment.
 */
function reassign(context: ReplicationContext, assignments: readonly Assignment[]): AnyAction {
  return onPartition(context, {
    name: 'reassign',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller reassigns the partition (assignment {assignment})',
    params: { assignment: anyInt(0, assignments.length - 1) },
    enabled(partition, { assignment }) {
      const now = controllerView(partition);
      if (!isCreated(now)) return 'UNKNOWN_TOPIC_OR_PARTITION';
      return !hasAssignment(now, assignments[assignment] as Assignment) || 'it is so already';
    },
    step(partition, { assignment }) {
      const asked = assignments[assignment] as Assignment;
      decideOn(partition, {
        kind: 'online',
        edit(draft) {
          writeAssignment(asked, draft);
          // Who has no replica any more, as of a reassignment that is taken back, is no member.
          for (const member of context.broker.all) {
            if (!asked.replicas.includes(member)) draft.isr.delete(member);
          }
        },
      });
      keepNewestRecord(partition.protocol);
    },
  });
}

/** changeMinIsr: another min.insync.replicas is in force. Source: see decideMinInsyncReplicas. */
export function changeMinIsr(context: ReplicationContext, settings: readonly number[]): AnyAction {
  return context.action({
    name: 'changeMinIsr',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller changes min.insync.replicas to {to}',
    params: { to: anyInt(1, Math.max(1, ...settings)) },
    enabled: (_, { to }) => settings.includes(to) || 'nobody asks for it',
    step({ protocol }, { to }) {
      decideMinInsyncReplicas(context, protocol, to);
      keepNewestRecord(protocol);
    },
  });
}

/** Every set of nodes with a member at least. */
function subsetsOf<Member>(all: readonly Member[]): Member[][] {
  const masks = Array.from({ length: 2 ** all.length - 1 }, (_, index) => index + 1);
  return masks.map(mask => all.filter((_, index) => (mask >> index) & 1));
}
