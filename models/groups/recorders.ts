import type { RecordView } from '../../checker/state/viewTypes.ts';
import type { GhostFields, PartitionId } from './schema.ts';

type Ghost = RecordView<GhostFields>;

/** How the protocol tells the ghost state what applications did and were told. */
export const recorders = {
  /** An application has processed the record at an offset: nobody can take it back. */
  processed(ghost: Ghost, partition: PartitionId, offset: number): void {
    const { processed } = ghost.partitions.get(partition);
    while (processed.length <= offset) processed.push(0);
    processed.set(offset, Math.min(2, processed.get(offset) + 1));
  },
  /** A member was told that an offset is committed. */
  acknowledged(ghost: Ghost, partition: PartitionId, offset: number): void {
    ghost.partitions.get(partition).acknowledged = offset;
  },
  /** Something else is committed, or what was is deleted by its rules: what was told before is over. */
  superseded(ghost: Ghost, partition: PartitionId): void {
    ghost.partitions.get(partition).acknowledged = undefined;
  },
};

export type GroupsRecorders = typeof recorders;
