import type { RuleDefect } from '../description/defect.ts';
import type { ReplicationBounds, ReplicationConfig } from './config.ts';
import type { Broker, PartitionView, ReadonlyReplicaView } from './schema.ts';

/** How a replica that starts to follow finds out which of its records the leader does not have. */
type Truncation =
  /** It cuts its log to its own high watermark (before 0.11). */
  | 'toHighWatermark'
  /** It asks where its last epoch ends and cuts there, once (KIP-101). */
  | 'byEndOffset'
  /** The answer names the leader's epoch as well; it asks until both logs agree (KIP-279). */
  | 'byEpochAndEndOffset'
  /** It fetches at once; the leader's answer tells of a divergence (KIP-595, 2.7). */
  | 'onFetch';

/** When a follower takes over the high watermark in an answer that tells of a divergence. */
type DivergingHighWatermark =
  /** Never. */
  | 'ignored'
  /** Before it truncates, and nobody looks at it in between. */
  | 'takenAlong'
  /** The same, and whoever reads from it may do so in between (KIP-392). */
  | 'takenBefore';

/** Who must be in the ISR for a reassignment to end. */
type ReassignmentEnd =
  /** Every replica of the target. */
  | 'everyTarget'
  /** Whoever is added (KRaft before 3.8). */
  | 'added'
  /** Whoever is added; every replica of the target if there will be fewer of them (KAFKA-19975, 4.3). */
  | 'addedUnlessFewer'
  /** Nobody. */
  | 'nobody';

type ReadonlyIsr = PartitionView['isr'];

/**
 * The rules of the protocol that a generation or a defect may change, one entry each. The model
 * asks these and nothing else where safety hangs on the answer.
 */
export interface ReplicationRules {
  // Logs and truncation.
  readonly truncation: Truncation;
  /** A new leader notes its epoch and the end of its log before it appends anything. */
  readonly writesEpochEntryOnElection: boolean;
  /** A follower looks for divergence in every new leader epoch, even under the same leader. */
  readonly truncatesInEveryEpoch: boolean;
  /** Truncation takes the high watermark along. */
  readonly truncationClipsHighWatermark: boolean;
  /** A high watermark that is read from its checkpoint is cut to the log's end. */
  readonly clipsCheckpointedHighWatermark: boolean;
  /** A follower out of range starts anew only below the leader's log start (KAFKA-2143). */
  readonly startsAnewOnlyBelowLogStart: boolean;
  /** A clean shutdown file is written only when the log is on disk. */
  readonly flushesBeforeCleanFile: boolean;
  /** A record of a newer epoch than the follower's own is not appended (KAFKA-18723). */
  readonly dropsRecordsOfNewerEpoch: boolean;

  // Fetching.
  /** The leader refuses a fetch or epoch query of another leader epoch (KIP-320). */
  readonly fencesFetchByLeaderEpoch: boolean;
  /** A fetch that is answered with a divergence tells the leader nothing about the follower. */
  readonly creditsOnlyMatchingFetches: boolean;
  /** Whose answers a follower uses: of the leader it follows in this epoch, in any, or of anybody. */
  readonly takesAnswersOf: 'leaderEpoch' | 'leader' | 'anybody';
  /** A follower drops an answer to a fetch from another offset. */
  readonly fencesAnswerByOffset: boolean;
  /** What a follower makes of the high watermark in a diverging answer (KAFKA-14704). */
  readonly highWatermarkOfDivergingAnswer: DivergingHighWatermark;
  /** A follower whose connection to the leader broke fetches again once it is back. */
  readonly fetchesAgainAfterCut: boolean;

