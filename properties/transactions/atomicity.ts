import { firstOf, unless } from '../notApplicable.ts';
import { mayMistake, readsUncommitted, type TransactionsFacts } from './scopeFacts.ts';
import {
  firstWrong,
  recordsIn,
  somePartition,
  type TransactionsInvariant,
  type TransactionsScope,
  transactionOf,
} from './transactionsScope.ts';

type Words = Pick<TransactionsInvariant, 'name' | 'statement' | 'loss' | 'source'>;

/** Nobody with `read_committed` is given what its application did not ask to commit. */
export function abortedRecordsAreNotRead(facts: TransactionsFacts): TransactionsInvariant {
  return onlyCommittedIsRead(firstOf(mayMistake(facts), readsUncommitted(facts)), {
    name: 'aborted-records-are-not-read',
    statement:
      'A reader of committed records is given a record only if its application asked to commit the transaction.',
    loss: 'A reader acts upon a record that its application has taken back.',
    source: 'KIP-98; isolation.level',
  });
}

/** The same of every isolation and protocol. */
export function onlyCommittedRecordsAreRead(_: TransactionsFacts): TransactionsInvariant {
  return onlyCommittedIsRead(undefined, {
    name: 'no-aborted-record-is-read',
    statement: 'No reader is given a record of a transaction that its application did not commit.',
    loss: 'A reader acts upon a record that its application has taken back.',
    source: 'isolation.level; KAFKA-17754',
  });
}

function onlyCommittedIsRead(
  notApplicable: string | undefined,
  words: Words,
): TransactionsInvariant {
  return {
    ...words,
    kind: 'invariant',
    ...unless(notApplicable),
    when: ({ ghost }) =>
      [...ghost.sends].some(({ reads, transaction }) => reads > 0 && transaction > 0),
    holds(state) {
      const wrong = [...state.ghost.sends].findIndex(({ reads }, index) => {
        const transaction = transactionOf(state, index + 1);
        return reads > 0 && transaction !== undefined && transaction.asked !== 'commit';
      });
      if (wrong < 0) return true;
      return `record ${wrong + 1} was read, and its application did not ask to commit it`;
    },
  };
}

/** A transaction is all or nothing: in no partition is it committed if it is aborted in another. */
export function transactionsEndOneWay(facts: TransactionsFacts): TransactionsInvariant {
  return {
    name: 'transactions-end-one-way',
    kind: 'invariant',
    statement: 'The records of a transaction are all committed or all aborted, in every partition.',
    needs: 'two records',
    loss: 'Readers see half of a transaction, for ever.',
    source: 'KIP-98',
    ...unless(mayMistake(facts)),
    when: state => endsIn(facts, state).length > 1,
    holds(state) {
      const ends = endsIn(facts, state);
      for (const [place, { transaction, end, record }] of ends.entries()) {
        const other = ends
          .slice(0, place)
          .find(each => each.transaction === transaction && each.end !== end);
        if (other === undefined) continue;
        const [committed, aborted] =
          end === 'commit' ? [record, other.record] : [other.record, record];
        return `of one transaction record ${committed} is committed, and record ${aborted} aborted`;
      }
      return true;
    },
  };
}

/** The records of transactions that have a marker, with how they ended. */
function endsIn({ partition }: TransactionsFacts, { protocol, ghost }: TransactionsScope) {
  return partition.all
    .flatMap(each => recordsIn(protocol.partitions.get(each).log))
    .filter(({ end, record }) => end !== undefined && record > 0)
    .map(({ end, record }) => ({
      end,
      record,
      transaction: ghost.sends.get(record - 1).transaction,
    }));
}

/** What an application was told is committed stays so, in every partition. */
export function committedTransactionsAreKept(facts: TransactionsFacts): TransactionsInvariant {
  return {
    name: 'committed-transactions-are-kept',
    kind: 'invariant',
    statement:
      'Every record of a transaction that was told committed is in its partition, and not aborted.',
    loss: 'An application was told that its transaction is committed, and a part of it is gone.',
    source: 'KIP-98; KafkaProducer.commitTransaction',
    ...unless(mayMistake(facts)),
    when: ({ ghost }) => [...ghost.transactions].some(({ told }) => told === 'committed'),
    holds(state) {
      const { protocol, ghost } = state;
      for (const [index, { partition }] of [...ghost.sends].entries()) {
        const record = index + 1;
        if (transactionOf(state, record)?.told !== 'committed') continue;
        const found = recordsIn(protocol.partitions.get(partition).log).filter(
          each => each.record === record,
        );
        const where = facts.partition.nameOf(partition);
        if (found.length === 0) return `record ${record} is told committed, and not in ${where}`;
        if (found.some(({ end }) => end === 'abort')) {
          return `record ${record} is told committed, and aborted in ${where}`;
        }
      }
      return true;
    },
  };
}

