import type { TakenAction } from '../../checker/model/property.ts';
import { goal } from '../goal.ts';
import { firstOf } from '../notApplicable.ts';
import {
  isSecondVersion,
  type TransactionsFacts,
  withoutInput,
  withoutTransactions,
} from './scopeFacts.ts';
import {
  firstUndecided,
  recordsIn,
  somePartition,
  type TransactionsGoal,
  type TransactionsScope,
  transactionOf,
} from './transactionsScope.ts';

/** Goals that show that the model plays the scenes which the other properties guard. */
export function transactionsGoals(facts: TransactionsFacts): TransactionsGoal[] {
  return [
    transactionCommitted(facts),
    transactionAborted(facts),
    fencedByRestart(facts),
    abortedByTimeout(facts),
    coordinatorCompletes(facts),
    markerWrittenAgain(facts),
    readerWaits(facts),
    abortedRecordPassedOver(facts),
    appendStoppedByMarker(facts),
    lateRequestRefused(facts),
    lateMarkerRefused(facts),
    epochBumpedAfterError(facts),
    commitAnsweredAgain(facts),
    failedCommitRead(facts),
    offsetUnstable(facts),
    earlierGenerationRefused(facts),
    outputRepeated(facts),
  ];
}

function transactionCommitted(facts: TransactionsFacts): TransactionsGoal {
  return goal(
    'transaction-committed',
    'A reader is given a record of a transaction that was told committed.',
    {
      notApplicable: withoutTransactions(facts),
      reaches: (_, after) =>
        [...after.ghost.sends].some(
          ({ reads }, index) => reads > 0 && transactionOf(after, index + 1)?.told === 'committed',
        ),
    },
  );
}

function transactionAborted(facts: TransactionsFacts): TransactionsGoal {
  return goal('transaction-aborted', 'An application is told that its transaction is aborted.', {
    needs: 'aborts, or a batch that fails',
    notApplicable: withoutTransactions(facts),
    reaches: (_, after) => [...after.ghost.transactions].some(({ told }) => told === 'aborted'),
  });
}

function fencedByRestart(facts: TransactionsFacts): TransactionsGoal {
  return goal(
    'transaction-aborted-by-restart',
    'A process asks for an id whose transaction is open: it is aborted.',
    {
      needs: 'restarts, or two producers with one transactional id',
      notApplicable: withoutTransactions(facts),
      reaches: (before, after, { name }) =>
        name === 'initProducerId' && decidedIn(after) > decidedIn(before),
    },
  );
}

function abortedByTimeout(facts: TransactionsFacts): TransactionsGoal {
  return goal(
    'transaction-timed-out',
    'The coordinator aborts a transaction that takes too long.',
    {
      needs: 'timeouts',
      notApplicable: withoutTransactions(facts),
      reaches: (before, after, action) =>
        action.name === 'abortTimedOut' && decidedIn(after) > decidedIn(before),
    },
  );
}

function decidedIn({ ghost }: TransactionsScope): number {
  return [...ghost.transactions].filter(({ decided }) => decided !== 'nothing').length;
}

function coordinatorCompletes(facts: TransactionsFacts): TransactionsGoal {
  return goal(
    'decision-taken-over',
    'A coordinator that has taken over writes the markers of what was decided before.',
    {
      needs: 'coordinatorFailovers',
      notApplicable: withoutTransactions(facts),
      reaches: (_, { protocol }, { name }) =>
        name === 'writeMarker' &&
        [...protocol.coordinator.log].some(
          ({ state, leaderEpoch }) =>
            state.startsWith('prepare') && leaderEpoch < protocol.coordinator.leaderEpoch,
        ),
    },
  );
}

function markerWrittenAgain(facts: TransactionsFacts): TransactionsGoal {
  return goal('marker-written-again', 'A partition has a marker twice, one behind the other.', {
    needs: 'coordinatorFailovers, failovers or lateMarkers',
    notApplicable: withoutTransactions(facts),
    reaches: (_, after) =>
      somePartition(facts, after, ({ log }) => {
        const entries = [...log].map(({ kind, id, epoch }) => `${kind} of ${id} in ${epoch}`);
        return entries.some((entry, offset) => isMarker(entry) && entries[offset - 1] === entry);
      }),
  });
}