  // High watermark and what clients are told.
  /** Whether the leader's high watermark must wait for this other replica. */
  readonly waitsFor: (leader: ReadonlyReplicaView, isr: ReadonlyIsr, replica: Broker) => boolean;
  /** How many of the replicas it waits for may be missing: none in Kafka, a minority in Raft. */
  readonly mayMiss: (replicas: number) => number;
  /** The high watermark moves only while the ISR has min.insync.replicas (KAFKA-15583, 3.7). */
  readonly highWatermarkNeedsMinIsr: boolean;
  /** The high watermark is looked at again when the ISR changes, not only at fetches. */
  readonly reevaluatesOnIsrChange: boolean;
  /** The first offset that a consumer may not read from this leader. */
  readonly readLimit: (leader: ReadonlyReplicaView) => number;
  /** Clients learn the log's end only once the high watermark has reached the epoch's start. */
  readonly endOffsetNeedsEpochStart: boolean;
  /** No more than the number of replicas is asked of min.insync.replicas. */
  readonly minIsrWithinReplicas: boolean;
  /** An acks=all request is admitted only while the ISR has min.insync.replicas. */
  readonly admissionNeedsMinIsr: boolean;
  /** An acks=all request is answered as soon as the leader has appended the record. */
  readonly answersAtAppend: boolean;
  /** A waiting acks=all request succeeds only if the ISR still has min.insync.replicas. */
  readonly answerNeedsMinIsr: boolean;

  // In-sync replicas.
  /** How a leader changes the ISR: by writing it itself, or by asking the controller (KIP-497). */
  readonly isrChange: 'zookeeper' | 'alterPartition';
  readonly expandNeedsHighWatermark: boolean;
  readonly expandNeedsEpochStart: boolean;
  /** A leader proposes a follower only at a fetch of this follower, by what that fetch says. */
  readonly expandNeedsFetch: boolean;
  /** A new leader forgets what it knew of its followers under an earlier leadership. */
  readonly forgetsFollowersOnElection: boolean;
  /** A leader refuses a fetch of an incarnation before the registered one, once that is unfenced (KIP-903). */
  readonly fetchNeedsBrokerEpoch: boolean;
  /** By one fetch it is judged whether a follower may join: how far it is, and which incarnation (KAFKA-15221). */
  readonly judgesFollowerByOneFetch: boolean;
  /** A leader has one ISR change pending at most, and keeps it until it knows the outcome. */
  readonly oneIsrChangeAtATime: boolean;
  /** A leader repeats a proposal that was not answered (KAFKA-14144). */
  readonly repeatsIsrChange: boolean;
  /** A follower at the end of the log is never found lagging. */
  readonly caughtUpFollowerStays: boolean;
  readonly checksLeaderOfIsrChange: boolean;
  readonly checksPartitionEpochOfIsrChange: boolean;
  /** Fenced or stopping brokers are refused as ISR members (KIP-841). */
  readonly refusesIneligibleMembers: boolean;
  /** A proposed member's broker epoch must be its registered one (KIP-903). */
  readonly checksBrokerEpochOfMembers: boolean;
  /** Removing a member from the ISR bumps the leader epoch (metadata.version below 3.6-IV0). */
  readonly shrinkBumpsLeaderEpoch: boolean;

