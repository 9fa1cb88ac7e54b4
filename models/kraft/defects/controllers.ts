import { activeFromItsEpoch } from '../releases/logs.ts';
import type { KraftDefect } from '../rules.ts';

const listening = { kafka: '3.9', slowListeners: true } as const;

const activeBeforeCaughtUp: KraftDefect = {
  name: 'active-before-caught-up',
  statement: 'A controller is active before it has applied the log up to its epoch.',
  source: 'KAFKA-15345 (fixed in 3.6.0); KAFKA-12958',
  rules: { activeFrom: activeFromItsEpoch },
  caughtBy: 'active-controller-has-whole-log',
  releases: '3.3 to 3.5',
  config: { ...listening, voters: 1 },
  bounds: { epochs: 2, crashes: 1 },
};

const uncommittedRecordApplied: KraftDefect = {
  name: 'uncommitted-record-applied',
  statement: 'A controller applies a record that is not committed, and that may go again.',
  source: 'Redpanda #3003; QuorumController, last stable offset',
  rules: { appliesOnlyCommitted: false },
  caughtBy: 'committed-records-agree',
  config: listening,
  bounds: { epochs: 2 },
};

export const controllerDefects: readonly KraftDefect[] = [
  activeBeforeCaughtUp,
  uncommittedRecordApplied,
];
