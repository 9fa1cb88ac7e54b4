import type { ReplicationDefect } from '../replication/rules.ts';

/** The controller elects any live replica although unclean election is disabled. */
export const electionOutsideIsr: ReplicationDefect = {
  name: 'election-outside-isr',
  statement:
    'The controller elects a replica outside the ISR although unclean election is disabled.',
  source: 'KIP-106; Jepsen, Kafka (2013)',
  rules: { mayLeadCleanly: () => true },
  caughtBy: 'clean-election-from-isr',
  bounds: { records: 1, crashes: 1, isrShrinks: 1, preferredElections: 1 },
};
