import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { orderOf } from '../../replication/partitionChange.ts';
import type { Broker } from '../../replication/schema.ts';
import type { ZooKeeperContext } from '../context.ts';
import { type Acting, act, flush, mayWrite, outOfTouch, resign } from '../controller.ts';
import { electLeader } from '../elections.ts';
import { endQueue } from '../requests.ts';
import type { ReadonlyProtocol } from '../schema.ts';
import { goOffline, onBrokerFailure, onBrokerStartup } from '../stateMachines.ts';
import { isRegistered, stateAt, versionNow } from '../store.ts';

/**
 * handleBrokerChange: the controller's watch has told that `/brokers/ids` has changed; it reads it again, and compares
 * ids and since 2.2 epochs with those that it knows (KIP-380).
 *
 * Who: the active controller. Changes: see onBrokerStartup and onBrokerFailure; who has restarted goes and comes.
 *
 * Source: KafkaController.processBrokerChange.
 */
export function handleBrokerChange(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'handleBrokerChange',
    kind: 'protocol',
    actor: 'controller',
    phrase: '{controller} reads who is alive',
    params: { controller: anyNode(context.broker) },
    weight: 2,
    enabled({ protocol }, { controller }) {
      const unable = cannotHandle(protocol, controller);
      if (unable !== undefined) return unable;
      const { brokersWatch } = protocol.controllers.get(controller);
      return brokersWatch === 'fired' || 'nothing tells it of a change';
    },
    step({ protocol, record }, { controller }) {
      act({ context, protocol, record }, controller, readBrokers);
    },
  });
}

function readBrokers(acting: Acting): void {
  const { step, id, view } = acting;
  const { context, protocol } = step;
  const { broker, rules } = context;
  view.brokersWatch = rules.watchesBrokersAgain ? 'armed' : 'none';
  const epochNow = (each: Broker): number => protocol.partition.registrations.get(each).brokerEpoch;
  const isThere = (each: Broker): boolean => isRegistered(protocol, each);
  const came = broker.all.filter(each => isThere(each) && !view.live.has(each));
  const went = broker.all.filter(each => !isThere(each) && view.live.has(each));
  const bounced = broker.all.filter(each => {
    if (!rules.noticesBounces || !isThere(each) || !view.live.has(each)) return false;
    return epochNow(each) > view.epochs.get(each);
  });
  for (const each of [...bounced, ...went]) endQueue(protocol, id, each);
  const add = (each: Broker): void => {
    view.live.add(each);
    view.epochs.set(each, epochNow(each));
  };
  const remove = (each: Broker): void => {
    view.live.delete(each);
    view.epochs.set(each, 0);
  };
  came.forEach(add);
  if (came.length > 0) onBrokerStartup(acting, came);
  if (bounced.length > 0) {
    bounced.forEach(remove);
    onBrokerFailure(acting, bounced);
    flush(acting);
    if (view.state.state === 'standby') return;
    bounced.forEach(add);
    onBrokerStartup(acting, bounced);
  }
  if (went.length === 0 || view.state.state === 'standby') return;
  went.forEach(remove);
  onBrokerFailure(acting, went);
}

/**
 * handleIsrChange: the controller reads the ISR that a leader has written (before 2.7), and tells everybody.
 *
 * Left out: the 5 to 60 seconds for which a leader collects changes.
 *
 * Source: KafkaController.processIsrChangeNotification.
 */
export function handleIsrChange(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'handleIsrChange',
    kind: 'protocol',
    actor: 'controller',
    phrase: '{controller} reads the ISR that a leader has written',
    params: { controller: anyNode(context.broker) },
    weight: 2,
    enabled({ protocol }, { controller }) {
      const unable = cannotHandle(protocol, controller);
      if (unable !== undefined) return unable;
      return protocol.zooKeeper.isrChanged || 'nothing tells it of a change';
    },
    step({ protocol, record }, { controller }) {
      if (!mayWrite(context, protocol, controller)) {
        resign(context, protocol, controller);
        return;
      }
      act({ context, protocol, record }, controller, ({ view, batch }) => {
        // What was read when the first change was told.
        const first = Math.min(view.version + 1, versionNow(protocol));
        view.version = context.rules.readsIsrWhenHandling ? versionNow(protocol) : first;
        batch.updateMetadata(view.live);
        protocol.zooKeeper.isrChanged = false;
      });
    },
  });
}