function isMarker(entry: string): boolean {
  return entry.startsWith('commit') || entry.startsWith('abort');
}

function readerWaits(facts: TransactionsFacts): TransactionsGoal {
  return goal(
    'reader-waits',
    'A reader of committed records is let no further than where a transaction is open.',
    {
      notApplicable: firstOf(
        withoutTransactions(facts),
        facts.config.isolation === 'read_uncommitted' && 'the reader reads uncommitted',
      ),
      reaches: (_, after) =>
        somePartition(facts, after, (view, partition) => {
          const { position } = after.protocol.reader.get(partition);
          return position === firstUndecided(view) && position < view.highWatermark;
        }),
    },
  );
}

function abortedRecordPassedOver(facts: TransactionsFacts): TransactionsGoal {
  return goal(
    'aborted-record-passed-over',
    'A reader leaves out a record of a transaction that was aborted.',
    {
      needs: 'aborts, timeouts or restarts',
      notApplicable: firstOf(
        withoutTransactions(facts),
        facts.config.isolation === 'read_uncommitted' && 'the reader reads uncommitted',
      ),
      reaches: (_, after) =>
        somePartition(facts, after, ({ log }, partition) => {
          const { position } = after.protocol.reader.get(partition);
          return recordsIn(log).some(
            ({ offset, end, record }) =>
              record > 0 &&
              offset < position &&
              end === 'abort' &&
              after.ghost.sends.get(record - 1).reads === 0,
          );
        }),
    },
  );
}

function appendStoppedByMarker(facts: TransactionsFacts): TransactionsGoal {
  return goal(
    'append-stopped-by-marker',
    'A marker comes between the verification of a batch and the batch.',
    {
      needs: 'timeouts, restarts or two producers, and Kafka 3.6 or later',
      notApplicable: withoutTransactions(facts),
      reaches: (_, { protocol }) =>
        facts.producer.all.some(producer =>
          facts.partition.all.some(
            partition =>
              protocol.producers.get(producer).batches.get(partition).phase === 'unguarded',
          ),
        ) || [...protocol.lateRequests].some(({ phase }) => phase === 'unguarded'),
    },
  );
}

function lateRequestRefused(facts: TransactionsFacts): TransactionsGoal {
  return goal(
    'late-record-refused',
    'A record that comes late is refused, since its transaction has ended.',
    {
      needs: 'lateRequests, and aborts, timeouts or restarts',
      notApplicable: withoutTransactions(facts),
      reaches: (before, after, action) =>
        isRefused(
          before,
          after,
          action,
          'handleLateRequest',
          ({ protocol }) => protocol.lateRequests.length,
        ) && !isThere(facts, before),
    },
  );
}

/** Whether the first late record is in its log already. */
function isThere(facts: TransactionsFacts, { protocol }: TransactionsScope): boolean {
  const late = [...protocol.lateRequests].map(({ record }) => record);
  return facts.partition.all.some(each =>
    [...protocol.partitions.get(each).log].some(
      ({ record }) => record > 0 && late.includes(record),
    ),
  );
}

function lateMarkerRefused(facts: TransactionsFacts): TransactionsGoal {
  return goal('late-marker-refused', 'A marker that comes late is refused.', {
    needs: 'lateMarkers, and coordinatorFailovers or another record',
    notApplicable: withoutTransactions(facts),
    reaches: (before, after, action) =>
      isRefused(
        before,
        after,
        action,
        'handleLateMarker',
        ({ protocol }) => protocol.lateMarkers.length,
      ),
  });
}

function isRefused(
  before: TransactionsScope,
  after: TransactionsScope,
  { name }: TakenAction,
  handled: string,
  count: (state: TransactionsScope) => number,
): boolean {
  if (name !== handled || count(after) >= count(before)) return false;
  return entriesIn(before) === entriesIn(after);
}

function entriesIn({ protocol }: TransactionsScope): number {
  return protocol.partitions.toJSON().reduce((sum, { log }) => sum + log.length, 0);
}

