import { always } from '../../description/always.ts';
import { oldestRelease } from '../../description/release.ts';
import type { RuleTable } from '../../description/ruleTable.ts';
import type { ClientsRules } from '../rules.ts';

type ProducerRules = Pick<
  ClientsRules,
  | 'keepsSequences'
  | 'retriesInOrder'
  | 'expiresInFlight'
  | 'onGap'
  | 'bumpsWhileUndecided'
  | 'renumbers'
  | 'renumbersInOrder'
  | 'answersNameLeader'
>;

const twice = 'a record twice';
const disorder = 'records in another order than they were sent';

/** What a producer does, by release. */
export const producerRules: RuleTable<ProducerRules> = {
  keepsSequences: always(
    true,
    'RecordAccumulator.drainBatchesForOneNode (a batch that has a sequence keeps it)',
    twice,
  ),
  retriesInOrder: always(
    true,
    'KAFKA-5494; RecordAccumulator.shouldStopDrainBatchesForPartition (firstInFlightSequence)',
    'requests that are sure to be refused',
  ),
  expiresInFlight: [
    {
      since: oldestRelease,
      value: false,
      source: 'RecordAccumulator.expiredBatches (batches that wait, alone)',
      prevents: 'that failure is told of what is on its way',
    },
    {
      since: '2.1',
      value: true,
      source: 'KIP-91; Sender.getExpiredInflightBatches, delivery.timeout.ms',
      prevents: 'that an application waits for longer than it has set',
    },
  ],
  onGap: [
    {
      since: oldestRelease,
      value: 'newProducerId',
      source: 'TransactionManager.resetProducerId',
      prevents: 'that a producer goes on as if nothing had happened: the batch fails',
    },
    {
      since: '2.5',
      value: 'epochBump',
      source: 'KIP-360; TransactionManager.bumpIdempotentProducerEpoch',
      prevents: 'that a gap fails what could be sent again',
    },
  ],
  bumpsWhileUndecided: [
    {
      since: oldestRelease,
      value: true,
      source:
        'TransactionManager.canRetry (lastAckedSequence alone says what is next); as KAFKA-14034',
      prevents: 'nothing: what is numbered anew may be in the log by its earlier number',
      defect: 'renumbered-while-undecided',
      repaired: false,
    },
  ],
  renumbers: always(
    'theOneWithTheGap' as const,
    'TransactionManager.bumpIdempotentProducerEpoch (partitionsToRewriteSequences)',
    twice,
  ),
  renumbersInOrder: always(
    true,
    'TxnPartitionEntry.resetSequenceNumbers; KAFKA-8483 (2.3.0, of four batches in flight), KAFKA-13794',
    disorder,
  ),
  answersNameLeader: [
    {
      since: oldestRelease,
      value: false,
      source: 'ProduceResponse before version 10',
      prevents: 'nothing: a producer waits for the next metadata answer',
    },
    {
      since: '3.7',
      value: true,
      source:
        'KIP-951; ProduceResponse version 10 (CurrentLeader), Metadata.updatePartitionLeadership',
      prevents: 'that a producer waits for metadata to find the leader',
    },
  ],
};
