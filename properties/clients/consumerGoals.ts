import { goal } from '../goal.ts';
import { firstOf } from '../notApplicable.ts';
import type { ClientsGoal, ClientsScope } from './clientsScope.ts';
import { type ClientsFacts, withoutConsumer } from './scopeFacts.ts';

/** Goals that show that the model plays the scenes of consumers which the other properties guard. */
export function consumerGoals(facts: ClientsFacts): ClientsGoal[] {
  return [
    recordProcessed(facts),
    recordProcessedAgain(facts),
    positionMovedBack(facts),
    resetPassesOver(facts),
    commitLost(facts),
  ];
}

function recordProcessed(facts: ClientsFacts): ClientsGoal {
  return goal('record-processed', 'An application processes a record.', {
    notApplicable: withoutConsumer(facts),
    reaches: (_, after) => [...after.ghost.sends].some(({ processed }) => processed > 0),
  });
}

function recordProcessedAgain(facts: ClientsFacts): ClientsGoal {
  const { config } = facts;
  return goal('record-processed-again', 'An application processes a record a second time.', {
    needs: 'consumerCrashes or consumerCloses',
    notApplicable: firstOf(
      withoutConsumer(facts),
      config.commit === 'before' && 'offsets are committed before processing',
    ),
    reaches: (_, after) => [...after.ghost.sends].some(({ processed }) => processed > 1),
  });
}

function positionMovedBack(facts: ClientsFacts): ClientsGoal {
  return goal(
    'position-moved-back',
    'A consumer finds that the log was cut below its position, and goes on where it may differ.',
    {
      needs: 'uncleanFailovers, a reset policy, and Kafka 2.3 or later',
      notApplicable: withoutConsumer(facts),
      reaches: (before, after, { name }) =>
        name === 'validatePosition' && offsetsIn(facts, after) < offsetsIn(facts, before),
    },
  );
}

function resetPassesOver(facts: ClientsFacts): ClientsGoal {
  return goal(
    'reset-passes-over',
    'A consumer that has no position begins behind records that are there.',
    {
      needs: 'records that are committed before it begins',
      notApplicable: firstOf(
        withoutConsumer(facts),
        facts.config.reset !== 'latest' && 'auto.offset.reset is not latest',
      ),
      reaches: (before, after, { name }) =>
        name === 'resetPosition' && offsetsIn(facts, after) > offsetsIn(facts, before),
    },
  );
}

function commitLost(facts: ClientsFacts): ClientsGoal {
  const { commit } = facts.config;
  return goal('commit-lost', 'A consumer dies while a commit is on its way.', {
    needs: 'consumerCrashes',
    notApplicable: firstOf(
      withoutConsumer(facts),
      (commit === 'before' || commit === 'after') && 'the application waits for its commits',
    ),
    reaches: (before, _, { name }) =>
      name === 'crashConsumer' &&
      facts.consumer.all.some(each => before.protocol.consumers.get(each).commits.length > 0),
  });
}

/** The positions of all partitions together. */
function offsetsIn({ consumer, partition }: ClientsFacts, { protocol }: ClientsScope): number {
  return consumer.all
    .flatMap(each =>
      partition.all.map(one => protocol.consumers.get(each).partitions.get(one).offset),
    )
    .reduce((sum, offset) => sum + offset, 0);
}
