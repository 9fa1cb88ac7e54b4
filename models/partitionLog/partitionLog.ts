import { type Fields, int, list, node, record } from '../../checker/state/fields.ts';
import type { Node, NodeType } from '../../checker/state/nodeType.ts';

/** A broker, as clients of a partition know it: somebody who may lead. */
type Broker = Node<'broker'>;

/** How large the numbers of a log may become. */
export interface LogNumbers {
  /** The most entries that it can have. */
  readonly offset: number;
  readonly leaderEpoch: number;
}

/**
 * What a partition is to its clients, whoever replicates it: one log, of which a part is committed, and one
 * leader, who appends to it in an epoch. What replicas, the ISR and elections come to is a failover that keeps all
 * that is committed and of the rest as much as it happens to (`replication` has how that comes about, and
 * refines the acknowledged part of it: `abstraction/partitionLog.ts`). Offsets start at 0; the high watermark is
 * exclusive.
 *
 * @param entry - What an entry has beside the epoch of the leader that appended it.
 */
export function partitionLogFields<Entry extends Fields>(
  broker: NodeType<'broker'>,
  entry: Entry,
  { offset, leaderEpoch }: LogNumbers,
) {
  return {
    leader: node(broker),
    leaderEpoch: int(0, leaderEpoch),
    log: list(record({ leaderEpoch: int(0, leaderEpoch), ...entry }), offset),
    /** Everything below is committed: no clean failover loses it. */
    highWatermark: int(0, offset),
  };
}

/** Such a partition, whatever its entries have. */
export interface PartitionLog {
  leader: Broker;
  leaderEpoch: number;
  highWatermark: number;
  readonly log: { readonly length: number; truncate(length: number): void };
}

/** Every in-sync replica has all of the log: it is committed. */
export function commit(partition: PartitionLog): void {
  partition.highWatermark = partition.log.length;
}

/** How many entries at the end of the log are not committed. */
export function uncommitted(partition: {
  readonly highWatermark: number;
  readonly log: { readonly length: number };
}): number {
  return partition.log.length - partition.highWatermark;
}

/**
 * Another leader takes over, in the next epoch, whose log lacks the last `lost` entries. Where these are not more
 * than what is not committed, the election was clean.
 */
export function failOver(partition: PartitionLog, leader: Broker, lost: number): void {
  partition.leader = leader;
  partition.leaderEpoch += 1;
  const { log } = partition;
  log.truncate(log.length - lost);
  partition.highWatermark = Math.min(partition.highWatermark, log.length);
}
