import { unless } from '../notApplicable.ts';
import {
  committedIn,
  coordinatorOf,
  firstWrong,
  type GroupsInvariant,
  type GroupsStepProperty,
  unprocessedBelow,
} from './groupsScope.ts';
import { type GroupsFacts, mayGoBack, mayLoseCommits, mayPassOver } from './scopeFacts.ts';

type Words = Pick<GroupsInvariant, 'name' | 'statement' | 'loss' | 'source'>;

/** The coordinator never tells success of what is not in its committed log. */
export function acknowledgedCommitsAreKept(facts: GroupsFacts): GroupsInvariant {
  return kept(facts, mayLoseCommits(facts), {
    name: 'acknowledged-commits-are-kept',
    statement: 'An offset that a member was told to be committed is so, until another one is.',
    loss: 'After the next rebalance records are processed again, although their commit succeeded.',
    source: 'OffsetMetadataManager.commitOffset; KAFKA-20634',
  });
}

/** The same whatever happens to the log of the coordinator. */
export function successMeansCommitted(facts: GroupsFacts): GroupsInvariant {
  return kept(facts, undefined, {
    name: 'success-means-committed',
    statement:
      'An offset that a member was told to be committed is so, whatever happens to the log.',
    loss: 'Records are processed again, although their commit succeeded.',
    source: 'a false friend: __consumer_offsets is as safe as its replication',
  });
}

function kept(
  facts: GroupsFacts,
  notApplicable: string | undefined,
  words: Words,
): GroupsInvariant {
  return {
    ...words,
    kind: 'invariant',
    ...unless(notApplicable),
    when: ({ ghost }) =>
      facts.partition.all.some(each => ghost.partitions.get(each).acknowledged !== undefined),
    holds: state =>
      firstWrong(facts, partition => {
        const { acknowledged } = state.ghost.partitions.get(partition);
        const committed = committedIn(state, partition);
        if (acknowledged === undefined || acknowledged === committed) return undefined;
        return `success was told for offset ${acknowledged}, and ${committed ?? 'nothing'} is committed`;
      }),
  };
}

/** Where offsets are committed after processing, nothing below the committed offset was not processed by somebody. */
export function committedRecordsAreProcessed(facts: GroupsFacts): GroupsInvariant {
  return processedBelow(facts, mayPassOver(facts), {
    name: 'committed-records-are-processed',
    statement:
      'Where offsets are committed after processing, every record below the committed offset was processed.',
    loss: 'A record is never processed: whoever gets the partition does not see it.',
    source: 'ConsumerCoordinator.maybeAutoCommitOffsetsAsync; docs/design.html, at least once',
  });
}

/** The same of every pattern. */
export function noRecordIsPassedOver(facts: GroupsFacts): GroupsInvariant {
  return processedBelow(facts, undefined, {
    name: 'no-record-is-passed-over',
    statement:
      'Every record below the committed offset was processed, whatever the application does.',
    loss: 'A record is never processed: whoever gets the partition does not see it.',
    source: 'docs/design.html, at most once; auto.offset.reset',
  });
}

function processedBelow(
  facts: GroupsFacts,
  notApplicable: string | undefined,
  words: Words,
): GroupsInvariant {
  return {
    ...words,
    kind: 'invariant',
    ...unless(notApplicable),
    when: state => facts.partition.all.some(each => (committedIn(state, each) ?? 0) > 0),
    holds: state =>
      firstWrong(facts, partition => {
        const committed = committedIn(state, partition) ?? 0;
        const offset = unprocessedBelow(state, partition, committed);
        if (offset === undefined) return undefined;
        return `${committed} is committed, and the record at offset ${offset} was not processed`;
      }),
  };
}

/** Generations are there for this: who is not in the group changes nothing of where it goes on. */
export function commitsComeFromMembers(facts: GroupsFacts): GroupsStepProperty {
  return {
    name: 'commits-come-from-members',
    kind: 'step',
    statement: 'A coordinator takes a commit only from a member, and only of its generation.',
    loss: 'Who has lost a partition moves its offset back, or forward over what others process.',
    source: 'ClassicGroup.validateOffsetCommit',
    when: (before, after, { name }) => name === 'commitOffsets' && hasGrown(before, after),
    holds(before, _, { actor }) {
      const member = facts.member.named(actor);
      const group = coordinatorOf(before)?.group;
      if (member === undefined || group === undefined) return 'nobody could have taken it';
      if (!group.members.get(member).isIn) return `${actor} is no member`;
      const { generation } = before.protocol.members.get(member);
      if (facts.config.protocol === 'consumer') {
        const { epoch } = group.members.get(member);
        return (
          generation <= epoch || `${actor} is of epoch ${generation}, which is not ${epoch} yet`
        );
      }
      if (generation === group.generation) return true;
      return `${actor} is of generation ${generation}, the group of ${group.generation}`;
    },
  };
}

type Sides = Parameters<NonNullable<GroupsStepProperty['when']>>;

function hasGrown(before: Sides[0], after: Sides[1]): boolean {
  return after.protocol.offsets.log.length > before.protocol.offsets.log.length;
}

/** Whoever owns a partition goes on where it was committed, and commits behind that. */
export function committedOffsetsDoNotGoBack(facts: GroupsFacts): GroupsStepProperty {
  return {
    name: 'committed-offsets-do-not-go-back',
    kind: 'step',
    statement: 'The committed offset of a partition never becomes smaller, and does not disappear.',
    loss: 'Records are processed again that another member has processed and committed.',
    source: 'OffsetMetadataManager.replay (whatever comes last); fenced by generations',
    ...unless(mayGoBack(facts)),
    when: before => facts.partition.all.some(each => committedIn(before, each) !== undefined),
    holds: (before, after) =>
      firstWrong(facts, partition => {
        const [was, is] = [before, after].map(state => committedIn(state, partition));
        if (was === undefined || (is !== undefined && is >= was)) return undefined;
        return `${was} was committed, and now ${is ?? 'nothing'} is`;
      }),
  };
}

/** Retention is for groups that are gone. */
export function offsetsOfActiveGroupsAreKept(facts: GroupsFacts): GroupsStepProperty {
  return {
    name: 'offsets-of-active-groups-are-kept',
    kind: 'step',
    statement: 'No committed offset expires while the group has members.',
    loss: 'A group that lives begins anew after the next rebalance: everything again, or behind it.',
    source: 'KIP-211, KAFKA-4682, KAFKA-8069',
    needs: 'offsetExpiries',
    when: (before, after, { name }) => name === 'expireOffset' && hasGrown(before, after),
    holds(before) {
      const group = coordinatorOf(before)?.group;
      const active = facts.member.all.filter(each => group?.members.get(each).isIn === true);
      if (active.length === 0) return true;
      return `${active.map(each => facts.member.nameOf(each)).join(' and ')} are in the group`;
    },
  };
}
