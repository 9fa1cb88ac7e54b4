import type { Recording } from '../../checker/model/model.ts';
import type { RecordView } from '../../checker/state/viewTypes.ts';
import type { GhostFields, LogView, PartitionId } from './schema.ts';

type Ghost = RecordView<GhostFields>;

/** How the protocol tells the ghost state what a producer or a consumer has been told. */
export const recorders = {
  /** A producer got success for the record at `offset`; with acks=0 there is no such moment. */
  acknowledged(
    ghost: Ghost,
    partition: PartitionId,
    offset: number,
    record: number,
    acks: 'all' | '1',
  ): void {
    ghost.partitions.get(partition).acknowledged.push({ offset, record, acks });
  },
  /** Consumers of this leader may read everything below `endOffset`, for the first time. */
  exposed(ghost: Ghost, partition: PartitionId, log: LogView, endOffset: number): void {
    const { exposed } = ghost.partitions.get(partition);
    for (let offset = exposed.length; offset < endOffset; offset++) {
      const { epoch, record } = log.get(offset);
      exposed.push({ epoch, record });
    }
  },
  /** An administrator had the records below `offset` deleted. */
  deleted(ghost: Ghost, partition: PartitionId, offset: number): void {
    const told = ghost.partitions.get(partition);
    told.deletedBefore = Math.max(told.deletedBefore, offset);
  },
};

export type ReplicationRecorders = typeof recorders;
/** The recorders as actions call them. */
export type ReplicationRecording = Recording<ReplicationRecorders>;
