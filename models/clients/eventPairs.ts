import { type EventKind, pairScopes } from '../description/eventPairs.ts';
import type { ScopePlan } from '../description/mainJob.ts';
import type { ClientsBounds, ClientsConfig } from './config.ts';
import { boundWords } from './words.ts';

type Kind = EventKind<ClientsConfig, ClientsBounds>;

/** Two records, of which one may overtake the other, and room for whatever a producer does about a gap. */
const needs = { records: 2, epochBumps: 2 } as const;

/** What happens to partitions, to requests, and to producers and their batches. */
const kinds: readonly Kind[] = [
  // An application sends again what failed.
  { bound: 'resends', needs: { ...needs, expiries: 1 } },
  { bound: 'failovers', needs },
  { bound: 'uncleanFailovers', needs },
  { bound: 'snapshotLoads', needs },
  { bound: 'disconnects', needs },
  { bound: 'lateRequests', needs },
  { bound: 'timeouts', needs },
  { bound: 'refusals', needs },
  { bound: 'rejections', needs },
  { bound: 'expiries', needs },
  { bound: 'forgottenProducers', needs },
  { bound: 'deletions', needs },
  { bound: 'producerRestarts', needs },
  { bound: 'consumerCrashes', needs: { records: 1 }, config: { consumers: 1 } },
  { bound: 'consumerCloses', needs: { records: 1 }, config: { consumers: 1 } },
];

/** The bounds that count events. */
export const eventKinds: readonly string[] = kinds.map(({ bound }) => bound);

/** Every two kinds of events together, of an idempotent producer. */
export const clientsPairs: readonly ScopePlan[] = pairScopes(kinds, boundWords, {
  name: 'idempotent',
  config: { repairs: ['all'] },
});