/**
 * letLeave: the controller hears that a broker wants to stop (ControlledShutdown). What that broker leads gets another
 * leader if another member of the ISR is alive, and where it follows it is told to stop and leaves the ISR.
 *
 * Who: the active controller. Enabled: the broker asks, and is the one that the controller has registered. That it
 * leaves only this controller knows.
 *
 * Source: KafkaController.doControlledShutdown.
 */
export function letLeave(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'letLeave',
    kind: 'protocol',
    actor: 'controller',
    phrase: '{controller} lets {broker} leave',
    params: { controller: anyNode(context.broker), broker: anyNode(context.broker) },
    weight: 2,
    enabled({ protocol }, { controller, broker }) {
      const unable = cannotHandle(protocol, controller);
      if (unable !== undefined) return unable;
      const { process, paused, brokerEpoch } = protocol.partition.brokers.get(broker);
      if (process.state !== 'pendingControlledShutdown' || paused) {
        return 'the broker does not want to stop';
      }
      const { live, epochs, leaving } = protocol.controllers.get(controller);
      if (!live.has(broker)) return 'BROKER_ID_NOT_REGISTERED';
      if (epochs.get(broker) !== brokerEpoch) return 'STALE_BROKER_EPOCH';
      return !leaving.has(broker) || 'it has done so';
    },
    step({ protocol, record }, { controller, broker }) {
      act({ context, protocol, record }, controller, acting => {
        const { view, batch } = acting;
        view.leaving.add(broker);
        const { leader, replicas } = stateAt(context, protocol, view.version);
        if (replicas.length < 2 || protocol.zooKeeper.isDeleting) return;
        if (leader === broker) {
          electLeader(acting, 'controlledShutdown');
          return;
        }
        batch.stopReplica(broker, 'stopReplica');
        flush(acting);
        goOffline(acting, broker);
      });
    },
  });
}

/**
 * electPreferred: the controller finds that another replica leads than the first one of the assignment, and elects
 * that. Limited by `preferredElections`.
 *
 * Who: the active controller, every `leader.imbalance.check.interval.seconds`, or an operator by it. Enabled: the
 * preferred leader is alive and in the ISR, and the topic is not being deleted.
 *
 * Left out: `leader.imbalance.per.broker.percentage`, for one partition is none or all of what a broker should lead.
 *
 * Source: KafkaController.checkAndTriggerAutoLeaderRebalance, onReplicaElection.
 */
export function electPreferred(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'electPreferred',
    kind: 'protocol',
    actor: 'controller',
    phrase: '{controller} elects the preferred leader',
    params: { controller: anyNode(context.broker) },
    spends: 'preferredElections',
    // It waits for minutes, and an operator need not ask for it.
    fair: false,
    weight: 0.2,
    enabled({ protocol }, { controller }) {
      const unable = cannotHandle(protocol, controller);
      if (unable !== undefined) return unable;
      const { zooKeeper, controllers } = protocol;
      const view = controllers.get(controller);
      if (view.partition.state === 'nonExistent' || zooKeeper.isDeleting)
        return 'there is no topic';
      const { leader, isr, replicas } = stateAt(context, protocol, view.version);
      const preferred = replicas.get(0);
      if (leader === preferred) return 'the preferred replica leads';
      if (!view.live.has(preferred) || view.leaving.has(preferred)) return 'it is not alive';
      return isr.has(preferred) || !context.rules.prefersWithinIsr || 'it is not in the ISR';
    },
    step({ protocol, record }, { controller }) {
      act({ context, protocol, record }, controller, acting => {
        electLeader(acting, 'preferred');
      });
    },
  });
}

/** Why an event cannot be handled by a controller now. */
export function cannotHandle(protocol: ReadonlyProtocol, controller: Broker): string | undefined {
  const unable = outOfTouch(protocol, controller);
  if (unable !== undefined) return unable;
  const { state } = protocol.controllers.get(controller).state;
  return state === 'active' ? undefined : 'it is no controller';
}

/** Whether every member of the assignment is on a broker that the controller takes for alive. */
export function allAlive(
  context: ZooKeeperContext,
  protocol: ReadonlyProtocol,
  controller: Broker,
): Enabled {
  const { live, version } = protocol.controllers.get(controller);
  const isAlive = orderOf(stateAt(context, protocol, version)).every(each => live.has(each));
  return isAlive || 'a broker with a replica is down';
}
