import { unless } from '../notApplicable.ts';
import { mayMistake, type TransactionsFacts, withoutTransactions } from './scopeFacts.ts';
import {
  firstUndecided,
  somePartition,
  type TransactionsProgress,
  type TransactionsScope,
} from './transactionsScope.ts';

/** A transaction that has begun for its coordinator is complete at some time, whatever becomes of its producer. */
export function transactionsEnd(facts: TransactionsFacts): TransactionsProgress {
  return {
    name: 'transactions-end',
    kind: 'leadsTo',
    statement: 'A transaction that is open, or decided, is complete at some time.',
    loss: 'Nobody with the transactional id gets further.',
    source: 'transaction.timeout.ms; TransactionMarkerChannelManager; KAFKA-16352, KAFKA-19999',
    ...unless(withoutTransactions(facts)),
    when: state => isSomeUnfinished(facts, state),
    goal: state => !isSomeUnfinished(facts, state),
  };
}

function isSomeUnfinished(
  { transactionalId }: TransactionsFacts,
  { protocol }: TransactionsScope,
): boolean {
  return transactionalId.all.some(id => {
    const last = [...protocol.coordinator.log].filter(entry => entry.id === id).at(-1);
    return last !== undefined && /^(ongoing|prepare)/.test(last.state);
  });
}

/** Readers of committed records get past every transaction. */
export function stableOffsetMovesOn(facts: TransactionsFacts): TransactionsProgress {
  const isHeld = (state: TransactionsScope): boolean =>
    somePartition(facts, state, view => firstUndecided(view) < view.highWatermark);
  return {
    name: 'last-stable-offset-moves-on',
    kind: 'leadsTo',
    statement: 'A transaction that readers of committed records wait for is decided at some time.',
    loss: 'A transaction hangs: readers of committed records get no further.',
    source: 'KIP-890; transaction.timeout.ms',
    ...unless(mayMistake(facts)),
    when: isHeld,
    goal: state => !isHeld(state),
  };
}

/** Whoever asks for the end of a transaction is answered. */
export function endsAreAnswered(facts: TransactionsFacts): TransactionsProgress {
  const isWaiting = ({ protocol }: TransactionsScope): boolean =>
    facts.producer.all.some(producer => {
      const { state } = protocol.producers.get(producer).state;
      return state === 'committing' || state === 'aborting' || state === 'initializing';
    });
  return {
    name: 'ends-are-answered',
    kind: 'leadsTo',
    statement:
      'A producer that asks for the end of its transaction, or for its epoch, is answered.',
    loss: 'The application waits for ever.',
    source: 'KafkaProducer.commitTransaction; TransactionManager.TxnRequestHandler',
    ...unless(withoutTransactions(facts)),
    when: isWaiting,
    goal: state => !isWaiting(state),
  };
}
