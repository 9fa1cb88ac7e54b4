import {
  coordinatorOf,
  type GroupsProgress,
  type GroupsScope,
  isLive,
  ownersOf,
} from './groupsScope.ts';
import type { GroupsFacts } from './scopeFacts.ts';

/** A rebalance stops everybody: it must be over at some time, whoever dies in it. */
export function rebalancesEnd(): GroupsProgress {
  return {
    name: 'rebalances-end',
    kind: 'leadsTo',
    statement: 'A rebalance ends, with an assignment or an empty group.',
    loss: 'The group stands still: nobody processes anything.',
    source: 'GroupMetadataManager.completeClassicGroupJoin, expireClassicGroupMemberHeartbeat',
    when: isRebalancing,
    goal: state => !isRebalancing(state),
  };
}

function isRebalancing(state: GroupsScope): boolean {
  const group = coordinatorOf(state)?.group.state.state;
  return group === 'preparingRebalance' || group === 'completingRebalance';
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
