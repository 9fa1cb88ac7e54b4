import type { PartitionId, ReadonlyGroupView } from '../../models/groups/schema.ts';
import { firstOf, unless } from '../notApplicable.ts';
import {
  coordinatorOf,
  firstWrong,
  type GroupsInvariant,
  type GroupsScope,
  ownersOf,
} from './groupsScope.ts';
import { type GroupsFacts, mayHaveZombies, mayLoseCommits } from './scopeFacts.ts';

/** What an assignment is: each partition is given once, and nobody has it besides in the same generation. */
export function oneOwnerInAGeneration(facts: GroupsFacts): GroupsInvariant {
  return {
    name: 'one-owner-in-a-generation',
    kind: 'invariant',
    statement: 'In one generation a partition is given to one member, and owned by one.',
    loss: 'Two members that are both in the group process the same records, and overwrite each other their offsets.',
    source: 'AbstractPartitionAssignor; CooperativeStickyAssignor; KAFKA-12984',
    ...unless(
      mayLoseCommits(facts) ??
        firstOf(facts.config.instanceIds === 'shared' && 'two processes are one member'),
    ),
    when: state => facts.partition.all.some(each => isOwned(facts, state, each)),
    holds: state =>
      firstWrong(facts, partition => {
        for (const broker of facts.broker.all) {
          const { group } = state.protocol.coordinators.get(broker);
          const given = givenTo(facts, group, partition);
          if (given.length > 1) return `${given.join(' and ')} are given it in one generation`;
        }
        return sharedInGeneration(facts, state, partition);
      }),
  };
}

function isOwned(facts: GroupsFacts, state: GroupsScope, partition: PartitionId): boolean {
  return ownersOf(facts, state, partition).length > 0;
}

function givenTo(
  { member: members }: GroupsFacts,
  group: ReadonlyGroupView,
  partition: PartitionId,
): string[] {
  return members.all
    .filter(member => {
      const { assigned, pending } = group.members.get(member);
      return assigned.has(partition) || pending.has(partition);
    })
    .map(member => members.nameOf(member));
}

function sharedInGeneration(
  facts: GroupsFacts,
  state: GroupsScope,
  partition: PartitionId,
): string | undefined {
  const generations = new Map<number, string>();
  for (const member of ownersOf(facts, state, partition)) {
    const { generation, classic, consumer } = state.protocol.members.get(member);
    if (classic.state !== 'stable' && consumer.state !== 'stable') continue;
    const name = facts.member.nameOf(member);
    const other = generations.get(generation);
    if (other !== undefined) return `${other} and ${name} own it in generation ${generation}`;
    generations.set(generation, name);
  }
  return undefined;
}

/** Who gives up before somebody else is given: as long as nobody is given up who lives. */
export function partitionsHaveOneOwner(facts: GroupsFacts): GroupsInvariant {
  return owning(facts, mayHaveZombies(facts), {
    name: 'partitions-have-one-owner',
    statement: 'No two members take a partition for their own, where nobody is given up who lives.',
    loss: 'Records are processed by two at once although every member is well.',
    source: 'docs/design.html, consumer groups; KIP-429',
  });
}

/** The same whatever happens. */
export function oneProcessorAtATime(facts: GroupsFacts): GroupsInvariant {
  return owning(facts, undefined, {
    name: 'one-processor-at-a-time',
    statement: 'No two members take a partition for their own, whatever happens to them.',
    loss: 'Records are processed by two at once.',
    source: 'a false friend: the group has one owner, and not one process that processes',
  });
}

function owning(
  facts: GroupsFacts,
  notApplicable: string | undefined,
  words: Pick<GroupsInvariant, 'name' | 'statement' | 'loss' | 'source'>,
): GroupsInvariant {
  return {
    ...words,
    kind: 'invariant',
    ...unless(notApplicable),
    when: state => facts.partition.all.some(each => isOwned(facts, state, each)),
    holds: state =>
      firstWrong(facts, partition => {
        const owners = ownersOf(facts, state, partition).map(each => facts.member.nameOf(each));
        return owners.length > 1 ? `${owners.join(' and ')} own it at once` : undefined;
      }),
  };
}

/** The coordinator is a fold of its log: who comes after it knows the same. */
export function coordinatorKnowsItsLog(facts: GroupsFacts): GroupsInvariant {
  return {
    name: 'coordinator-knows-its-log',
    kind: 'invariant',
    statement: 'A coordinator of a stable group has in memory what its log says of the group.',
    loss: 'With the next coordinator the group is another one: members are fenced, or owned partitions forgotten.',
    source: 'GroupMetadataManager.replay; CoordinatorLoaderImpl.load',
    when: state => {
      const group = coordinatorOf(state)?.group;
      if (group === undefined) return false;
      return facts.config.protocol === 'consumer'
        ? group.generation > 0
        : group.state.state === 'stable';
    },
    holds(state) {
      const group = coordinatorOf(state)?.group;
      const last = [...state.protocol.offsets.log].reverse().find(({ kind }) => kind === 'group');
      if (group === undefined) return true;
      if (last === undefined) return 'the log does not know the group';
      if (last.generation !== group.generation) {
        return `generation ${group.generation} is in memory, ${last.generation} in the log`;
      }
      for (const member of facts.member.all) {
        const { isIn, assigned, pending } = group.members.get(member);
        const name = facts.member.nameOf(member);
        if (isIn !== last.members.get(member)) return `${name} is a member only in one of them`;
        const differs = facts.partition.all.some(
          each => (assigned.has(each) || pending.has(each)) !== (last.owners.get(each) === member),
        );
        if (differs) return `${name} has other partitions in the log`;
      }
      return true;
    },
  };
}
