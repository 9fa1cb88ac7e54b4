import { type EventKind, pairScopes } from '../description/eventPairs.ts';
import type { ScopePlan } from '../description/mainJob.ts';
import type { TransactionsBounds, TransactionsConfig } from './config.ts';
import { boundWords } from './words.ts';

type Kind = EventKind<TransactionsConfig, TransactionsBounds>;

/** Two records, which are two transactions one after the other, or one. */
const needs = { records: 2 } as const;

/** What happens to processes, to the coordinator and partitions, and to requests. */
const kinds: readonly Kind[] = [
  { bound: 'aborts', needs },
  { bound: 'restarts', needs },
  { bound: 'timeouts', needs },
  { bound: 'coordinatorFailovers', needs },
  { bound: 'failovers', needs },
  { bound: 'disconnects', needs },
  // A request is late that its producer has given up.
  { bound: 'lateRequests', needs: { ...needs, expiries: 1 } },
  { bound: 'lateEnds', needs },
  { bound: 'lateMarkers', needs },
  { bound: 'appendTimeouts', needs },
  // So is a batch of which the answer was lost.
  { bound: 'expiries', needs: { ...needs, disconnects: 1 } },
];

/** The bounds that count events. */
export const eventKinds: readonly string[] = kinds.map(({ bound }) => bound);

/** Every two kinds of events together, in the second version. */
export const transactionsPairs: readonly ScopePlan[] = pairScopes(kinds, boundWords, {
  name: 'version 2',
  config: { repairs: ['all'], partitions: 1 },
});
