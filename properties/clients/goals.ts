import type { ReadonlyRequestView, Result } from '../../models/clients/schema.ts';
import { goal } from '../goal.ts';
import { firstOf } from '../notApplicable.ts';
import { type ClientsGoal, type ClientsScope, offsetOf, somePartition } from './clientsScope.ts';
import { type ClientsFacts, withoutIdempotence } from './scopeFacts.ts';

/** Goals that show that the model plays the scenes of producers which the other properties guard. */
export function producerGoals(facts: ClientsFacts): ClientsGoal[] {
  return [
    recordAcknowledged(facts),
    duplicateRecognised(facts),
    recordRepeated(facts),
    recordsReordered(facts),
    failedRecordStored(facts),
    uncommittedRecordLost(facts),
    gapAnswered(facts),
    epochBumped(facts),
    lateRequestFenced(facts),
    expiredBatchResolved(facts),
    leaderNamed(facts),
  ];
}

function recordAcknowledged(facts: ClientsFacts): ClientsGoal {
  return goal('record-acknowledged', 'A producer is told success.', {
    reaches: (_, after) =>
      facts.partition.all.some(each => after.ghost.partitions.get(each).acknowledged.length > 0),
  });
}

function duplicateRecognised(facts: ClientsFacts): ClientsGoal {
  return goal(
    'duplicate-recognised',
    'A leader finds that it has a batch already, and appends nothing.',
    {
      needs: 'failovers, disconnects, lateRequests or timeouts',
      notApplicable: withoutIdempotence(facts),
      reaches: (before, after, { name }) => {
        if (name !== 'handleProduce' || entriesIn(facts, after) > entriesIn(facts, before))
          return false;
        const held = ({ phase, result }: ReadonlyRequestView): boolean =>
          phase === 'waiting' || result === 'success';
        return countRequests(facts, after, held) > countRequests(facts, before, held);
      },
    },
  );
}

function recordRepeated(facts: ClientsFacts): ClientsGoal {
  return goal('record-repeated', 'A record that was sent again is in the log twice.', {
    needs: 'failovers, disconnects, lateRequests or timeouts',
    notApplicable: firstOf(
      facts.config.idempotence && 'the producer is idempotent',
      !facts.config.retries && 'nothing is sent again',
    ),
    reaches: (_, after) =>
      somePartition(facts, after, ({ log }) =>
        [...log].some(({ record }, offset) => offsetOf(log, record) !== offset),
      ),
  });
}

function recordsReordered(facts: ClientsFacts): ClientsGoal {
  const { config } = facts;
  return goal('records-reordered', 'A record is in the log behind one that was sent after it.', {
    needs: 'two records, and failovers, disconnects, lateRequests, timeouts or refusals',
    notApplicable: firstOf(
      config.idempotence && 'the producer is idempotent',
      !config.retries && 'nothing is sent again',
      config.maxInFlight === 1 && 'one request is in flight',
    ),
    reaches: (_, after) =>
      somePartition(facts, after, ({ log }) => {
        const records = [...log].map(({ record }) => record);
        return records.some((record, offset) =>
          records.slice(0, offset).some(each => each > record),
        );
      }),
  });
}

function failedRecordStored(facts: ClientsFacts): ClientsGoal {
  return goal(
    'failed-record-stored',
    'A record for which failure was told is in the log, and stays.',
    {
      needs: 'expiries, or no retries',
      reaches: (_, after) =>
        facts.producer.all.some(each =>
          [...after.protocol.producers.get(each).batches].some(({ state, record, partition }) => {
            if (state.state !== 'failed') return false;
            const { log, highWatermark } = after.protocol.partitions.get(partition);
            const offset = offsetOf(log, record);
            return offset !== undefined && offset < highWatermark;
          }),
        ),
    },
  );
}

function uncommittedRecordLost(facts: ClientsFacts): ClientsGoal {
  return goal('uncommitted-record-lost', 'A failover loses what was appended and not committed.', {
    needs: 'failovers',
    reaches: (before, after, { name }) =>
      name === 'failOver' && entriesIn(facts, after) < entriesIn(facts, before),
  });
}

