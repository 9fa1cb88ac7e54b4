import { goal } from '../../goal.ts';
import { firstOf } from '../../notApplicable.ts';
import {
  currentLeaderOf,
  electedIn,
  type PartitionGoal,
  type PartitionScope,
} from '../partitionScope.ts';
import { noElection, onlyOneReplica, type ScopeFacts } from '../scopeFacts.ts';
import { brokerViewOf, controllerView, isActive, isCreated } from '../view.ts';

/** Goals about who is elected. */
export function electionGoals(facts: ScopeFacts): PartitionGoal[] {
  return [
    leaderChanges(facts),
    electedFromElr(facts),
    lastKnownLeaderElected(facts),
    uncleanElection(facts),
    preferredReplicaElected(facts),
    pendingExpansionOvertaken(facts),
    acknowledgedRecordSurvives(facts),
  ];
}

function leaderChanges(facts: ScopeFacts): PartitionGoal {
  return goal('leader-changes', 'Another broker takes over the leadership.', {
    notApplicable: firstOf(onlyOneReplica(facts), noElection(facts)),
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

function acknowledgedRecordSurvives(facts: ScopeFacts): PartitionGoal {
  return goal(
    'acknowledged-record-survives-failover',
    'A leader of a newer epoch has a record that was acknowledged under an older one.',
    {
      notApplicable: firstOf(
        onlyOneReplica(facts),
        noElection(facts),
        facts.config.acks.includes('all') ? undefined : 'no producer asks for acks=all',
      ),
      reaches: (_, after) => hasOlderAcknowledgedRecord(after),
    },
  );
}

function hasOlderAcknowledgedRecord(state: PartitionScope): boolean {
  const { acknowledged } = state.ghost;
  if (acknowledged.length === 0) return false;
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

function electedFromElr(facts: ScopeFacts): PartitionGoal {
  const { bounds, config, rules, minIsr } = facts;
  const shrinks = config.brokers > 1 && bounds.isrShrinks > 0;
  // With a shrink the others wait in the ELR; without one, all have to be fenced one by one.
  const emptied = shrinks ? facts.fencings > 0 : facts.fencings >= facts.fewestReplicas;
  const candidate = (shrinks && minIsr > 1) || facts.gentleFencings > 0;
  return goal('elected-from-elr', 'An eligible leader replica is elected out of an empty ISR.', {
    notApplicable: firstOf(
      rules.eligibleLeaderReplicas ? undefined : 'ELR is off',
      emptied ? undefined : 'the ISR never becomes empty in this scope',
      candidate ? undefined : 'every member of the ELR shuts down uncleanly',
    ),
    reaches(before, after) {
      const elected = electedIn(before, after);
      if (elected === undefined || controllerView(after.protocol).recovering) return false;
      const { isr, elr } = controllerView(before.protocol);
      return elr.has(elected) && !isr.some(member => isActive(after.protocol, member));
    },
  });
}

function lastKnownLeaderElected(facts: ScopeFacts): PartitionGoal {
  const { bounds, config, rules, uncleanStops, fewestReplicas } = facts;
  const alone = bounds.minIsrChanges > 0 ? 1 : Math.min(facts.minIsr, fewestReplicas);
  const shrinks = bounds.isrShrinks > 0 && config.brokers > 1 && !config.uncleanLeaderElection;
  const emptied = shrinks || facts.fencings >= fewestReplicas;
  return goal(
    'last-known-leader-elected',
    'With ISR and ELR empty, the last known leader is elected.',
    {
      notApplicable: firstOf(
        rules.eligibleLeaderReplicas ? undefined : 'ELR is off',
        uncleanStops >= alone && emptied
          ? undefined
          : 'ISR and ELR never become empty together in this scope',
      ),
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

function uncleanElection(facts: ScopeFacts): PartitionGoal {
  const { bounds, config, fencings, rules, minIsr } = facts;
  const elr = rules.eligibleLeaderReplicas;
  const leavesOut = bounds.isrShrinks > 0 ? fencings > 0 : fencings >= config.brokers;
  // The ELR stands in until all of its members are gone as well.
  const elrIsGone =
    !elr ||
    (fencings >= minIsr && (config.brokers > minIsr || (facts.uncleanStops > 0 && fencings > 1)));
  return goal('unclean-election', 'A replica outside ISR and ELR is elected.', {
    notApplicable: firstOf(
      onlyOneReplica(facts),
      facts.uncleanElectionAllowed ? undefined : 'unclean leader election is not allowed',
      leavesOut && elrIsGone ? undefined : 'some member of ISR or ELR is left in this scope',
    ),
    reaches(before, after) {
      const elected = electedIn(before, after);
      if (elected === undefined || !controllerView(after.protocol).recovering) return false;
      const { isr, elr: eligible, lastKnownLeader } = controllerView(before.protocol);
      return !isr.has(elected) && !eligible.has(elected) && lastKnownLeader !== elected;
    },
  });
}

function preferredReplicaElected(facts: ScopeFacts): PartitionGoal {
  const asked = facts.bounds.preferredElections > 0;
  return goal(
    'preferred-replica-elected',
    'The leadership moves to the preferred replica although nothing has failed.',
    {
      notApplicable: firstOf(
        onlyOneReplica(facts),
        asked && facts.config.brokers > 1 ? undefined : 'nobody asks for a preferred election',
      ),
      reaches(before, after, { name }) {
        if (name !== 'electPreferred') return false;
        const elected = electedIn(before, after);
        return elected !== undefined && controllerView(after.protocol).replicas.get(0) === elected;
      },
    },
  );
}

function pendingExpansionOvertaken(facts: ScopeFacts): PartitionGoal {
  const { bounds, config, rules, fencings } = facts;
  const preferred = config.brokers > 2 ? bounds.preferredElections : 0;
  const moves = facts.gentleFencings + preferred;
  return goal(
    'pending-expansion-overtaken-by-election',
    'The leadership moves while a replica is proposed for the ISR and the controller has not decided.',
    {
      notApplicable: firstOf(
        onlyOneReplica(facts),
        rules.isrChange === 'zookeeper' && 'a leader changes the ISR by itself',
        moves > 0 && facts.isrRemovals && fencings + preferred + bounds.isrShrinks > 1
          ? undefined
          : 'it takes a replica outside the ISR, and then a leader change',
      ),
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
