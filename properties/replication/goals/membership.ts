import { goal } from '../../goal.ts';
import type { PartitionGoal, PartitionScope } from '../partitionScope.ts';
import type { ScopeFacts } from '../scopeFacts.ts';
import {
  actsAsLeader,
  brokerViewOf,
  controllerView,
  isActive,
  isAssigned,
  isCreated,
} from '../view.ts';

/** Goals about ISR, assignment, controller and brokers, and about the producer. */
export function membershipGoals(facts: ScopeFacts): PartitionGoal[] {
  return [
    isrShrinksAndExpands(facts),
    ineligibleMemberRefused(facts),
    reassignmentCompleted(facts),
    cleanShutdownCompleted(),
    leaveBesideFailedBroker(facts),
    controllerFailoverLosesRequest(facts),
    pausedLeaderResumesDeposed(facts),
    produceRetried(),
  ];
}

function isrShrinksAndExpands({ broker }: ScopeFacts): PartitionGoal {
  return goal(
    'isr-shrinks-and-expands-again',
    'A replica that had left the ISR is added to it again.',
    {
      needs: 'two replicas, of which one leaves the ISR',
      reaches(before, after) {
        const was = controllerView(before.protocol);
        const is = controllerView(after.protocol);
        if (was.isr.isEmpty || !was.isr.isSubsetOf(is.isr)) return false;
        for (const member of broker.all) {
          if (is.isr.has(member) && !was.isr.has(member) && !was.adding.has(member)) return true;
        }
        return false;
      },
    },
  );
}

function ineligibleMemberRefused({ broker, rules }: ScopeFacts): PartitionGoal {
  return goal(
    'ineligible-member-refused',
    'The controller refuses an ISR whose new member has been fenced or stops.',
    {
      needs: 'a replica outside the ISR, which is fenced while it is proposed',
      notApplicable:
        rules.isrChange === 'alterPartition' && rules.refusesIneligibleMembers
          ? undefined
          : 'the release is older than this rule',
      reaches(_, after, { name, params }) {
        if (name !== 'handleAlterPartition') return false;
        const sender = broker.named(String(params['sender']));
        return (
          sender !== undefined &&
          after.protocol.alterPartition.get(sender).inFlight === 'ineligibleReplica'
        );
      },
    },
  );
}

function reassignmentCompleted({ broker }: ScopeFacts): PartitionGoal {
  return goal('reassignment-completed', 'A reassignment ends with its target as assignment.', {
    needs: 'reassignments',
    reaches(before, after, { name }) {
      const was = controllerView(before.protocol);
      const is = controllerView(after.protocol);
      if (!is.adding.isEmpty || !is.removing.isEmpty || name === 'cancelReassignment') return false;
      if (!isCreated(is) || is.topicId !== was.topicId) return false;
      for (const member of broker.all) {
        if (was.adding.has(member)) return true;
        if (isAssigned(was, member) && !isAssigned(is, member)) return true;
      }
      return false;
    },
  });
}

function cleanShutdownCompleted(): PartitionGoal {
  return goal('clean-shutdown-completed', 'A broker stops with leave of the controller.', {
    needs: 'shutdowns',
    reaches: (_before, _after, { name, params }) =>
      name === 'stopCleanly' && params['leave'] === 'granted',
  });
}

function leaveBesideFailedBroker({ broker }: ScopeFacts): PartitionGoal {
  return goal(
    'leave-beside-failed-broker',
    'A broker gets leave to stop while another is down, which nobody waits for.',
    {
      needs: 'shutdowns, and a broker that is down',
      reaches({ protocol }: PartitionScope, _after, { name, params }) {
        if (name !== 'stopCleanly' || params['leave'] !== 'granted') return false;
        const stopping = broker.named(String(params['broker']));
        if (stopping === undefined) return false;
        const { state } = protocol.registrations.get(stopping).state;
        if (state !== 'controlledShutdown') return false;
        return broker.all.some(
          other =>
            protocol.brokers.get(other).process.state === 'notRunning' &&
            !isActive(protocol, other),
        );
      },
    },
  );
}

function controllerFailoverLosesRequest({ broker, rules }: ScopeFacts): PartitionGoal {
  return goal(
    'controller-failover-loses-request',
    'The controller fails over while an ISR change waits for its decision.',
    {
      needs: 'controllerFailovers, and an ISR change under way',
      notApplicable:
        rules.isrChange === 'zookeeper' ? 'a leader changes the ISR by itself' : undefined,
      reaches({ protocol }, _after, { name }) {
        if (name !== 'failOverController') return false;
        for (const sender of broker.all) {
          if (protocol.alterPartition.get(sender).inFlight === 'request') return true;
        }
        return false;
      },
    },
  );
}

function pausedLeaderResumesDeposed({ broker }: ScopeFacts): PartitionGoal {
  return goal(
    'paused-leader-resumes-deposed',
    'A leader that stood still goes on after it was deposed.',
    {
      needs: 'pauses, and an election',
      reaches({ protocol }: PartitionScope, _after, { name, params }) {
        if (name !== 'resume') return false;
        const resumed = broker.named(String(params['broker']));
        if (resumed === undefined || !actsAsLeader(protocol, resumed)) return false;
        const { leaderEpoch } = brokerViewOf(protocol, resumed);
        return leaderEpoch < controllerView(protocol).leaderEpoch;
      },
    },
  );
}

function produceRetried(): PartitionGoal {
  return goal(
    'produce-outcome-unknown-then-retried',
    'A producer sends a record again whose fate it does not know.',
    {
      needs: 'retries',
      reaches: (_before, _after, { name }) => name === 'retryProduce',
    },
  );
}