/** A marker ends the transaction that it was written for, as that was decided. */
export function markersFollowDecisions(facts: TransactionsFacts): TransactionsInvariant {
  return {
    name: 'markers-follow-decisions',
    kind: 'invariant',
    statement:
      'The marker behind a record is of the kind that the coordinator decided on for its transaction.',
    loss: 'The marker of one transaction ends another.',
    source: 'KIP-98, KIP-1228; KAFKA-17754, KAFKA-19446',
    ...unless(mayMistake(facts)),
    when: state => endsIn(facts, state).length > 0,
    holds: state =>
      firstWrong(facts, state, ({ log }) => {
        for (const { record, end, marker } of recordsIn(log)) {
          if (record === 0 || end === undefined) continue;
          const { decided = 'nothing' } = transactionOf(state, record) ?? {};
          if (decided === end) continue;
          return `a marker at offset ${marker} says ${end} of record ${record}, for which ${decided} was decided`;
        }
        return undefined;
      }),
  };
}

/** A transaction is open in a partition only as long as its coordinator knows, and will end it. */
export function openTransactionsAreKnown(facts: TransactionsFacts): TransactionsInvariant {
  return {
    name: 'open-transactions-are-known',
    kind: 'invariant',
    statement:
      'Where a record of a transaction has no marker, the coordinator has the partition in its transaction.',
    loss: 'The transaction hangs: readers of committed records never get past it, or it joins the next one.',
    source: 'KIP-890; UnifiedLog.batchMissingRequiredVerification',
    ...unless(mayMistake(facts)),
    when: state =>
      somePartition(facts, state, ({ log }) => recordsIn(log).some(({ end }) => end === undefined)),
    holds: state =>
      firstWrong(facts, state, ({ log }, partition) => {
        for (const { offset, end, id } of recordsIn(log)) {
          if (end !== undefined) continue;
          const entries = [...state.protocol.coordinator.log].filter(entry => entry.id === id);
          const last = entries.at(-1);
          const isOpen = last !== undefined && /^(ongoing|prepare)/.test(last.state);
          if (isOpen && last.partitions.has(partition)) continue;
          return `offset ${offset} is open, and the coordinator does not know of it`;
        }
        return undefined;
      }),
  };
}

/** What nobody is promised: to see a transaction at once in all of its partitions. */
export function readersSeeWholeTransactions(_: TransactionsFacts): TransactionsInvariant {
  return {
    name: 'transactions-are-read-at-once',
    kind: 'invariant',
    statement: 'A reader that was given one record of a transaction was given every other.',
    loss: 'A reader finds half of a transaction, and the other half later.',
    source: 'KIP-98: markers arrive in each partition by itself',
    when: ({ ghost }) => [...ghost.sends].some(({ reads }) => reads > 0),
    holds({ ghost }) {
      const sends = [...ghost.sends].map(({ reads, transaction }) => ({ reads, transaction }));
      for (const [index, { reads, transaction }] of sends.entries()) {
        if (transaction === 0 || reads > 0) continue;
        const other = sends.findIndex(each => each.transaction === transaction && each.reads > 0);
        if (other >= 0) return `record ${other + 1} was read, and record ${index + 1} was not`;
      }
      return true;
    },
  };
}

/** What nobody is promised: that a commit which failed has not come about. */
export function failedCommitsAreNotRead(_: TransactionsFacts): TransactionsInvariant {
  return {
    name: 'failed-commits-are-not-read',
    kind: 'invariant',
    statement: 'No record is read of a transaction whose commit has failed for its application.',
    loss: 'An application that does it again has done it twice.',
    source: 'KafkaProducer.commitTransaction: after an error the outcome is not known',
    when: ({ ghost }) => [...ghost.transactions].some(({ told }) => told === 'failure'),
    holds(state) {
      const wrong = [...state.ghost.sends].findIndex(
        ({ reads }, index) => reads > 0 && transactionOf(state, index + 1)?.told === 'failure',
      );
      return wrong < 0 || `record ${wrong + 1} was read, and its application was told failure`;
    },
  };
}
