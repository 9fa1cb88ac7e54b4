import type { ReadonlyPartitionView, TransactionalId } from '../../models/transactions/schema.ts';
import { unless } from '../notApplicable.ts';
import { mayFail, mayMistake, type TransactionsFacts, withoutTransactions } from './scopeFacts.ts';
import {
  firstUndecided,
  firstWrong,
  recordsIn,
  somePartition,
  type TransactionsInvariant,
  type TransactionsScope,
  type TransactionsStepProperty,
} from './transactionsScope.ts';

/** Whoever has an epoch that a later process was told is beyond writes nothing any more. */
export function fencedProducersWriteNothing(facts: TransactionsFacts): TransactionsStepProperty {
  return {
    name: 'fenced-producers-write-nothing',
    kind: 'step',
    statement:
      'Once a process was told its epoch, nothing of an earlier epoch is appended to any partition.',
    loss: 'A process that was taken for dead writes beside the one that has taken its place.',
    source:
      'KIP-98; ProducerAppendInfo.checkProducerEpoch; KIP-890 for partitions that do not know the epoch',
    ...unless(mayMistake(facts)),
    when: before => [...facts.transactionalId.all].some(id => before.ghost.toldEpochs.get(id) > 1),
    holds: (before, after) =>
      firstWrong(facts, after, ({ log }, partition) => {
        const { length } = before.protocol.partitions.get(partition).log;
        for (let offset = length; offset < log.length; offset++) {
          const { kind, id, epoch } = log.get(offset);
          const told = before.ghost.toldEpochs.get(id) - 1;
          if (kind !== 'data' || epoch >= told) continue;
          return `epoch ${epoch} was appended at offset ${offset}, after epoch ${told} was told`;
        }
        return undefined;
      }),
  };
}

/** Each process is told an epoch that no process before it has had. */
export function producerEpochsGrow(facts: TransactionsFacts): TransactionsStepProperty {
  return {
    name: 'producer-epochs-grow',
    kind: 'step',
    statement:
      'A producer that gets an epoch gets one that nobody with its transactional id has had.',
    loss: 'Two processes with one epoch: neither fences the other.',
    source: 'KIP-98; TransactionMetadata.prepareIncrementProducerEpoch',
    ...unless(withoutTransactions(facts)),
    when: (before, after) => facts.producer.all.some(each => isInitialized(before, after, each)),
    holds(before, after) {
      for (const producer of facts.producer.all) {
        if (!isInitialized(before, after, producer)) continue;
        const { epoch } = after.protocol.producers.get(producer);
        const told = before.ghost.toldEpochs.get(idIn(facts, producer)) - 1;
        if (epoch > told) continue;
        return `${facts.producer.nameOf(producer)} was told epoch ${epoch}, and ${told} was told before`;
      }
      return true;
    },
  };
}

type Producer = TransactionsFacts['producer']['all'][number];

function isInitialized(
  before: TransactionsScope,
  after: TransactionsScope,
  producer: Producer,
): boolean {
  const was = before.protocol.producers.get(producer).state.state;
  const is = after.protocol.producers.get(producer).state.state;
  return is === 'ready' && (was === 'initializing' || was === 'uninitialized');
}

function idIn({ transactionalId }: TransactionsFacts, producer: Producer): TransactionalId {
  const id = transactionalId.all.at(Math.min(producer, transactionalId.count - 1));
  if (id === undefined) throw new RangeError('a producer without a transactional id');
  return id;
}

/** Whoever is not fenced goes on, whatever is lost on the way: it is never told that it can only close. */
export function onlyFencedProducersFail(facts: TransactionsFacts): TransactionsInvariant {
  return {
    name: 'only-fenced-producers-fail',
    kind: 'invariant',
    statement: 'A producer that nobody has fenced has no fatal error, however its requests fare.',
    loss: 'An application has to be started again, and does not know how its transaction has ended.',
    source: 'TransactionManager.EndTxnHandler (INVALID_TXN_STATE, PRODUCER_FENCED); KIP-360',
    ...unless(mayFail(facts)),
    when: ({ protocol }) =>
      facts.producer.all.some(each => protocol.producers.get(each).state.state !== 'uninitialized'),
    holds({ protocol }) {
      const failed = facts.producer.all.find(
        each => protocol.producers.get(each).state.state === 'fatalError',
      );
      return failed === undefined || `${facts.producer.nameOf(failed)} can only close`;
    },
  };
}

/** The decision of a coordinator is not taken back by the next. */
export function decisionsStay(facts: TransactionsFacts): TransactionsStepProperty {
  return {
    name: 'decisions-stay',
    kind: 'step',
    statement:
      'What was decided of a transaction is never decided otherwise, once a marker says so.',
    loss: 'One partition has the first decision, and another the second.',
    source:
      'TransactionState (validPreviousStates); TransactionStateManager.loadTransactionMetadata',
    ...unless(mayMistake(facts)),
    when: before => decidedIn(facts, before).length > 0,
    holds(before, after) {
      for (const { transaction, decided } of decidedIn(facts, before)) {
        const { decided: is } = after.ghost.transactions.get(transaction - 1);
        if (decided === is) continue;
        return `transaction ${transaction} was decided ${decided}, and is now decided ${is}`;
      }
      return true;
    },
  };
}

