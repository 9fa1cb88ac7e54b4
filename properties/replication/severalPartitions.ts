import type { Invariant, PropertyScope, Sometimes } from '../../checker/model/property.ts';
import { partitionOf } from '../../models/replication/partitionScope.ts';
import type { Broker, GhostFields, ProtocolFields } from '../../models/replication/schema.ts';
import { isImbalanced, leaderImbalanceOf } from './leaderImbalance.ts';
import type { ScopeFacts } from './scopeFacts.ts';
import { actsAsLeader, isActive, isUp, knowsNewest, newestMetadata } from './view.ts';

type Scope = PropertyScope<ProtocolFields, GhostFields>;

/** Goals about several partitions on the same brokers; none where there is one. */
export function severalPartitionsGoals(
  facts: ScopeFacts,
): Sometimes<ProtocolFields, GhostFields>[] {
  if (facts.partition.count === 1) return [];
  return [leadsOneAndFollowsAnother(facts), oneDecisionAboutSeveral(facts)];
}

function leadsOneAndFollowsAnother(facts: ScopeFacts): Sometimes<ProtocolFields, GhostFields> {
  return {
    name: 'broker-leads-one-and-follows-another',
    kind: 'sometimes',
    statement:
      'A broker commits a record as leader of one partition and has copied one of another that it follows.',
    loss: 'Without it, a verdict on several partitions says no more than one on each.',
    source: 'reachability of the model',
    needs: 'two replicas',
    reaches: (_, { protocol }) => facts.broker.all.some(each => doesBoth(facts, protocol, each)),
  };
}

function doesBoth({ partition }: ScopeFacts, protocol: Scope['protocol'], broker: Broker): boolean {
  const own = partition.all.map(id => partitionOf(protocol, id));
  return (
    own.some(each => actsAsLeader(each, broker) && each.replicas.get(broker).highWatermark > 0) &&
    own.some(({ replicas }) => {
      const { role, log } = replicas.get(broker);
      return role.state === 'following' && log.length > 0;
    })
  );
}

function oneDecisionAboutSeveral(facts: ScopeFacts): Sometimes<ProtocolFields, GhostFields> {
  return {
    name: 'one-decision-moves-a-leader-and-an-isr',
    kind: 'sometimes',
    statement:
      'One decision about a broker elects another leader of one partition and takes it out of the ISR of another.',
    loss: 'Without it, a verdict on several partitions says no more than one on each.',
    source: 'reachability of the model; ReplicationControlManager.handleBrokerFenced',
    needs: 'two replicas, and a broker that is fenced or stops',
    reaches(before, after) {
      const [was, is] = [newestMetadata(before.protocol), newestMetadata(after.protocol)];
      const { all } = facts.partition;
      const elects = all.some(id => {
        const { leader } = is.partitions.get(id);
        return leader !== undefined && leader !== was.partitions.get(id).leader;
      });
      return (
        elects &&
        all.some(id => {
          const { leader, isr } = is.partitions.get(id);
          const earlier = was.partitions.get(id);
          return leader === earlier.leader && isr.size < earlier.isr.size;
        })
      );
    },
  };
}

/**
 * Once everybody is back, every broker leads what it is preferred for. Not a claim about the model: a
 * leadership goes back only when the controller looks (`leader.imbalance.check.interval.seconds`) or an
 * operator asks, which is a bounded event here.
 */
export function leadersArePreferredWhenSettled({
  broker,
  partition,
  rules,
}: Pick<ScopeFacts, 'broker' | 'partition' | 'rules'>): Invariant<ProtocolFields, GhostFields> {
  return {
    name: 'leaders-are-preferred-when-settled',
    kind: 'invariant',
    statement:
      'With all brokers up and every replica in sync, no leadership is away from its preferred replica.',
    loss: 'A few brokers do the work of all, until leaderships are given back.',
    source: 'auto.leader.rebalance.enable, leader.imbalance.per.broker.percentage',
    when: ({ protocol }) =>
      broker.all.every(
        each => isUp(protocol, each) && isActive(protocol, each) && knowsNewest(protocol, each),
      ) &&
      partition.all.every(id => {
        const { isr, replicas } = newestMetadata(protocol).partitions.get(id);
        return isr.size === replicas.length;
      }),
    holds({ protocol }) {
      for (const each of broker.all) {
        const imbalance = leaderImbalanceOf(partition, protocol, each);
        if (!isImbalanced(rules, imbalance)) continue;
        const { preferring, ledByOthers } = imbalance;
        return `${broker.nameOf(each)} is preferred by ${preferring} partitions, of which others lead ${ledByOthers}`;
      }
      return true;
    },
  };
}
