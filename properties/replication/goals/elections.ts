import { goal } from '../../goal.ts';
import {
  currentLeaderOf,
  electedIn,
  type PartitionGoal,
  type PartitionScope,
} from '../partitionScope.ts';
import type { ScopeFacts } from '../scopeFacts.ts';
import { brokerViewOf, controllerView, isActive, isCreated } from '../view.ts';

/** Goals about who is elected. */
export function electionGoals(facts: ScopeFacts): PartitionGoal[] {
  return [
    leaderChanges(),
    electedFromElr(facts),
    lastKnownLeaderElected(facts),
    uncleanElection(),
    preferredReplicaElected(),
    pendingExpansionOvertaken(facts),
    acknowledgedRecordSurvives(),
  ];
}

function leaderChanges(): PartitionGoal {
  return goal('leader-changes', 'Another broker takes over the leadership.', {
    needs: 'two replicas and an election',
    reaches(before, after) {
      const is = currentLeaderOf(after);
      return (
        is !== undefined &&
        controllerView(before.protocol).leader === is &&
        brokerViewOf(after.protocol, is).leaderEpoch > 0 &&
        currentLeaderOf(before) === undefined
      );
    },
  });
}

function acknowledgedRecordSurvives(): PartitionGoal {
  return goal(
    'acknowledged-record-survives-failover',
    'A leader of a newer epoch has a record that was acknowledged under an older one.',
    {
      needs: 'two replicas, a producer that asks for acks=all, and an election',
      reaches: (_, after) => hasOlderAcknowledgedRecord(after),
    },
  );
}

function hasOlderAcknowledgedRecord(state: PartitionScope): boolean {
  const { acknowledged } = state.ghost;
  const leader = currentLeaderOf(state);
  if (leader === undefined) return false;
  const { log } = state.protocol.replicas.get(leader);
  const { leaderEpoch } = brokerViewOf(state.protocol, leader);
  for (let index = 0; index < acknowledged.length; index++) {
    const { offset, record, acks } = acknowledged.get(index);
    if (acks !== 'all' || offset >= log.length) continue;
    if (log.get(offset).record === record && log.get(offset).epoch < leaderEpoch) return true;
  }
  return false;
}

function electedFromElr({ mayHaveElr }: ScopeFacts): PartitionGoal {
  return goal('elected-from-elr', 'An eligible leader replica is elected out of an empty ISR.', {
    needs: 'a replica in the ELR, and an ISR that becomes empty',
    notApplicable: mayHaveElr ? undefined : 'ELR is off',
    reaches(before, after) {
      const elected = electedIn(before, after);
      if (elected === undefined || controllerView(after.protocol).recovering) return false;
      const { isr, elr } = controllerView(before.protocol);
      return elr.has(elected) && !isr.some(member => isActive(after.protocol, member));
    },
  });
}

function lastKnownLeaderElected({ mayHaveElr }: ScopeFacts): PartitionGoal {
  return goal(
    'last-known-leader-elected',
    'With ISR and ELR empty, the last known leader is elected.',
    {
      needs: 'ISR and ELR that become empty together, by unclean shutdowns',
      notApplicable: mayHaveElr ? undefined : 'ELR is off',
      reaches(before, after) {
        const elected = electedIn(before, after);
        return (
          elected !== undefined &&
          controllerView(after.protocol).recovering &&
          controllerView(before.protocol).lastKnownLeader === elected
        );
      },
    },
  );
}

function uncleanElection(): PartitionGoal {
  return goal('unclean-election', 'A replica outside ISR and ELR is elected.', {
    needs: 'unclean election, by the topic or by request, and no member of ISR and ELR left',
    reaches(before, after) {
      const elected = electedIn(before, after);
      if (elected === undefined || !controllerView(after.protocol).recovering) return false;
      const { isr, elr: eligible, lastKnownLeader } = controllerView(before.protocol);
      return !isr.has(elected) && !eligible.has(elected) && lastKnownLeader !== elected;
    },
  });
}

function preferredReplicaElected(): PartitionGoal {
  return goal(
    'preferred-replica-elected',
    'The leadership moves to the preferred replica although nothing has failed.',
    {
      needs: 'preferredElections',
      reaches(before, after, { name }) {
        if (name !== 'electPreferred') return false;
        const elected = electedIn(before, after);
        return elected !== undefined && controllerView(after.protocol).replicas.get(0) === elected;
      },
    },
  );
}

function pendingExpansionOvertaken({ rules }: ScopeFacts): PartitionGoal {
  return goal(
    'pending-expansion-overtaken-by-election',
    'The leadership moves while a replica is proposed for the ISR and the controller has not decided.',
    {
      needs: 'a replica outside the ISR, and then a leader change',
      notApplicable:
        rules.isrChange === 'zookeeper' ? 'a leader changes the ISR by itself' : undefined,
      reaches(before, after, { name }) {
        // Accepting the expansion may end a reassignment, which moves the leadership too.
        if (name === 'handleAlterPartition') return false;
        const was = controllerView(before.protocol);
        const is = controllerView(after.protocol);
        if (was.leader === undefined || is.leader === was.leader || !isCreated(is)) return false;
        if (before.protocol.alterPartition.get(was.leader).inFlight !== 'request') return false;
        const { pendingIsr } = before.protocol.replicas.get(was.leader);
        return pendingIsr.change === 'expand' && currentLeaderOf(before) === was.leader;
      },
    },
  );
}
