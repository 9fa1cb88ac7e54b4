import { always } from '../../description/always.ts';
import { oldestRelease } from '../../description/release.ts';
import type { RuleTable } from '../../description/ruleTable.ts';
import type { TransactionsRules } from '../rules.ts';

type ClientRules = Pick<
  TransactionsRules,
  | 'recoversByBump'
  | 'abortsWhenRefused'
  | 'waitsForBatches'
  | 'offsetsWait'
  | 'fencesGenerations'
  | 'fetchesStable'
  | 'rewindsAfterFailure'
>;

/** What producers do, and the group of those who read an input, by release. */
export const clientRules: RuleTable<ClientRules> = {
  recoversByBump: [
    {
      since: oldestRelease,
      value: false,
      source: 'TransactionManager.maybeResolveSequences (a fatal error)',
      prevents: 'nothing: the process has to be started again',
    },
    {
      since: '2.5',
      value: true,
      source:
        'KIP-360, KAFKA-8805; TransactionManager.beginCompletingTransaction (epochBumpRequired)',
      prevents: 'that a producer gets no further after a batch that expired',
    },
  ],
  abortsWhenRefused: [
    {
      since: oldestRelease,
      value: false,
      source: 'Sender.completeBatch, TransactionManager (ProducerFencedException)',
      prevents: 'that a producer goes on which another has fenced',
    },
    {
      since: '2.7',
      value: true,
      source: 'KIP-588; ProducerAppendInfo.checkProducerEpoch (INVALID_PRODUCER_EPOCH)',
      prevents: 'that a producer is closed because its transaction has timed out',
    },
  ],
  waitsForBatches: always(
    true,
    'TransactionManager.nextRequest (hasIncompleteBatches)',
    'that a transaction is committed without some of its records',
  ),
  offsetsWait: always(
    true,
    'KIP-98; GroupMetadata.prepareTxnOffsetCommit; KAFKA-15784',
    'an input that is passed over, because the offset is committed and the output is not',
  ),
  fencesGenerations: [
    {
      since: oldestRelease,
      value: false,
      source: 'GroupCoordinator.handleTxnCommitOffsets before 2.5 (NoGeneration)',
      prevents: 'nothing: one transactional id for each partition of the input is needed',
      defect: 'offsets-of-earlier-generation',
    },
    {
      since: '2.5',
      value: true,
      source: 'KIP-447; GroupCoordinator.validateOffsetCommit (ILLEGAL_GENERATION)',
      prevents: 'an output twice, of a process that lost its input and does not know',
    },
  ],
  rewindsAfterFailure: always(
    true,
    'KafkaProducer.abortTransaction; StreamThread, KAFKA-17582',
    'an input that is passed over after its transaction was aborted',
  ),
  fetchesStable: [
    {
      since: oldestRelease,
      value: false,
      source: 'GroupMetadataManager.getOffsets before 2.5',
      prevents: 'nothing: one transactional id for each partition of the input is needed',
      defect: 'pending-offsets-passed-over',
    },
    {
      since: '2.5',
      value: true,
      source: 'KIP-447; OffsetFetchRequest.requireStable (UNSTABLE_OFFSET_COMMIT)',
      prevents: 'an output twice, where the last transaction is decided and not complete',
    },
  ],
};