function epochBumpedAfterError(facts: TransactionsFacts): TransactionsGoal {
  return goal(
    'epoch-bumped-after-error',
    'A producer whose batch has failed aborts, and goes on with its next epoch.',
    {
      needs: 'expiries, and Kafka 2.5 or later',
      notApplicable: firstOf(
        withoutTransactions(facts),
        isSecondVersion(facts) && 'every transaction has an epoch of its own',
      ),
      reaches: (before, after) =>
        facts.producer.all.some(producer => {
          const [was, is] = [before, after].map(({ protocol }) => protocol.producers.get(producer));
          return (
            was?.needsBump === true &&
            was.state.state === 'initializing' &&
            is?.state.state === 'ready'
          );
        }),
    },
  );
}

function commitAnsweredAgain(facts: TransactionsFacts): TransactionsGoal {
  return goal(
    'commit-answered-again',
    'A producer that asks again is told that its transaction is committed.',
    {
      needs: 'disconnects, lateEnds or coordinatorFailovers',
      notApplicable: withoutTransactions(facts),
      reaches: (before, after, { name }) =>
        name === 'endTransaction' && toldIn(after, 'committed') > toldIn(before, 'committed'),
    },
  );
}

function failedCommitRead(facts: TransactionsFacts): TransactionsGoal {
  return goal(
    'failed-commit-read',
    'A transaction is committed whose application was told failure.',
    {
      needs: 'disconnects, and restarts or two producers with one transactional id',
      notApplicable: withoutTransactions(facts),
      reaches: (_, after) =>
        [...after.ghost.transactions].some(
          ({ told, decided }) => told === 'failure' && decided === 'commit',
        ),
    },
  );
}

function toldIn({ ghost }: TransactionsScope, what: string): number {
  return [...ghost.transactions].filter(({ told }) => told === what).length;
}

function offsetUnstable(facts: TransactionsFacts): TransactionsGoal {
  return goal(
    'offset-unstable',
    'A process asks for its offset while a transaction with one is open.',
    {
      needs: 'restarts or rebalances',
      notApplicable: firstOf(
        withoutInput(facts),
        facts.config.pattern === 'outbox' && 'the outbox has no offsets',
        withoutTransactions(facts),
      ),
      reaches: (_, { protocol }) => {
        const offsets = facts.partition.all.at(-1);
        if (offsets === undefined) return false;
        const isOpen = recordsIn(protocol.partitions.get(offsets).log).some(
          ({ end }) => end === undefined,
        );
        const { owner } = protocol.group;
        const view = protocol.producers.get(owner);
        return isOpen && view.state.state === 'ready' && !view.isReading;
      },
    },
  );
}

function earlierGenerationRefused(facts: TransactionsFacts): TransactionsGoal {
  const refused = ({ protocol }: TransactionsScope): boolean[] =>
    facts.producer.all.map(producer => {
      const { generation, isReading } = protocol.producers.get(producer);
      return isReading && generation < protocol.group.generation;
    });
  return goal(
    'earlier-generation-refused',
    'Offsets of an earlier generation of the group are refused.',
    {
      needs: 'rebalances, and Kafka 2.5 or later',
      notApplicable: withoutInput(facts),
      // Who is refused reads its input anew.
      reaches: (before, after, { name }) =>
        (name === 'handleProduce' || name === 'appendVerified') &&
        refused(before).some((was, producer) => was && refused(after)[producer] === false),
    },
  );
}

function outputRepeated(facts: TransactionsFacts): TransactionsGoal {
  return goal('output-repeated', 'A record of the input comes to two outputs.', {
    needs: 'restarts, rebalances or two producers',
    notApplicable: firstOf(
      withoutInput(facts),
      facts.config.transactions && 'outputs and offsets are in transactions',
    ),
    reaches: (_, after) => {
      const inputs = facts.partition.all.flatMap(each =>
        [...after.protocol.partitions.get(each).log]
          .filter(({ kind, record }) => kind === 'plain' && record > 0)
          .map(({ input }) => input),
      );
      return new Set(inputs).size < inputs.length;
    },
  });
}
