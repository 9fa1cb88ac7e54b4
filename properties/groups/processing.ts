import { unless } from '../notApplicable.ts';
import {
  firstWrong,
  type GroupsInvariant,
  timesProcessed,
  unprocessedBelow,
} from './groupsScope.ts';
import { type GroupsFacts, mayPassOver, mayRepeat } from './scopeFacts.ts';

/** A member that gets a partition goes on behind what others have processed, and not further. */
export function positionsPassNothingOver(facts: GroupsFacts): GroupsInvariant {
  const { member: members } = facts;
  return {
    name: 'positions-pass-nothing-over',
    kind: 'invariant',
    statement: 'What is before the place of a member in a partition was processed by somebody.',
    loss: 'A rebalance skips records: nobody processes them.',
    source: 'ConsumerCoordinator.initWithCommittedOffsetsIfNeeded',
    ...unless(mayPassOver(facts)),
    when: ({ protocol }) =>
      members.all.some(member =>
        facts.partition.all.some(
          each => protocol.members.get(member).partitions.get(each).done > 0,
        ),
      ),
    holds: state =>
      firstWrong(facts, partition => {
        for (const member of members.all) {
          const { done } = state.protocol.members.get(member).partitions.get(partition);
          const offset = unprocessedBelow(state, partition, done);
          if (offset === undefined) continue;
          return `${members.nameOf(member)} goes on at ${done}, and nobody has processed ${offset}`;
        }
        return undefined;
      }),
  };
}

/** A rebalance by itself repeats nothing: members commit before they give up. */
export function recordsAreProcessedOnce(facts: GroupsFacts): GroupsInvariant {
  return processedOnce(facts, mayRepeat(facts), {
    name: 'records-are-processed-once',
    statement:
      'Where offsets are committed before partitions are given up, and nobody dies, no record is processed twice.',
    loss: 'Every rebalance repeats work, although every member is well.',
    source: 'ConsumerCoordinator.onJoinPrepare; KAFKA-14196',
  });
}

/** The same whatever happens. */
export function noRecordIsProcessedTwice(facts: GroupsFacts): GroupsInvariant {
  return processedOnce(facts, undefined, {
    name: 'no-record-is-processed-twice',
    statement: 'No record is processed twice, whatever the application does and whatever happens.',
    loss: 'The application does something twice.',
    source: 'docs/design.html, at least once',
  });
}

function processedOnce(
  facts: GroupsFacts,
  notApplicable: string | undefined,
  words: Pick<GroupsInvariant, 'name' | 'statement' | 'loss' | 'source'>,
): GroupsInvariant {
  return {
    ...words,
    kind: 'invariant',
    ...unless(notApplicable),
    when: ({ ghost }) =>
      facts.partition.all.some(each => ghost.partitions.get(each).processed.length > 0),
    holds: state =>
      firstWrong(facts, partition => {
        const { length } = state.ghost.partitions.get(partition).processed;
        for (let offset = 0; offset < length; offset++) {
          if (timesProcessed(state, partition, offset) > 1) {
            return `the record at offset ${offset} was processed twice`;
          }
        }
        return undefined;
      }),
  };
}
