import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode, anyNodeOrNone } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { mayPropose, shrinkIsr as proposeShrink } from '../isr.ts';
import { isrKnownTo, servesAsLeader } from '../metadata.ts';
import { onPartition } from '../partitionAction.ts';
import type { RuledPartition } from '../partitionScope.ts';
import type { Broker } from '../schema.ts';

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
  return onPartition(context, {
    name: 'shrinkIsr',
    kind: 'protocol',
    actor: 'leader',
    phrase: '{leader} proposes an ISR without {follower|all that lag}',
    params: { leader: anyNode(broker), follower: anyNodeOrNone(broker) },
    spends: 'isrShrinks',
    weight: 0.2,
    enabled(partition, { leader, follower }) {
      if (leader === follower) return 'a leader does not remove itself';
      if (!servesAsLeader(partition, leader)) return 'the broker does not act as leader';
      if (!mayPropose(partition, leader)) return 'an ISR change is pending';
      const lagging = laggingFollowers(partition, leader);
      if (follower === undefined) return lagging.length > 1 || 'not several followers lag';
      if (!isrKnownTo(partition, leader).has(follower)) return 'the follower is not in the ISR';
      return lagging.includes(follower) || 'the follower is caught up';
    },
    step(partition, { leader, follower }) {
      const lagging = follower === undefined ? laggingFollowers(partition, leader) : [follower];
      proposeShrink(partition, leader, lagging);
    },
  });
}

function laggingFollowers(partition: RuledPartition, leader: Broker): Broker[] {
  const { broker, rules } = partition.context;
  const isr = isrKnownTo(partition, leader);
  const { followers, log } = partition.replicas.get(leader);
  return broker.all.filter(member => {
    if (member === leader || !isr.has(member)) return false;
    return followers.get(member).logEndOffset !== log.length || !rules.caughtUpFollowerStays;
  });
}