  // The controller's elections.
  /** Whether an active replica may be elected cleanly, by the partition's new ISR and ELR. */
  readonly mayLeadCleanly: (partition: PartitionView, replica: Broker) => boolean;
  /** An unclean election looks for the leader that there is, and for whoever may lead cleanly, first. */
  readonly uncleanElectionIsLastResort: boolean;
  /** An unclean election leaves the partition RECOVERING (KIP-704). */
  readonly marksUncleanElections: boolean;
  /** A preferred leader is elected on the same terms as any other. */
  readonly preferredLeaderMustBeInSync: boolean;
  /** A partition without a leader is looked at again when a broker is unfenced. */
  readonly electsOnUnfencing: boolean;
  /** Brokers whose sessions end together are fenced one after the other (KAFKA-13173). */
  readonly fencesOneBrokerAtATime: boolean;
  /** Without ELR, the last member stays in the ISR (KAFKA-708). */
  readonly lastMemberStaysInIsr: boolean;
  /** The leader epoch that follows this one when the leader is written. */
  readonly nextLeaderEpoch: (epoch: number) => number;
  readonly eligibleLeaderReplicas: boolean;
  /** A replica without proof of a clean shutdown leaves the ELR. */
  readonly uncleanShutdownLeavesElr: boolean;
  /** A change of min.insync.replicas clears the ELR and the last known leader. */
  readonly minIsrChangeClearsElr: boolean;
  /** When it is noted who led last: when the leader is lost, or when the ISR becomes empty. */
  readonly notesLastKnownLeader: 'losingLeader' | 'emptyIsr';
  /** Switching ELR on notes who led last in partitions that are offline. */
  readonly enablingElrNotesLastLeader: boolean;
  /** A broker that is unregistered leaves the ELR as well. */
  readonly unregisteredLeavesElr: boolean;
  /** The last known leader is elected only if it is active (KAFKA-19522). */
  readonly lastKnownLeaderMustBeActive: boolean;
  /** A replica that is removed from the assignment leaves the ELR as well. */
  readonly removedReplicaLeavesElr: boolean;
  readonly reassignmentEndsWith: ReassignmentEnd;
  /** A reassignment that replaces one under way begins with the assignment from before both. */
  readonly replacementStartsFromOriginal: boolean;
  /** A leader forgets everything about a replica that leaves the assignment. */
  readonly forgetsRemovedReplicas: boolean;

  // Deletion and re-creation of a topic.
  /**
   * A topic is deleted by one decision, whoever is down (KRaft). Otherwise every broker with a replica must
   * be up, and the topic is not created again before all of them have deleted theirs.
   */
  readonly deletesTopicAtOnce: boolean;
  /** Replicas are placed on fenced brokers too, after the others; they are not in the ISR. */
  readonly placesOnFencedBrokers: boolean;
  /**
   * What a broker that starts makes of a log under the name of a topic with another topic id: it removes
   * it and begins anew; it removes it, and has no replica until the next change of the partition
   * (KAFKA-14616); or it takes it for its own.
   */
  readonly strayLogs: 'replaced' | 'removed' | 'taken';
  /** A fetch names the topic id, and the leader refuses any other (KIP-516, 3.1). */
  readonly fetchNamesTopicId: boolean;
  /** A follower drops an answer to a fetch that it sent for another topic of the name. */
  readonly fencesAnswerByTopicId: boolean;
  /** An ISR change names the topic id, and the controller refuses any other (KIP-841, 3.3). */
  readonly isrChangeNamesTopicId: boolean;

  // Registration and metadata.
  /** What becomes of a registration whose predecessor is not fenced yet (KAFKA-18635). */
  readonly unfencedPredecessor: 'refused' | 'cleanedUp' | 'overlooked';
  /** A broker takes a registration answer only if it names its own incarnation. */
  readonly registrationNamesIncarnation: boolean;
  /** A broker acts on every metadata record, never only on the last of several. */
  readonly actsOnEveryMetadataRecord: boolean;
  /** A broker never goes back to an older metadata record. */
  readonly ignoresOlderMetadata: boolean;
}

/**
 * Whether a replica is in the leader's maximal ISR: the committed ISR and the members of a pending
 * expansion. A pending shrink does not release the members it wants to remove, for the controller
 * may still elect one (KIP-497; PartitionState in Partition.scala).
 */
export function isInMaximalIsr(
  leader: ReadonlyReplicaView,
  isr: ReadonlyIsr,
  replica: Broker,
): boolean {
  return isr.has(replica) || (leader.pendingIsr.change === 'expand' && isPending(leader, replica));
}

/** Whether the replica is in the ISR that the leader has proposed and not yet seen decided. */
export function isPending(leader: ReadonlyReplicaView, replica: Broker): boolean {
  return leader.pendingIsr.isr.has(replica);
}

/** A deliberate weakening of one rule, to see that a property notices. */
export type ReplicationDefect = RuleDefect<ReplicationRules, ReplicationConfig, ReplicationBounds>;
