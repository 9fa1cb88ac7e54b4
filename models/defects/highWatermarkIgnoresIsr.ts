import type { ReplicationDefect } from '../replication/rules.ts';

/** The leader advances the high watermark over its own log alone. */
export const highWatermarkIgnoresIsr: ReplicationDefect = {
  name: 'high-watermark-ignores-isr',
  statement: 'The leader advances its high watermark without waiting for the ISR.',
  source: 'Partition.maybeIncrementLeaderHW; KIP-497',
  rules: { waitsFor: () => false },
  caughtBy: 'logs-agree-below-high-watermark',
  bounds: { records: 1, crashes: 0, isrShrinks: 0, preferredElections: 1 },
};
