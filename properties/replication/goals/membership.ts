import { goal } from '../../goal.ts';
import { firstOf } from '../../notApplicable.ts';
import type { PartitionGoal, PartitionScope } from '../partitionScope.ts';
import { onlyOneReplica, type ScopeFacts } from '../scopeFacts.ts';
import { actsAsLeader, brokerViewOf, controllerView, isAssigned, isCreated } from '../view.ts';

/** Goals about ISR, assignment, controller and brokers, and about the producer. */
export function membershipGoals(facts: ScopeFacts): PartitionGoal[] {
  return [
    isrShrinksAndExpands(facts),
    ineligibleMemberRefused(facts),
    reassignmentCompleted(facts),
    cleanShutdownCompleted(facts),
    controllerFailoverLosesRequest(facts),
    pausedLeaderResumesDeposed(facts),
    produceRetried(facts),
  ];
}

function isrShrinksAndExpands(facts: ScopeFacts): PartitionGoal {
  const { broker } = facts;
  return goal(
    'isr-shrinks-and-expands-again',
    'A replica that had left the ISR is added to it again.',
    {
      notApplicable: firstOf(
        onlyOneReplica(facts),
        facts.isrRemovals && facts.config.brokers > 1
          ? undefined
          : 'nothing in this scope removes a replica from the ISR',
      ),
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

function ineligibleMemberRefused(facts: ScopeFacts): PartitionGoal {
  const { broker, rules } = facts;
  return goal(
    'ineligible-member-refused',
    'The controller refuses an ISR whose new member has been fenced or stops.',
    {
      notApplicable: firstOf(
        onlyOneReplica(facts),
        rules.isrChange === 'alterPartition' && rules.refusesIneligibleMembers
          ? undefined
          : 'the release is older than this rule',
        facts.isrRefusals ? undefined : 'it takes a replica outside the ISR, which is then fenced',
      ),
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

function reassignmentCompleted(facts: ScopeFacts): PartitionGoal {
  const { broker, bounds } = facts;
  return goal('reassignment-completed', 'A reassignment ends with its target as assignment.', {
    notApplicable: firstOf(
      bounds.reassignments > 0 ? undefined : 'nothing is reassigned',
      onlyOneReplica(facts),
    ),
    reaches(before, after, { name }) {
      const was = controllerView(before.protocol);
      const is = controllerView(after.protocol);
      if (!is.adding.isEmpty || !is.removing.isEmpty || name === 'cancelReassignment') return false;
      if (!isCreated(is) || is.topicId !== was.topicId) return false;
      for (const member of broker.all) {
        if (was.adding.has(member) && isAssigned(is, member)) return true;
        if (isAssigned(was, member) && !isAssigned(is, member)) return true;
      }
      return false;
    },
  });
}

function cleanShutdownCompleted({ bounds }: ScopeFacts): PartitionGoal {
  return goal('clean-shutdown-completed', 'A broker stops with leave of the controller.', {
    notApplicable: bounds.shutdowns > 0 ? undefined : 'no broker is shut down',
    reaches: (_before, _after, { name, params }) =>
      name === 'stopCleanly' && params['leave'] === 'granted',
  });
}

function controllerFailoverLosesRequest(facts: ScopeFacts): PartitionGoal {
  const { broker, bounds, config, rules } = facts;
  const proposes =
    (config.brokers > 1 && facts.isrRemovals) ||
    (bounds.reassignments > 0 && config.spareBrokers > 0);
  return goal(
    'controller-failover-loses-request',
    'The controller fails over while an ISR change waits for its decision.',
    {
      notApplicable: firstOf(
        bounds.controllerFailovers > 0 ? undefined : 'the controller does not fail over',
        rules.isrChange === 'zookeeper' && 'a leader changes the ISR by itself',
        proposes ? undefined : 'nobody proposes an ISR change in this scope',
      ),
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

function pausedLeaderResumesDeposed({ broker, bounds }: ScopeFacts): PartitionGoal {
  return goal(
    'paused-leader-resumes-deposed',
    'A leader that stood still goes on after it was deposed.',
    {
      notApplicable: bounds.pauses > 0 ? undefined : 'no process stands still',
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

function produceRetried({ bounds, config, holders }: ScopeFacts): PartitionGoal {
  const waits = holders > 1 && config.acks.includes('all');
  return goal(
    'produce-outcome-unknown-then-retried',
    'A producer sends a record again whose fate it does not know.',
    {
      notApplicable: firstOf(
        bounds.retries > 0 ? undefined : 'the producer does not retry',
        waits || config.acks.includes('0') ? undefined : 'the answer comes at once',
      ),
      reaches: (_before, _after, { name }) => name === 'retryProduce',
    },
  );
}