/** The transactions that are decided, and of which some record has a marker, each as often as it has. */
function decidedIn({ partition }: TransactionsFacts, { protocol, ghost }: TransactionsScope) {
  return partition.all
    .flatMap(each => recordsIn(protocol.partitions.get(each).log))
    .filter(({ end, record }) => end !== undefined && record > 0)
    .map(({ record }) => ghost.sends.get(record - 1).transaction)
    .map(transaction => ({ transaction, decided: ghost.transactions.get(transaction - 1).decided }))
    .filter(({ decided }) => decided !== 'nothing');
}

/** A coordinator that was deposed writes no marker behind one of its successor. */
export function coordinatorEpochsOnlyGrow(facts: TransactionsFacts): TransactionsInvariant {
  const pairsIn = ({ log }: ReadonlyPartitionView) => {
    const markers = [...log]
      .filter(({ kind }) => kind === 'commit' || kind === 'abort')
      .map(({ id, coordinatorEpoch }) => ({ id, coordinatorEpoch }));
    return markers.flatMap((later, place) =>
      markers
        .slice(0, place)
        .filter(({ id }) => id === later.id)
        .map(earlier => ({ earlier: earlier.coordinatorEpoch, later: later.coordinatorEpoch })),
    );
  };
  return {
    name: 'coordinator-epochs-only-grow',
    kind: 'invariant',
    statement:
      'In the log of a partition the coordinator epochs of the markers of a producer never go back.',
    loss: 'A coordinator that was deposed ends the transaction that its successor has let begin.',
    source: 'ProducerAppendInfo.checkCoordinatorEpoch (TRANSACTION_COORDINATOR_FENCED)',
    needs: 'coordinatorFailovers',
    ...unless(withoutTransactions(facts)),
    when: state =>
      somePartition(facts, state, view =>
        pairsIn(view).some(({ earlier, later }) => earlier !== later),
      ),
    holds: state =>
      firstWrong(facts, state, view => {
        const wrong = pairsIn(view).find(({ earlier, later }) => later < earlier);
        if (wrong === undefined) return undefined;
        return `a marker of coordinator epoch ${wrong.later} is behind one of ${wrong.earlier}`;
      }),
  };
}

/** A reader of committed records waits where the first open transaction begins. */
export function readersStayBelowOpenTransactions(facts: TransactionsFacts): TransactionsInvariant {
  return {
    name: 'readers-wait-for-open-transactions',
    kind: 'invariant',
    statement:
      'A reader of committed records never passes a transaction that is open, or whose marker is not committed.',
    loss: 'A reader is given a record, or passes over one, before it is decided.',
    source: 'KIP-98; ProducerStateManager.firstUnstableOffset; KAFKA-9807',
    ...unless(
      withoutTransactions(facts) ??
        (facts.config.isolation === 'read_uncommitted'
          ? 'the reader reads uncommitted'
          : undefined),
    ),
    when: ({ protocol }) =>
      facts.partition.all.some(each => protocol.reader.get(each).position > 0),
    holds: state =>
      firstWrong(facts, state, (view, partition) => {
        const { position } = state.protocol.reader.get(partition);
        const stable = firstUndecided(view);
        if (position <= stable) return undefined;
        return `the reader is at offset ${position}, and only what is below ${stable} is decided`;
      }),
  };
}

/** Where a reader of committed records may go never goes back. */
export function stableOffsetNeverGoesBack(facts: TransactionsFacts): TransactionsStepProperty {
  return {
    name: 'last-stable-offset-never-goes-back',
    kind: 'step',
    statement: 'What is below the first undecided transaction of a partition stays so.',
    loss: 'A reader has passed what is open again.',
    source: 'UnifiedLog.maybeIncrementFirstUnstableOffset; clean elections',
    ...unless(withoutTransactions(facts)),
    when: before => somePartition(facts, before, view => firstUndecided(view) > 0),
    holds: (before, after) =>
      firstWrong(facts, after, (view, partition) => {
        const was = firstUndecided(before.protocol.partitions.get(partition));
        const is = firstUndecided(view);
        return is >= was ? undefined : `the last stable offset goes back from ${was} to ${is}`;
      }),
  };
}

/** What is committed stays where it is: the promise that the log of a partition makes to all of its clients. */
export function committedEntriesStay(facts: TransactionsFacts): TransactionsStepProperty {
  return {
    name: 'committed-entries-stay',
    kind: 'step',
    statement: 'What the high watermark of a partition covers stays in its log, where it is.',
    loss: 'Readers have read what is not in the log any more.',
    source: 'docs/replication.md: what replication keeps over clean elections',
    when: before => somePartition(facts, before, ({ highWatermark }) => highWatermark > 0),
    holds: (before, after) =>
      firstWrong(facts, before, (was, partition) => {
        const { log } = after.protocol.partitions.get(partition);
        for (let offset = 0; offset < was.highWatermark; offset++) {
          const entry = was.log.get(offset);
          const is = offset < log.length ? log.get(offset) : undefined;
          if (is !== undefined && is.kind === entry.kind && is.record === entry.record) continue;
          return `offset ${offset} was committed, and is not there any more`;
        }
        return undefined;
      }),
  };
}
