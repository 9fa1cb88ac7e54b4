import { MOST_ELEMENTS } from '../../checker/limits.ts';
import type { TransactionsBounds, TransactionsConfig } from './config.ts';

/** How large the numbers of a scope can become. */
export interface Limits {
  /** The most entries that the log of a partition can have. */
  readonly logLength: number;
  readonly leaderEpoch: number;
  readonly coordinatorEpoch: number;
  readonly producerEpoch: number;
  /** Transactions that applications can begin. */
  readonly transactions: number;
  readonly generation: number;
}

/** @returns upper limits; a state that went beyond one would be an error that names the field. */
export function limitsOf(config: TransactionsConfig, bounds: TransactionsBounds): Limits {
  const { records, restarts, timeouts, coordinatorFailovers, failovers, disconnects } = bounds;
  const { lateRequests, lateEnds, lateMarkers, expiries, rebalances, appendTimeouts } = bounds;
  const processes = config.producers + restarts;
  // An answer that is lost makes a producer ask for its id again, and a failover may lose what nobody was told.
  const initializations = processes + disconnects + coordinatorFailovers + appendTimeouts;
  // A transaction is ended by its producer, by the next process, or by the clock; in version 2 the epoch grows by it.
  const ends = records + initializations + timeouts + lateEnds;
  const again = disconnects + failovers + coordinatorFailovers + lateRequests;
  return {
    logLength: Math.min(MOST_ELEMENTS, records * 2 + ends * 2 + again + lateMarkers),
    leaderEpoch: failovers,
    coordinatorEpoch: coordinatorFailovers,
    producerEpoch: initializations + ends + 2 * (expiries + records + bounds.aborts) + 1,
    transactions: records,
    generation: rebalances,
  };
}
