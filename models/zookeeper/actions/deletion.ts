import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { decideOnTopic, orderOf } from '../../replication/partitionChange.ts';
import type { ZooKeeperContext } from '../context.ts';
import { type Acting, act, flush, mayWrite, resign, writeState } from '../controller.ts';
import { onlyPartition, stateAt, stateNow } from '../store.ts';
import { allAlive, cannotHandle } from './events.ts';

/**
 * requestDeletion: an operator has the topic deleted (`/admin/delete_topics`). Limited by `topicDeletions`. Nothing
 * that clients were told of it is a promise from now on.
 *
 * Source: AdminManager.deleteTopics, AdminZkClient.deleteTopic.
 */
export function requestDeletion(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'requestDeletion',
    kind: 'protocol',
    actor: 'operator',
    phrase: 'operator has the topic deleted',
    params: {},
    spends: 'topicDeletions',
    // An operator may ask for it, and need not.
    fair: false,
    weight: 0.1,
    enabled({ protocol }) {
      if (protocol.zooKeeper.isDeleting) return 'it is being deleted';
      return stateNow(context, protocol).replicas.length > 0 || 'there is no topic';
    },
    step({ protocol, record }) {
      protocol.zooKeeper.isDeleting = true;
      const id = onlyPartition(context);
      record['partition.topicDeleted'](id, protocol.partition.partitions.get(id).producer.sent);
    },
  });
}

/**
 * deleteReplicas: the controller has a topic deleted. Every broker is to stop its replica, and then to delete it.
 *
 * Who: the active controller. Enabled: the topic is to be deleted, all brokers with a replica are alive, and no replica
 * is being deleted already. Changes: the partition has no leader; StopReplica requests are on their way. If a broker
 * goes meanwhile it begins anew when that one is back.
 *
 * Source: TopicDeletionManager.resumeDeletions, startReplicaDeletion.
 */
export function deleteReplicas(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'deleteReplicas',
    kind: 'protocol',
    actor: 'controller',
    phrase: '{controller} has every broker delete its replica',
    params: { controller: anyNode(context.broker) },
    enabled({ protocol }, { controller }) {
      const unable = cannotHandle(protocol, controller);
      if (unable !== undefined) return unable;
      if (!protocol.zooKeeper.isDeleting) return 'the topic is not to be deleted';
      const { partition, replicas } = protocol.controllers.get(controller);
      if (partition.state === 'nonExistent') return 'there is no topic';
      const isUnderWay = context.broker.all.some(
        each => replicas.get(each).state === 'deletionStarted',
      );
      if (isUnderWay) return 'it is under way';
      if (!context.rules.waitsForAllReplicas) return true;
      return allAlive(context, protocol, controller);
    },
    step({ protocol, record }, { controller }) {
      act({ context, protocol, record }, controller, startDeletion);
    },
  });
}

function startDeletion(acting: Acting): void {
  const { step, view, batch } = acting;
  const { context, protocol } = step;
  // Where it begins anew, some have deleted theirs already.
  const left = orderOf(stateAt(context, protocol, view.version)).filter(
    each => view.replicas.get(each).state !== 'deletionSuccessful',
  );
  const isWritten = writeState(acting, draft => {
    draft.leader = undefined;
  });
  if (!isWritten) return;
  for (const each of left) {
    view.replicas.get(each).send('goOffline', {}, undefined);
    batch.stopReplica(each, 'stopReplica');
  }
  batch.updateMetadata(view.live);
  flush(acting);
  for (const each of left) {
    view.replicas.get(each).send('startDeletion', {}, undefined);
    batch.stopReplica(each, 'deleteReplica');
  }
}

/**
 * hearOfDeletion: the controller hears that a broker has deleted its replica. When all have, the topic is gone.
 *
 * Source: KafkaController.processTopicDeletionStopReplicaResponseReceived, TopicDeletionManager.completeDeleteTopic.
 */
export function hearOfDeletion(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'hearOfDeletion',
    kind: 'protocol',
    actor: 'controller',
    phrase: '{controller} hears that {broker} has deleted its replica',
    params: { controller: anyNode(context.broker), broker: anyNode(context.broker) },
    weight: 2,
    enabled({ protocol }, { controller, broker }) {
      const unable = cannotHandle(protocol, controller);
      if (unable !== undefined) return unable;
      return protocol.controllers.get(controller).deleted.has(broker) || 'no answer is on its way';
    },
    step({ protocol, record }, { controller, broker }) {
      const view = protocol.controllers.get(controller);
      view.deleted.delete(broker);
      const replica = view.replicas.get(broker);
      if (replica.state === 'deletionStarted') replica.send('succeedDeletion', {}, undefined);
      const { all } = context.broker;
      const isDone = all.every(each => {
        const { state } = view.replicas.get(each);
        return (
          state === 'deletionSuccessful' ||
          (!context.rules.waitsForAllReplicas && !view.live.has(each))
        );
      });
      if (!isDone || view.partition.state === 'nonExistent') return;
      if (!mayWrite(context, protocol, controller)) {
        resign(context, protocol, controller);
        return;
      }
      act({ context, protocol, record }, controller, completeDeletion);
    },
  });
}

function completeDeletion({ step, view, batch }: Acting): void {
  const { context, protocol, record } = step;
  for (const each of context.broker.all) {
    const replica = view.replicas.get(each);
    if (replica.state === 'deletionSuccessful') replica.send('remove', {}, undefined);
  }
  view.partition.send('loseLeader', {}, undefined);
  view.partition.send('remove', {}, undefined);
  decideOnTopic(context.partition, protocol.partition, draft => {
    draft.replicas.truncate(0);
    draft.isr.clear();
    draft.partitionEpoch++;
  });
  view.version++;
  protocol.zooKeeper.isDeleting = false;
  const id = onlyPartition(context);
  record['partition.topicDeleted'](id, protocol.partition.partitions.get(id).producer.sent);
  batch.updateMetadata(view.live);
}
