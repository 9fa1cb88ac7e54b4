import type { RuleDefect } from '../description/defect.ts';
import type { TransactionsBounds, TransactionsConfig } from './config.ts';

/**
 * The rules of transactions that a release decides or a defect may change, one entry each. The model asks these and
 * nothing else where safety hangs on the answer. What they are in each release is in `releases/`.
 */
export interface TransactionsRules {
  // The coordinator.
  /**
   * Which protocol is played at most: in 2 the epoch grows with each end, and leaders of partitions add them
   * (KIP-890).
   */
  readonly version: 1 | 2;
  /** Who asks for the producer id of a transactional id gets the next epoch. */
  readonly bumpsOnInitialization: boolean;
  /** An abort by the clock takes the epoch from the producer (KAFKA-6119). */
  readonly bumpsOnTimeout: boolean;
  /** A request to end a transaction is held to the epoch. */
  readonly checksEndEpoch: boolean;
  /** That a transaction is to end otherwise than it did is refused. */
  readonly refusesOtherEnd: boolean;
  /** Partitions are added only to a transaction that is not being completed. */
  readonly refusesWhileCompleting: boolean;
  /** The end of a transaction is answered, and markers are sent, when the decision is committed. */
  readonly decidesCommitted: boolean;
  /** A transaction is complete when every partition has its marker. */
  readonly waitsForMarkers: boolean;
  /** Who takes over reads its partition before it serves. */
  readonly loadsFirst: boolean;
  /** Who takes over completes what was decided. */
  readonly completesLoaded: boolean;
  /** Who takes over serves when all that it has read is committed. */
  readonly loadsCommitted: boolean;

  // The leader of a partition.
  /** A record opens a transaction only after the coordinator said that the partition is in it (KIP-890). */
  readonly verifies: boolean;
  /** A marker that comes between this answer and the record stops the record. */
  readonly guardsAppends: boolean;
  /** A record of an earlier epoch of its producer is refused (INVALID_PRODUCER_EPOCH). */
  readonly fencesProducers: boolean;
  /** Which epochs a marker may have, seen from the last one of the producer (KIP-1228). */
  readonly markerEpochs: 'notEarlier' | 'later';
  /** A marker that is there already is taken once more (KAFKA-19999). */
  readonly takesMarkersAgain: boolean;
  /** A marker of an earlier coordinator is refused (TRANSACTION_COORDINATOR_FENCED). */
  readonly fencesCoordinators: boolean;
  /** What readers of committed records are given ends before the first open transaction. */
  readonly stopsAtOpen: boolean;
  /** So it does before a transaction whose marker is not committed. */
  readonly stopsAtUncommitted: boolean;
  /** Readers are told which transactions were aborted. */
  readonly tellsAborted: boolean;

  // The producer.
  /** After a batch that failed the producer asks for its next epoch, and goes on (KIP-360). */
  readonly recoversByBump: boolean;
  /** A batch that is refused because of its epoch leaves the producer to abort (KIP-588). */
  readonly abortsWhenRefused: boolean;
  /** A transaction is ended when every batch has its answer. */
  readonly waitsForBatches: boolean;

  // The group of those who read the input.
  /** Offsets are committed with the transaction they were sent in. */
  readonly offsetsWait: boolean;
  /** Offsets of an earlier generation are refused (KIP-447). */
  readonly fencesGenerations: boolean;
  /** After a transaction that was aborted the input is read again from where it is committed. */
  readonly rewindsAfterFailure: boolean;
  /** Who takes the input over waits for offsets of open transactions (KIP-447). */
  readonly fetchesStable: boolean;
}

/** A deliberate weakening of one rule, to see that a property notices. */
export type TransactionsDefect = RuleDefect<
  TransactionsRules,
  TransactionsConfig,
  TransactionsBounds
>;
