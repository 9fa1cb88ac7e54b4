import { always } from '../../description/always.ts';
import { oldestRelease } from '../../description/release.ts';
import type { RuleTable } from '../../description/ruleTable.ts';
import type { TransactionsRules } from '../rules.ts';

type CoordinatorRules = Pick<
  TransactionsRules,
  | 'version'
  | 'bumpsOnInitialization'
  | 'bumpsOnTimeout'
  | 'checksEndEpoch'
  | 'refusesOtherEnd'
  | 'refusesWhileCompleting'
  | 'decidesCommitted'
  | 'waitsForMarkers'
  | 'loadsFirst'
  | 'completesLoaded'
  | 'loadsCommitted'
>;

/** What the coordinator of a transaction does, by release. */
export const coordinatorRules: RuleTable<CoordinatorRules> = {
  version: [
    {
      since: oldestRelease,
      value: 1,
      source: 'KIP-98; TransactionCoordinator.endTransactionWithTV1',
      prevents:
        'nothing: several transactions have one epoch, and what is late is taken for the next',
    },
    {
      since: '4.0',
      value: 2,
      source:
        'KIP-890, KAFKA-14562; TransactionMetadata.prepareAbortOrCommit, AddPartitionsToTxnManager',
      prevents: 'that a late request ends, or joins, the next transaction (KAFKA-17754)',
    },
  ],
  bumpsOnInitialization: always(
    true,
    'KIP-98; TransactionMetadata.prepareIncrementProducerEpoch',
    'two processes that write with one transactional id',
  ),
  bumpsOnTimeout: [
    {
      since: oldestRelease,
      value: false,
      source: 'TransactionCoordinator.abortTimedOutTransactions in 0.11.0.0 and 0.11.0.1',
      prevents: 'nothing: the producer goes on, and half of its transaction is aborted',
      defect: 'not-fenced-on-timeout',
      repaired: true,
    },
    {
      since: ['0.11.0.2', '1.0'],
      value: true,
      source: 'KAFKA-6119; TransactionMetadata.prepareFenceProducerEpoch',
      prevents: 'that a transaction is committed of which a part is aborted already',
    },
  ],
  checksEndEpoch: always(
    true,
    'TransactionCoordinator.endTransaction (PRODUCER_FENCED)',
    'that a process which was fenced ends the transaction of another',
  ),
  refusesOtherEnd: always(
    true,
    'TransactionCoordinator.logInvalidStateTransitionAndReturnError (INVALID_TXN_STATE)',
    'that a producer is told commit of what is aborted',
  ),
  refusesWhileCompleting: always(
    true,
    'TransactionCoordinator.handleAddPartitionsToTransaction; KAFKA-18575 (found before 4.0 was out)',
    'a partition that gets no marker',
  ),
  decidesCommitted: always(
    true,
    'TransactionStateManager.appendTransactionToLog (updateCacheCallback)',
    'a decision that a failover loses, after it was told or acted upon',
  ),
  waitsForMarkers: always(
    true,
    'TransactionMarkerChannelManager.maybeWriteTxnCompletion',
    'records that stay open while the next transaction begins',
  ),
  loadsFirst: always(
    true,
    'TransactionStateManager.getAndMaybeAddTransactionState (COORDINATOR_LOAD_IN_PROGRESS)',
    'an epoch that was given out before',
  ),
  completesLoaded: always(
    true,
    'TransactionStateManager.loadTransactionsForTxnTopicPartition (transactionsPendingForCompletion)',
    'a transaction that is decided and never completed',
  ),
  loadsCommitted: [
    {
      since: oldestRelease,
      value: false,
      source: 'TransactionStateManager.loadTransactionMetadata (FetchIsolation.LOG_END)',
      prevents:
        'nothing: markers are sent for a decision, and records verified by an entry, that the next failover may lose',
      defect: 'uncommitted-decision-loaded',
      repaired: true,
    },
  ],
};
