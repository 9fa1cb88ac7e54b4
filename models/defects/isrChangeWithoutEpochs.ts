import type { ReplicationDefect } from '../replication/rules.ts';

/** The controller accepts an ISR change that was built on an older ISR. */
export const isrChangeWithoutEpochs: ReplicationDefect = {
  name: 'isr-change-without-epochs',
  statement: 'The controller accepts an ISR change without comparing leader and partition epochs.',
  source: 'KIP-497, KAFKA-1382; ReplicationControlManager.validateAlterPartitionData',
  rules: { checksAlterPartitionEpochs: false },
  caughtBy: 'acknowledged-records-survive',
  bounds: { records: 1, crashes: 1, isrShrinks: 1, preferredElections: 1 },
};
