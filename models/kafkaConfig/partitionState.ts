/** Where one partition stood at the moment of `kafka-topics --describe`. */
export interface PartitionState {
  readonly topic: string;
  readonly partition: number;
  /** Undefined where the partition has none. */
  readonly leader: number | undefined;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  /** Eligible leader replicas (KIP-966). */
  readonly elr: readonly number[];
  readonly lastKnownElr: readonly number[];
  /** Replicas on brokers or disks that are down, where the output says so (Confluent Server). */
  readonly offline: readonly number[];
  /** Replicas that a reassignment adds. */
  readonly adding: readonly number[];
  readonly where: string;
}

/** How much of a partition works, the worst first. */
export type Standing =
  /** No leader: neither writes nor reads. */
  | 'offline'
  /** Fewer members of the ISR than the minimum: acks=all writes are refused. */
  | 'below the minimum'
  /** As many as the minimum: one more failure and acks=all writes are refused. */
  | 'at the minimum'
  /** More than the minimum, but not all. */
  | 'under-replicated'
  | 'in sync';

/** How a partition stands under the minimum that is in force for its topic. */
export function standingOfPartition(
  { leader, isr, replicas, adding }: PartitionState,
  minimum: number,
): Standing {
  const wanted = replicas.length - adding.length;
  if (leader === undefined) return 'offline';
  if (isr.length < minimum) return 'below the minimum';
  if (isr.length >= wanted) return 'in sync';
  return isr.length === minimum ? 'at the minimum' : 'under-replicated';
}

/** Whether acks=all writes are taken. */
export function takesWrites(standing: Standing): boolean {
  return standing !== 'offline' && standing !== 'below the minimum';
}
