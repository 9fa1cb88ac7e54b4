import { goal } from '../../goal.ts';
import { electedIn, type PartitionGoal } from '../partitionScope.ts';
import type { ScopeFacts } from '../scopeFacts.ts';
import { controllerView, isCreated, newestMetadata } from '../view.ts';

/** Goals about what an operator does to a running cluster. */
export function operatorGoals(facts: ScopeFacts): PartitionGoal[] {
  return [
    elrSwitchedOnWhileOffline(),
    unregisteredBrokerReturns(facts),
    reassignmentReplaced(),
    uncleanElectionAsSet(),
  ];
}

function elrSwitchedOnWhileOffline(): PartitionGoal {
  return goal(
    'elr-switched-on-while-offline',
    'Eligible leader replicas are switched on while the partition has no leader.',
    {
      needs: 'elrEnablings, and a partition that loses its leader',
      reaches({ protocol }, { protocol: after }, { name }) {
        const { leader } = controllerView(protocol);
        if (name !== 'enableEligibleLeaderReplicas' || leader !== undefined) return false;
        return isCreated(controllerView(protocol)) && newestMetadata(after).elrSwitchedOn === 1;
      },
    },
  );
}

function unregisteredBrokerReturns({ broker }: ScopeFacts): PartitionGoal {
  return goal('unregistered-broker-returns', 'A broker that was unregistered registers again.', {
    needs: 'unregistrations, and a broker that is down',
    reaches({ protocol: before }, { protocol: after }) {
      const isGone = ({ registrations }: typeof before, each: (typeof broker.all)[number]) =>
        registrations.get(each).state.state === 'unregistered';
      return broker.all.some(each => isGone(before, each) && !isGone(after, each));
    },
  });
}

function reassignmentReplaced(): PartitionGoal {
  return goal('reassignment-replaced', 'A reassignment under way is replaced by another.', {
    needs: 'replacedReassignments, and a reassignment that takes time',
    reaches: (_before, _after, { name }) => name === 'replaceReassignment',
  });
}

function uncleanElectionAsSet(): PartitionGoal {
  return goal(
    'unclean-election-once-allowed',
    'A partition without a leader gets one uncleanly, because its topic allows it now.',
    {
      needs: 'uncleanSettingChanges, and no member of the ISR left',
      reaches: (before, after, { name }) =>
        name === 'electUncleanlyAsSet' && electedIn(before, after) !== undefined,
    },
  );
}
