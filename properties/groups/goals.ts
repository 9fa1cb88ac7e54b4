import type { MemberNode } from '../../models/groups/schema.ts';
import { goal } from '../goal.ts';
import { firstOf } from '../notApplicable.ts';
import {
  coordinatorOf,
  type GroupsGoal,
  type GroupsScope,
  isProcessing,
  timesProcessed,
} from './groupsScope.ts';
import { type GroupsFacts, withoutInstanceIds } from './scopeFacts.ts';

/** Goals that show that the model plays the scenes that the other properties guard. */
export function groupsGoals(facts: GroupsFacts): GroupsGoal[] {
  return [
    rebalanceWhileProcessing(facts),
    zombieProcesses(facts),
    recordProcessedAgain(facts),
    goesOnBehindAnother(facts),
    commitRefused(facts),
    commitLost(),
    failoverInRebalance(),
    deposedCoordinatorServes(facts),
    staticMemberReturns(facts),
    processFenced(facts),
    secondRound(facts),
    offsetExpired(),
  ];
}

function rebalanceWhileProcessing(facts: GroupsFacts): GroupsGoal {
  return goal(
    'rebalance-while-processing',
    'A rebalance begins while the application of a member has records in hand.',
    {
      notApplicable: firstOf(
        facts.config.protocol === 'consumer' && 'a group of the consumer protocol waits for nobody',
      ),
      reaches: (before, after) =>
        isPreparing(after) && !isPreparing(before) && busy(facts, after).length > 0,
    },
  );
}

function isPreparing(state: GroupsScope): boolean {
  return coordinatorOf(state)?.group.state.state === 'preparingRebalance';
}

/** Members whose applications have records in hand. */
function busy({ member, partition }: GroupsFacts, state: GroupsScope): MemberNode[] {
  return member.all.filter(each => partition.all.some(one => isProcessing(state, each, one)));
}

function zombieProcesses(facts: GroupsFacts): GroupsGoal {
  return goal(
    'zombie-processes',
    'The application of a member that the coordinator has given up processes a record.',
    {
      needs: 'missedSessions or slowPolls',
      reaches(before, _, { name, actor }) {
        const member = facts.member.named(actor);
        if (name !== 'processRecord' || member === undefined) return false;
        return coordinatorOf(before)?.group.members.get(member).isIn === false;
      },
    },
  );
}

function recordProcessedAgain(facts: GroupsFacts): GroupsGoal {
  return goal('record-processed-again', 'A record is processed a second time.', {
    needs: 'crashes, missedSessions or slowPolls',
    notApplicable: firstOf(
      facts.config.commit === 'before' && 'offsets are committed before processing',
    ),
    reaches: (_, after) =>
      facts.partition.all.some(partition => {
        const { length } = after.ghost.partitions.get(partition).processed;
        return Array.from({ length }).some((__, at) => timesProcessed(after, partition, at) > 1);
      }),
  });
}

function goesOnBehindAnother(facts: GroupsFacts): GroupsGoal {
  return goal('goes-on-behind-another', 'A member goes on where the group has committed.', {
    needs: 'crashes, leaves or two members',
    reaches: (_, after, { name, actor }) => {
      const member = facts.member.named(actor);
      if (name !== 'fetchOffset' || member === undefined) return false;
      const { partitions } = after.protocol.members.get(member);
      return facts.partition.all.some(each => partitions.get(each).committed > 0);
    },
  });
}

function commitRefused(facts: GroupsFacts): GroupsGoal {
  return goal(
    'commit-refused',
    'A coordinator refuses the commit of a member that it has given up.',
    {
      needs: 'missedSessions',
      reaches(before, after, { name, actor }) {
        const member = facts.member.named(actor);
        if (name !== 'commitOffsets' || member === undefined) return false;
        const [was, is] = [before, after].map(({ protocol }) => protocol.members.get(member));
        return was?.generation !== is?.generation;
      },
    },
  );
}

function commitLost(): GroupsGoal {
  return goal('commit-lost', 'A failover loses a commit that nobody was told of.', {
    needs: 'failovers or lateResignations',
    reaches(before, after, { name }) {
      if (!isCleanFailover(name)) return false;
      const lost = [...before.protocol.offsets.log].slice(after.protocol.offsets.log.length);
      return lost.some(({ kind }) => kind === 'offsets');
    },
  });
}

function failoverInRebalance(): GroupsGoal {
  return goal(
    'failover-in-rebalance',
    'Another coordinator takes over in the middle of a rebalance.',
    {
      needs: 'failovers or lateResignations',
      reaches(before, _, { name }) {
        const group = coordinatorOf(before)?.group.state.state;
        return (
          isCleanFailover(name) &&
          (group === 'preparingRebalance' || group === 'completingRebalance')
        );
      },
    },
  );
}

function isCleanFailover(name: string): boolean {
  return name === 'failOver' || name === 'failOverUnnoticed';
}

function deposedCoordinatorServes(facts: GroupsFacts): GroupsGoal {
  return goal(
    'deposed-coordinator-serves',
    'A coordinator that was deposed, and does not know it, says where the group goes on.',
    {
      needs: 'lateResignations',
      reaches(before, _, { name, actor }) {
        const member = facts.member.named(actor);
        if (name !== 'fetchOffset' || member === undefined) return false;
        return before.protocol.members.get(member).coordinator !== before.protocol.offsets.leader;
      },
    },
  );
}

function staticMemberReturns(facts: GroupsFacts): GroupsGoal {
  return goal('static-member-returns', 'A static member is back, and there is no rebalance.', {
    needs: 'crashes',
    notApplicable: withoutInstanceIds(facts),
    reaches: (_, __, { name }) => name === 'joinWithoutRebalance',
  });
}

function processFenced(facts: GroupsFacts): GroupsGoal {
  return goal('process-fenced', 'A process is told that another one has its instance id.', {
    notApplicable: firstOf(
      facts.config.instanceIds !== 'shared' && 'no two processes have one instance id',
    ),
    reaches: (_, after) =>
      facts.member.all.some(each => after.protocol.members.get(each).classic.state === 'fenced'),
  });
}

function secondRound(facts: GroupsFacts): GroupsGoal {
  return goal(
    'second-round',
    'A member has given up a partition, and joins again so that another one gets it.',
    {
      needs: 'two partitions',
      notApplicable: firstOf(
        facts.config.assignor === 'eager' && 'members give everything up first',
      ),
      reaches: (_, after) =>
        facts.member.all.some(each => after.protocol.members.get(each).owesRejoin),
    },
  );
}

function offsetExpired(): GroupsGoal {
  return goal('offset-expired', 'The committed offset of a group without members expires.', {
    needs: 'offsetExpiries, and leaves or crashes',
    reaches: (before, after, { name }) =>
      name === 'expireOffset' &&
      after.protocol.offsets.log.length > before.protocol.offsets.log.length,
  });
}
