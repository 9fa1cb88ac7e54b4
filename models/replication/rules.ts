import type { ReplicationConfig } from './config.ts';
import { truncateReplica } from './log.ts';
import type { Broker, BrokerView, PartitionView, ReadonlyBrokerView } from './schema.ts';

/**
 * The rules of the protocol that a defect may weaken, one function each. The model asks these and
 * nothing else where safety hangs on the answer; a defect replaces exactly one of them.
 */
export interface ReplicationRules {
  /**
   * What a replica does to its log when it starts to follow a leader: nothing, since the first
   * fetch finds the point of divergence by leader epoch (KIP-101, KIP-279).
   */
  readonly beforeFollowing: (replica: BrokerView) => void;
  /** Whether an active replica may be elected cleanly: only out of the ISR. */
  readonly mayLeadCleanly: (isr: ReadonlyIsr, replica: Broker) => boolean;
  /** Whether the leader's high watermark must wait for this other replica. */
  readonly waitsFor: (leader: ReadonlyBrokerView, isr: ReadonlyIsr, replica: Broker) => boolean;
  /** Whether an acks=all request is answered as soon as the leader has appended the record. */
  readonly answersAtAppend: boolean;
  /** Whether an AlterPartition request is checked against the controller's epochs. */
  readonly checksAlterPartitionEpochs: boolean;
  /** Whether a lagging broker acts on every metadata record, never only on the last of several. */
  readonly actsOnEveryMetadataRecord: boolean;
  /** The leader epoch that follows this one when the leader is written. */
  readonly nextLeaderEpoch: (epoch: number) => number;
  /** The first offset that a consumer may not read from this leader. */
  readonly readLimit: (leader: ReadonlyBrokerView) => number;
}

type ReadonlyIsr = PartitionView['isr'];

/** The rules as Kafka has them. */
export const kafkaRules: ReplicationRules = {
  beforeFollowing: () => undefined,
  mayLeadCleanly: (isr, replica) => isr.has(replica),
  waitsFor: (leader, isr, replica) => isInMaximalIsr(leader, isr, replica),
  answersAtAppend: false,
  checksAlterPartitionEpochs: true,
  actsOnEveryMetadataRecord: true,
  nextLeaderEpoch: epoch => epoch + 1,
  readLimit: leader => leader.highWatermark,
};

/**
 * Whether a replica is in the leader's maximal ISR: the committed ISR and the member of a pending
 * expansion. A pending shrink does not release the member it wants to remove, for the controller
 * may still elect it (KIP-497; PartitionState in Partition.scala).
 */
export function isInMaximalIsr(
  leader: ReadonlyBrokerView,
  isr: ReadonlyIsr,
  replica: Broker,
): boolean {
  const { change, replica: pending } = leader.pendingIsr;
  return isr.has(replica) || (change === 'expand' && pending === replica);
}

/** Truncation as before KIP-101: to the replica's own high watermark, which may trail. */
export function truncateToHighWatermark(replica: BrokerView): void {
  truncateReplica(replica, replica.highWatermark);
}

/** A deliberate weakening of one rule, to see that a property notices. */
export interface ReplicationDefect {
  /** kebab-case, as `--defect` and traces name it. */
  readonly name: string;
  /** What is wrong, in one sentence. */
  readonly statement: string;
  /** KIP, JIRA issue or paper. */
  readonly source: string;
  readonly rules: Partial<ReplicationRules>;
  /** The property that must notice. */
  readonly caughtBy: string;
  /** A scope in which it is noticed, where the model's small scope is not enough. */
  readonly config?: Partial<ReplicationConfig>;
  readonly bounds?: Readonly<Record<string, number>>;
}
