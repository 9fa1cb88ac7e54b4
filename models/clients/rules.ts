import type { RuleDefect } from '../description/defect.ts';
import type { ClientsBounds, ClientsConfig } from './config.ts';

/**
 * The rules of clients, and of brokers towards them, that a release decides or a defect may change, one entry each.
 * The model asks these and nothing else where safety hangs on the answer. What they are in each release is in
 * `releases/`.
 */
export interface ClientsRules {
  // The leader of a partition.
  /** A batch that the leader remembers is answered with the offset that it has, and not appended. */
  readonly recognisesDuplicates: boolean;
  /** How many batches of a producer a leader remembers, the newest. */
  readonly batchesRemembered: number;
  /** A batch is appended only if it follows the last one of its producer (OUT_OF_ORDER_SEQUENCE_NUMBER). */
  readonly checksSequences: boolean;
  /** A batch of an earlier epoch of its producer is refused (INVALID_PRODUCER_EPOCH). */
  readonly fencesEarlierEpochs: boolean;
  /** What a leader does with a batch in the middle of a producer that it does not know. */
  readonly unknownProducer: 'accepted' | 'acceptedBehindOthers' | 'refused';
  /** A leader forgets a producer with the last of its records. */
  readonly forgetsDeletedProducers: boolean;
  /** With acks=all a request is answered when what it appended is committed. */
  readonly answersCommitted: boolean;
  /** So is one whose batch was there already. */
  readonly answersCommittedDuplicates: boolean;
  /** Who stops leading answers the requests that wait with an error (NOT_LEADER_OR_FOLLOWER). */
  readonly failsWaitingRequests: boolean;

  // The producer.
  /** A batch keeps its sequence number over retries. */
  readonly keepsSequences: boolean;
  /** A batch that is sent again waits for those before it. */
  readonly retriesInOrder: boolean;
  /** A batch is given up while a request with it is out (KIP-91). */
  readonly expiresInFlight: boolean;
  /** What a producer does about a gap in its sequence numbers. */
  readonly onGap: 'newProducerId' | 'epochBump';
  /** A gap counts as one although a batch before it is to be sent again, and may be in the log. */
  readonly bumpsWhileUndecided: boolean;
  /** Of which partitions batches are numbered anew with an epoch bump. */
  readonly renumbers: 'theOneWithTheGap' | 'all';
  /** Batches are numbered anew in the order in which they were numbered first. */
  readonly renumbersInOrder: boolean;
  /** The answer that a broker does not lead names the leader (KIP-951). */
  readonly answersNameLeader: boolean;

  // The consumer.
  /** A consumer that hears of another leader asks whether the log was cut below its position (KIP-320). */
  readonly validatesPositions: boolean;
  /** Auto commit covers what polls have returned before the last one, and not what is in hand. */
  readonly autoCommitsProcessed: boolean;
}

/** A deliberate weakening of one rule, to see that a property notices. */
export type ClientsDefect = RuleDefect<ClientsRules, ClientsConfig, ClientsBounds>;