function gapAnswered(facts: ClientsFacts): ClientsGoal {
  return goal('gap-answered', 'A leader refuses a batch because one before it is missing.', {
    needs: 'two records, and something that keeps the first from being appended',
    notApplicable: withoutIdempotence(facts),
    reaches: (before, after) => isNewResult(facts, before, after, 'outOfOrderSequence'),
  });
}

function epochBumped(facts: ClientsFacts): ClientsGoal {
  return goal('epoch-bumped', 'A producer goes on to its next epoch or to another producer id.', {
    needs: 'epochBumps',
    notApplicable: withoutIdempotence(facts),
    reaches: (before, after) =>
      facts.producer.all.some(each => {
        const [was, is] = [before, after].map(({ protocol }) => protocol.producers.get(each));
        if (was === undefined || is === undefined) return false;
        return (
          is.producerEpoch > was.producerEpoch ||
          (was.batches.length > 0 && is.producerId > 1 && is.producerId !== was.producerId)
        );
      }),
  });
}

function lateRequestFenced(facts: ClientsFacts): ClientsGoal {
  return goal(
    'late-request-fenced',
    'A request of an earlier epoch of its producer arrives, and is refused.',
    {
      needs: 'lateRequests and epochBumps',
      notApplicable: withoutIdempotence(facts),
      reaches: (before, after, { name, params }) => {
        if (name !== 'handleLateRequest') return false;
        const { partition, broker, producerId, producerEpoch } = before.protocol.lateRequests.get(
          Number(params['late']),
        );
        const { log, leader } = before.protocol.partitions.get(partition);
        if (leader !== broker || entriesIn(facts, after) > entriesIn(facts, before)) return false;
        return [...log].some(
          entry => entry.producerId === producerId && entry.producerEpoch > producerEpoch,
        );
      },
    },
  );
}

function expiredBatchResolved(facts: ClientsFacts): ClientsGoal {
  return goal(
    'expired-batch-resolved',
    'What follows an expired batch is acknowledged, which shows that it was appended.',
    {
      needs: 'two records, expiries, and a lost answer',
      notApplicable: withoutIdempotence(facts),
      reaches: (before, after) =>
        facts.producer.all.some(producer =>
          facts.partition.all.some(partition => {
            const [was, is] = [before, after].map(({ protocol }) =>
              protocol.producers.get(producer).partitions.get(partition),
            );
            if (was?.unresolvedBefore === undefined || is === undefined) return false;
            return (
              is.unresolvedBefore === undefined && is.gapAt === undefined && was.gapAt === undefined
            );
          }),
        ),
    },
  );
}

function leaderNamed(facts: ClientsFacts): ClientsGoal {
  return goal('leader-named', 'The answer of a broker that does not lead says who does.', {
    needs: 'failovers, and Kafka 3.7 or later',
    reaches: (before, after, { name }) =>
      name === 'receiveAnswer' &&
      facts.producer.all.some(producer =>
        facts.partition.all.some(partition => {
          const [was, is] = [before, after].map(
            ({ protocol }) => protocol.producers.get(producer).partitions.get(partition).leader,
          );
          return was !== is;
        }),
      ),
  });
}

/** How many entries all logs have. */
function entriesIn({ partition }: ClientsFacts, { protocol }: ClientsScope): number {
  return partition.all.reduce((sum, each) => sum + protocol.partitions.get(each).log.length, 0);
}

function isNewResult(
  facts: ClientsFacts,
  before: ClientsScope,
  after: ClientsScope,
  result: Result,
): boolean {
  const has = (request: ReadonlyRequestView): boolean => request.result === result;
  return countRequests(facts, after, has) > countRequests(facts, before, has);
}

/** How many requests on connections pass the test. */
function countRequests(
  { producer, broker }: ClientsFacts,
  { protocol }: ClientsScope,
  test: (request: ReadonlyRequestView) => boolean,
): number {
  const all = producer.all.flatMap(each =>
    broker.all.flatMap(one => [...protocol.producers.get(each).connections.get(one).requests]),
  );
  return all.filter(test).length;
}
