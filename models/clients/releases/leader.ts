import { always } from '../../description/always.ts';
import { oldestRelease } from '../../description/release.ts';
import type { RuleTable } from '../../description/ruleTable.ts';
import type { ClientsRules } from '../rules.ts';

type LeaderRules = Pick<
  ClientsRules,
  | 'recognisesDuplicates'
  | 'batchesRemembered'
  | 'checksSequences'
  | 'fencesEarlierEpochs'
  | 'unknownProducer'
  | 'forgetsDeletedProducers'
  | 'answersCommitted'
  | 'answersCommittedDuplicates'
  | 'failsWaitingRequests'
>;

/** What a leader does with a batch, by release. */
export const leaderRules: RuleTable<LeaderRules> = {
  recognisesDuplicates: always(
    true,
    'KIP-98; UnifiedLog.analyzeAndValidateProducerState, ProducerStateEntry.findDuplicateBatch',
    'a record twice after an answer that was lost',
  ),
  batchesRemembered: always(
    5,
    'KAFKA-5494; ProducerStateEntry.NUM_BATCHES_TO_RETAIN',
    'a record twice, or a producer that gets no further, where several batches are sent again',
  ),
  checksSequences: always(
    true,
    'KIP-98; ProducerAppendInfo.checkSequence',
    'records in another order than they were sent',
  ),
  fencesEarlierEpochs: always(
    true,
    'KIP-98; ProducerAppendInfo.checkProducerEpoch',
    'a record twice, where an earlier request arrives after the producer went on to the next epoch',
  ),
  unknownProducer: [
    {
      since: oldestRelease,
      value: 'refused',
      source: 'ProducerAppendInfo.checkSequence (UNKNOWN_PRODUCER_ID)',
      prevents: 'a gap that nobody notices',
    },
    {
      since: '2.5',
      value: 'accepted',
      source: 'KIP-360, KAFKA-8710; ProducerAppendInfo.checkSequence',
      prevents: 'a producer that gets no further once its records are deleted',
      // Since 4.5 a log that is empty takes the first number alone.
      defect: 'first-number-not-checked',
      repaired: 'acceptedBehindOthers',
    },
  ],
  forgetsDeletedProducers: [
    {
      since: oldestRelease,
      value: true,
      source: 'ProducerStateManager.truncateHead (isProducerRetained)',
      prevents: 'memory for producers that are gone',
    },
    {
      since: '2.4',
      value: false,
      source: 'KAFKA-7190; ProducerStateManager.truncateHead',
      prevents: 'a producer that is unknown although it lives',
    },
  ],
  answersCommitted: always(
    true,
    'DelayedProduce.tryComplete, Partition.checkEnoughReplicasReachOffset',
    'an acknowledged record that a clean failover loses',
  ),
  answersCommittedDuplicates: always(
    true,
    'UnifiedLog.append (the offset of the duplicate), DelayedProduce.tryComplete',
    'an acknowledged record that a clean failover loses',
  ),
  failsWaitingRequests: always(
    true,
    'DelayedProduce.tryComplete; ReplicaManager.completeDelayedOperationsWhenNotPartitionLeader',
    'an answer to what another leader has overwritten',
  ),
};
