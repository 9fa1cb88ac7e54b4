import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { isActive } from '../election.ts';
import { controllerView, hasTopic } from '../metadata.ts';
import { decideOnTopic, orderOf } from '../partitionChange.ts';
import { partitionsIn, type RuledPartition } from '../partitionScope.ts';
import { placedFrom } from '../placement.ts';
import type { ReadonlyProtocol } from '../schema.ts';

/**
 * deleteTopic: an operator deletes the topic. Limited by `topicDeletions`.
 *
 * Who: the controller. Enabled: there is a topic; before KRaft, every broker with a replica is up and
 * nothing is being reassigned. Changes: no partition has a replica, a leader or an ISR any more. A broker
 * deletes its replicas when it learns that, or when it starts and has learned it. What the topic had is
 * not lost, and nothing that a leader tells clients from now on is a promise.
 *
 * Left out: the directory that is renamed to `.delete` and removed after a while
 * (`file.delete.delay.ms`): it has another name at once, and no log is looked for there.
 *
 * Source: ReplicationControlManager.deleteTopic, TopicsDelta.localChanges, ReplicaManager.applyDelta;
 * TopicDeletionManager before KRaft; KIP-516.
 */
export function deleteTopic(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'deleteTopic',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller deletes the topic',
    params: {},
    spends: 'topicDeletions',
    // An operator may ask for it, and need not.
    fair: false,
    weight: 0.1,
    enabled({ protocol }) {
      if (!hasTopic(context, protocol)) return 'UNKNOWN_TOPIC_ID';
      if (context.rules.deletesTopicAtOnce) return true;
      const isReady = partitionsIn(context, protocol).every(each => mayBeDeleted(each));
      return isReady || 'a broker with a replica is down, or a reassignment is under way';
    },
    step({ protocol, record }) {
      const { nextLeaderEpoch } = context.rules;
      decideOnTopic(context, protocol, draft => {
        draft.leader = undefined;
        draft.leaderEpoch = nextLeaderEpoch(draft.leaderEpoch);
        draft.partitionEpoch++;
        draft.lastKnownLeader = undefined;
        draft.recovering = false;
        draft.replicas.truncate(0);
        const { isr, elr, staleInElrIndex, adding, removing } = draft;
        for (const members of [isr, elr, staleInElrIndex, adding, removing]) members.clear();
      });
      for (const { id, producer } of partitionsIn(context, protocol)) {
        record.topicDeleted(id, producer.sent);
      }
    },
  });
}

/**
 * recreateTopic: an operator creates a topic with the name and the settings of the one that was deleted.
 *
 * Who: the controller. Enabled: the topic is deleted; before KRaft, every broker has deleted its
 * replicas; there are enough brokers (see placedFrom). Changes: a topic with a new id. Leader epoch and
 * partition epoch begin again at 0. The first replica in the ISR leads.
 *
 * Source: ReplicationControlManager.createTopic, buildPartitionRegistration.
 */
export function recreateTopic(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'recreateTopic',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller creates the topic again, placed from {first} on',
    params: { first: anyNode(context.broker) },
    // An operator may ask for it, and need not.
    fair: false,
    enabled({ protocol }, { first }) {
      if (hasTopic(context, protocol)) return 'TOPIC_ALREADY_EXISTS';
      if (!context.rules.deletesTopicAtOnce && isSomewhere(context, protocol)) {
        return 'a broker has not deleted its replica yet';
      }
      return placedFrom(context, protocol, first) !== undefined || 'INVALID_REPLICATION_FACTOR';
    },
    step({ protocol }, { first }) {
      const placed = placedFrom(context, protocol, first);
      decideOnTopic(
        context,
        protocol,
        (draft, id) => {
          const { replicas = [], isr = [] } = placed?.[id] ?? {};
          draft.topicId++;
          draft.leader = isr[0];
          draft.leaderEpoch = 0;
          draft.partitionEpoch = 0;
          for (const member of replicas) draft.replicas.push(member);
          for (const member of isr) draft.isr.add(member);
        },
        context.config.minInsyncReplicas,
      );
    },
  });
}

/** Whether a topic is deleted in ZooKeeper now, and not when a broker is back or a reassignment over. */
function mayBeDeleted(partition: RuledPartition): boolean {
  const now = controllerView(partition);
  if (!now.adding.isEmpty || !now.removing.isEmpty) return false;
  return orderOf(now).every(member => isActive(partition, member));
}

/** Whether some broker, up or down, has a replica of the topic that was deleted. */
function isSomewhere(context: ReplicationContext, protocol: ReadonlyProtocol): boolean {
  return partitionsIn(context, protocol).some(({ replicas }) =>
    context.broker.all.some(each => replicas.get(each).topicId !== 0),
  );
}
