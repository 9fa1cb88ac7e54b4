import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode, anyNodeOrNone } from '../../../checker/model/params.ts';
import { brokerEffects } from '../brokerEffects.ts';
import type { ReplicationContext } from '../context.ts';
import { decidePartition, isElectionOutcome } from '../election.ts';
import { isUp } from '../metadata.ts';
import { controllerConnected } from '../network.ts';

/**
 * fence: the controller's session for a broker times out.
 *
 * Who: the controller. Enabled: the broker is not fenced and sends no heartbeat that arrives: its
 * process is down, or it is cut off. Changes: the broker is fenced, leaves the ISR unless it is
 * its last member (ELR is off), and if it led, another leader is elected or none.
 *
 * Left out: a live broker that merely misses its heartbeats; cutting it off and healing comes to
 * the same. Time: detection may be arbitrarily late.
 *
 * Source: ClusterControlManager, ReplicationControlManager.handleBrokerFenced; KIP-631.
 */
export function fence(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'fence',
    kind: 'protocol',
    actor: 'controller',
    params: { broker: anyNode(context.broker), elected: anyNodeOrNone(context.broker) },
    enabled({ protocol }, { broker, elected }) {
      if (protocol.registrations.fenced.has(broker)) return 'the broker is fenced already';
      if (isUp(protocol, broker) && controllerConnected(protocol, broker)) {
        return 'its heartbeats arrive';
      }
      return isElectionOutcome(context, protocol, { fencing: broker }, elected)
        ? true
        : 'not an outcome of the election';
    },
    step({ protocol }, { broker, elected }) {
      decidePartition(context, protocol, { fencing: broker }, elected);
      protocol.registrations.fenced.add(broker);
    },
  });
}

/**
 * unfence: the controller hears from a fenced broker that is ready.
 *
 * Who: the controller. Enabled: the broker is fenced, its process is up and can reach the
 * controller. Changes: the broker is unfenced, opens for clients if it was in recovery, and if the
 * partition has no leader, an election is tried with this broker counted as live.
 *
 * Source: BrokerHeartbeatManager, ReplicationControlManager.handleBrokerUnfenced.
 */
export function unfence(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'unfence',
    kind: 'recovery',
    actor: 'controller',
    params: { broker: anyNode(context.broker), elected: anyNodeOrNone(context.broker) },
    weight: 2,
    enabled({ protocol }, { broker, elected }) {
      if (!protocol.registrations.fenced.has(broker)) return 'the broker is not fenced';
      if (!isUp(protocol, broker)) return 'the broker is down';
      if (!controllerConnected(protocol, broker))
        return 'the broker is cut off from the controller';
      return isElectionOutcome(context, protocol, { unfencing: broker }, elected)
        ? true
        : 'not an outcome of the election';
    },
    step({ protocol }, { broker, elected }) {
      decidePartition(context, protocol, { unfencing: broker }, elected);
      protocol.registrations.fenced.delete(broker);
      const { process } = protocol.brokers.get(broker);
      // A running broker that was fenced does not notice: only the controller's view moves.
      if (process.state === 'recovery') {
        process.send('unfence', brokerEffects, { context, protocol, broker, kept: 0 });
      }
    },
  });
}
