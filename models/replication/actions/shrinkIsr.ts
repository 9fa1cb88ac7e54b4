import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode, anyNodeOrNone } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { mayPropose, shrinkIsr as proposeShrink } from '../isr.ts';
import { brokerViewOf, servesAsLeader } from '../metadata.ts';
import type { Broker, ReadonlyProtocol } from '../schema.ts';

/**
 * shrinkIsr: the leader finds followers lagging and asks the controller to remove them.
 *
 * Who: the leader. Enabled: the follower is in the committed ISR, its last fetch was not at the
 * leader's log end (a follower that is at the end never falls out, even if it is dead), and no
 * change is pending; without a follower named, all that lag go at once and there are at least two.
 * Changes: the shrink is pending and the request is in flight.
 *
 * Left out: time (replica.lag.time.max.ms; a lagging follower may be found so at any moment).
 *
 * Source: Partition.maybeShrinkIsr, Replica.isCaughtUp; KIP-16.
 */
export function shrinkIsr(context: ReplicationContext): AnyAction {
  const { broker } = context;
  return context.action({
    name: 'shrinkIsr',
    kind: 'protocol',
    actor: 'leader',
    phrase: '{leader} proposes an ISR without {follower|all that lag}',
    params: { leader: anyNode(broker), follower: anyNodeOrNone(broker) },
    spends: 'isrShrinks',
    weight: 0.2,
    enabled({ protocol }, { leader, follower }) {
      if (leader === follower) return 'a leader does not remove itself';
      if (!servesAsLeader(protocol, leader)) return 'the broker does not act as leader';
      if (!mayPropose(context, protocol, leader)) return 'an ISR change is pending';
      const lagging = laggingFollowers(context, protocol, leader);
      if (follower === undefined) return lagging.length > 1 || 'not several followers lag';
      if (!brokerViewOf(protocol, leader).isr.has(follower)) {
        return 'the follower is not in the ISR';
      }
      return lagging.includes(follower) || 'the follower is caught up';
    },
    step({ protocol, record }, { leader, follower }) {
      const lagging =
        follower === undefined ? laggingFollowers(context, protocol, leader) : [follower];
      proposeShrink(context, protocol, record, leader, lagging);
    },
  });
}

function laggingFollowers(
  { broker, rules }: ReplicationContext,
  protocol: ReadonlyProtocol,
  leader: Broker,
): Broker[] {
  const { isr } = brokerViewOf(protocol, leader);
  const { followers, log } = protocol.brokers.get(leader);
  return broker.all.filter(member => {
    if (member === leader || !isr.has(member)) return false;
    return followers.get(member).logEndOffset !== log.length || !rules.caughtUpFollowerStays;
  });
}
