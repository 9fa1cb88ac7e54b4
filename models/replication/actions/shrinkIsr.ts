import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { mayPropose, proposeIsr } from '../isr.ts';
import { actsAsLeader, brokerViewOf } from '../metadata.ts';

/**
 * shrinkIsr: the leader finds a follower lagging and asks the controller to remove it.
 *
 * Who: the leader. Enabled: the follower is in the committed ISR, its last fetch was not at the
 * leader's log end (a follower that is at the end never falls out, even if it is dead), and no
 * change is pending. Changes: the shrink is pending and the request is in flight.
 *
 * Left out: time (replica.lag.time.max.ms; a lagging follower may be found so at any moment), and
 * removing several followers in one request.
 *
 * Source: Partition.maybeShrinkIsr, Replica.isCaughtUp; KIP-16.
 */
export function shrinkIsr(context: ReplicationContext): AnyAction {
  const { broker } = context;
  return context.action({
    name: 'shrinkIsr',
    kind: 'protocol',
    actor: 'leader',
    params: { leader: anyNode(broker), follower: anyNode(broker) },
    spends: 'isrShrinks',
    weight: 0.2,
    enabled({ protocol }, { leader, follower }) {
      if (leader === follower) return 'a leader does not remove itself';
      if (!actsAsLeader(protocol, leader)) return 'the broker does not act as leader';
      if (!brokerViewOf(protocol, leader).isr.has(follower))
        return 'the follower is not in the ISR';
      if (!mayPropose(protocol, leader)) return 'an ISR change is pending';
      const replica = protocol.brokers.get(leader);
      if (replica.followers.get(follower).logEndOffset === replica.log.length) {
        return 'the follower is caught up';
      }
      return true;
    },
    step({ protocol }, { leader, follower }) {
      proposeIsr(protocol, leader, 'shrink', follower);
    },
  });
}
