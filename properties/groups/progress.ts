import {
  coordinatorOf,
  type GroupsProgress,
  type GroupsScope,
  isLive,
  ownersOf,
} from './groupsScope.ts';
import type { GroupsFacts } from './scopeFacts.ts';

/** A rebalance stops everybody: it must be over at some time, whoever dies in it. */
export function rebalancesEnd(facts: GroupsFacts): GroupsProgress {
  return {
    name: 'rebalances-end',
    kind: 'leadsTo',
    statement: 'A rebalance ends, with an assignment or an empty group.',
    loss: 'The group stands still: nobody processes anything.',
    source: 'GroupMetadataManager.completeClassicGroupJoin, expireClassicGroupMemberHeartbeat',
    when: state => isRebalancing(facts, state),
    goal: state => !isRebalancing(facts, state),
  };
}

function isRebalancing({ config, member: members }: GroupsFacts, state: GroupsScope): boolean {
  const group = coordinatorOf(state)?.group;
  if (group === undefined) return false;
  if (config.protocol === 'consumer') {
    return members.all.some(member => {
      const { isIn, epoch, pending } = group.members.get(member);
      return isIn && (epoch !== group.generation || !pending.isEmpty);
    });
  }
  return group.state.state === 'preparingRebalance' || group.state.state === 'completingRebalance';
}

/** Whatever happened: as long as a member lives, every partition is read by one that does. */
export function partitionsGetAnOwner(facts: GroupsFacts): GroupsProgress {
  return {
    name: 'partitions-get-an-owner',
    kind: 'leadsTo',
    statement: 'While a member lives, every partition gets an owner that lives.',
    loss: 'A partition is read by nobody: its records wait for ever.',
    source: 'KIP-848, docs/design.html: a group distributes all partitions',
    when: state => facts.member.all.some(each => isLive(state, each)),
    goal: state =>
      facts.member.all.every(each => !isLive(state, each)) ||
      facts.partition.all.every(partition => ownersOf(facts, state, partition).length > 0),
  };
}
