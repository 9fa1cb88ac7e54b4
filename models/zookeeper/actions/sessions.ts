import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { brokerEffects } from '../../replication/brokerEffects.ts';
import { isUp } from '../../replication/metadata.ts';
import type { ZooKeeperContext } from '../context.ts';
import { isActing, resign } from '../controller.ts';
import { createBrokerNode, isRegistered, learnBrokerEpoch, removeOrphaned } from '../store.ts';

/**
 * registerBroker: a broker creates its node in `/brokers/ids`.
 *
 * Who: a process that has loaded its log, or one whose session had expired. Enabled: it has a session, or opens one,
 * and no node of its own. The node of an earlier process, whose session has not expired yet, is deleted before
 * (KAFKA-7165); until 2.2 it is waited for. Changes: the node, whose zxid is the broker epoch; a process that starts
 * has loaded its log and opens for clients, with no role until a controller tells it one. It knows its epoch at once,
 * except one that lives, in the releases that refuse a newer one than they know: it may be told something before the
 * answer is there (see electController).
 *
 * Source: KafkaServer.startup, KafkaZkClient.registerBroker, CheckedEphemeral.
 */
export function registerBroker(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'registerBroker',
    kind: 'recovery',
    actor: 'broker',
    phrase: '{broker} creates its node in /brokers/ids',
    params: { broker: anyNode(context.broker) },
    weight: 2,
    enabled({ protocol }, { broker }) {
      const { process, paused } = protocol.partition.brokers.get(broker);
      const { state, ownsNode } = protocol.sessions.get(broker);
      if (process.state === 'notRunning' || paused) return 'the broker is down';
      if (process.state !== 'starting' && state.state !== 'open') return 'its session has expired';
      if (ownsNode) return 'it is registered';
      if (isRegistered(protocol, broker) && !context.rules.replacesOwnNode) return 'NODEEXISTS';
      return true;
    },
    step({ protocol }, { broker }) {
      const { process } = protocol.partition.brokers.get(broker);
      const change = { context: context.partition, protocol: protocol.partition, broker };
      const isStarting = process.state === 'starting';
      if (isStarting) {
        protocol.sessions.get(broker).state.send('open', {}, undefined);
        process.send('catchUp', brokerEffects, change);
      }
      createBrokerNode(context, protocol, broker);
      if (isStarting || context.rules.acceptsNewerBrokerEpoch) learnBrokerEpoch(protocol, broker);
      if (isStarting) process.send('unfence', brokerEffects, change);
    },
  });
}

/**
 * reopenSession: a broker connects again, learns that its session has expired, and opens another one. Whatever it did
 * as a controller ends before that, with the events that wait (KAFKA-4447): then it registers again.
 *
 * Source: ZooKeeperClient.reinitialize, KafkaController Expire, RegisterBrokerAndReelect.
 */
export function reopenSession(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'reopenSession',
    kind: 'recovery',
    actor: 'broker',
    phrase: '{broker} learns that its session has expired, and opens another',
    params: { broker: anyNode(context.broker) },
    weight: 2,
    enabled({ protocol }, { broker }) {
      if (!context.rules.registersAgain) return 'it does not connect again';
      const { paused } = protocol.partition.brokers.get(broker);
      if (!isUp(protocol.partition, broker) || paused) return 'the broker is down';
      return (
        protocol.sessions.get(broker).state.state === 'expired' || 'its session has not expired'
      );
    },
    step({ protocol }, { broker }) {
      const session = protocol.sessions.get(broker);
      if (context.rules.resignsAtExpiry && isActing(protocol, broker))
        resign(context, protocol, broker);
      session.state.send('reopen', {}, undefined);
      session.controllerWatch = 'none';
    },
  });
}

/**
 * expireOrphan: the session of a process that is gone expires, and its ephemeral nodes vanish.
 *
 * Who: the ensemble, after `zookeeper.session.timeout.ms`; always at some time.
 */
export function expireOrphan(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'expireOrphan',
    kind: 'protocol',
    actor: 'ZooKeeper',
    phrase: 'ZooKeeper ends the session of the process of {broker} that is gone',
    params: { broker: anyNode(context.broker) },
    enabled: ({ protocol }, { broker }) =>
      protocol.sessions.get(broker).isOrphaned || 'there is no such session',
    step({ protocol }, { broker }) {
      removeOrphaned(context, protocol, broker);
    },
  });
}
