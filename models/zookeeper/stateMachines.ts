import { isAssigned } from '../replication/metadata.ts';
import type { Broker } from '../replication/schema.ts';
import { type Acting, flush } from './controller.ts';
import { electLeader, removeFromIsr, tellReplicas } from './elections.ts';
import { stateAt } from './store.ts';

/** What the controller has in its cache of the partition. */
function cached({ step: { context, protocol }, view }: Acting) {
  return stateAt(context, protocol, view.version);
}

/**
 * The first thing a new controller does with what it has read: everybody is told who is alive; replicas get their
 * states, those on live brokers are told what they are and the others leave the ISR; and then the partition gets its
 * state, and a leader where it has none.
 *
 * Source: KafkaController.onControllerFailover, ReplicaStateMachine.startup, PartitionStateMachine.startup.
 */
export function startStateMachines(acting: Acting): void {
  const { step, view, batch } = acting;
  const { broker, rules } = step.context;
  batch.updateMetadata(view.live);
  flush(acting);
  const hosting = broker.all.filter(each => isAssigned(cached(acting), each));
  const online = hosting.filter(each => view.live.has(each));
  const offline = hosting.filter(each => !view.live.has(each));
  for (const each of online) view.replicas.get(each).send('findOnline', {}, undefined);
  for (const each of offline) view.replicas.get(each).send('findOffline', {}, undefined);
  if (rules.tellsEverybody && online.length > 0) tellReplicas(acting);
  flush(acting);
  for (const each of offline) goOffline(acting, each);
  flush(acting);
  if (!isIn(acting)) return;
  view.state.send('start', {}, undefined);
  const { leader, replicas } = cached(acting);
  if (replicas.length === 0) return;
  const isLed = leader !== undefined && view.live.has(leader);
  view.partition.send(isLed ? 'findLed' : 'findLeaderless', {}, undefined);
  electWhereLeaderless(acting);
}

/** Whether the controller has not resigned in the middle of the event. */
function isIn({ view }: Acting): boolean {
  return view.state.state !== 'standby';
}

/** A leader for the partition, if it has none and is not about to be deleted. */
function electWhereLeaderless(acting: Acting): void {
  const { step, view } = acting;
  const { state } = view.partition;
  if (step.protocol.zooKeeper.isDeleting || !isIn(acting)) return;
  if (state === 'offline' || state === 'new') electLeader(acting, 'offline');
  flush(acting);
}

/**
 * Brokers have come: they get the metadata and the state of their replicas, and may be what a partition waits for.
 *
 * Source: KafkaController.onBrokerStartup.
 */
export function onBrokerStartup(acting: Acting, brokers: readonly Broker[]): void {
  const { step, view, batch } = acting;
  const { zooKeeper } = step.protocol;
  batch.updateMetadata(view.live);
  flush(acting);
  for (const each of brokers) {
    const replica = view.replicas.get(each);
    if (replica.state === 'nonExistent' || replica.state === 'deletionStarted') continue;
    if (replica.state === 'deletionSuccessful') continue;
    replica.send('goOnline', {}, undefined);
    if (!zooKeeper.isDeleting) batch.leaderAndIsr([each], view.live);
  }
  flush(acting);
  electWhereLeaderless(acting);
}

/**
 * Brokers have gone: the partition that one of them led gets another leader, and their replicas leave the ISR.
 *
 * Source: KafkaController.onBrokerFailure, onReplicasBecomeOffline.
 */
export function onBrokerFailure(acting: Acting, brokers: readonly Broker[]): void {
  const { view, batch } = acting;
  const { version } = view;
  for (const each of brokers) view.leaving.delete(each);
  const { leader } = cached(acting);
  if (leader !== undefined && brokers.includes(leader) && view.partition.state !== 'nonExistent') {
    view.partition.send('loseLeader', {}, undefined);
  }
  electWhereLeaderless(acting);
  for (const each of brokers) goOffline(acting, each);
  flush(acting);
  // Where nothing was written nobody has been told that they are gone.
  if (isIn(acting) && view.version === version) batch.updateMetadata(view.live);
}

/** The replica of a broker that is gone, or goes. One that is being deleted waits for its broker. */
export function goOffline(acting: Acting, broker: Broker): void {
  const { view } = acting;
  if (!isIn(acting)) return;
  const replica = view.replicas.get(broker);
  if (replica.state === 'nonExistent' || replica.state === 'deletionSuccessful') return;
  if (replica.state === 'deletionStarted') {
    replica.send('failDeletion', {}, undefined);
    return;
  }
  replica.send('goOffline', {}, undefined);
  removeFromIsr(acting, broker);
}
