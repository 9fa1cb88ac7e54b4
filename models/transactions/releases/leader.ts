import { always } from '../../description/always.ts';
import { oldestRelease } from '../../description/release.ts';
import type { RuleTable } from '../../description/ruleTable.ts';
import type { TransactionsRules } from '../rules.ts';

type LeaderRules = Pick<
  TransactionsRules,
  | 'verifies'
  | 'guardsAppends'
  | 'fencesProducers'
  | 'markerEpochs'
  | 'takesMarkersAgain'
  | 'fencesCoordinators'
  | 'stopsAtOpen'
  | 'stopsAtUncommitted'
  | 'tellsAborted'
>;

/** What the leader of a partition does with records and markers of transactions, by release. */
export const leaderRules: RuleTable<LeaderRules> = {
  verifies: [
    {
      since: oldestRelease,
      value: false,
      source: 'UnifiedLog.analyzeAndValidateProducerState before 3.6',
      prevents:
        'nothing: a record that comes after the marker opens a transaction that nobody ends',
      defect: 'opened-by-late-record',
      repaired: true,
    },
    {
      since: '3.6',
      value: true,
      source: 'KIP-890, KAFKA-14402; UnifiedLog.batchMissingRequiredVerification',
      prevents: 'a transaction that hangs, or a record that joins the next transaction',
    },
  ],
  guardsAppends: always(
    true,
    'KAFKA-14884 (fixed before 3.6 was out); VerificationGuard, ProducerStateManager.clearVerificationStateEntry',
    'a record that is appended behind its marker although it was verified',
  ),
  fencesProducers: always(
    true,
    'KIP-98; ProducerAppendInfo.checkProducerEpoch',
    'records of a process after another has taken its place',
  ),
  markerEpochs: [
    {
      since: oldestRelease,
      value: 'notEarlier',
      source: 'ProducerAppendInfo.checkProducerEpoch (smaller is refused)',
      prevents:
        'nothing: with version 2 a marker of the last transaction has the epoch of the next',
      defect: 'marker-of-last-transaction',
      repaired: 'later',
    },
    {
      since: '4.2',
      value: 'later',
      source: 'KIP-1228, KAFKA-19446; ProducerAppendInfo.checkProducerEpoch (transactionVersion)',
      prevents: 'that a late marker ends the next transaction',
    },
  ],
  takesMarkersAgain: always(
    true,
    'KAFKA-19999 (fixed before 4.2 was out); ProducerAppendInfo.checkProducerEpoch (idempotent marker retry)',
    'a coordinator that gives up, and a transaction that is never complete',
  ),
  fencesCoordinators: always(
    true,
    'ProducerAppendInfo.checkCoordinatorEpoch',
    'that a coordinator which was deposed ends the next transaction',
  ),
  stopsAtOpen: always(
    true,
    'KIP-98; ProducerStateManager.firstUnstableOffset; KAFKA-9807',
    'that a record is read which is aborted later',
  ),
  stopsAtUncommitted: always(
    true,
    'ProducerStateManager.removeUnreplicatedTransactions',
    'that a record is read whose marker a failover loses',
  ),
  tellsAborted: always(
    true,
    'KIP-98; UnifiedLog.collectAbortedTransactions; KAFKA-5376, KAFKA-14055',
    'that an aborted record is read',
  ),
};
