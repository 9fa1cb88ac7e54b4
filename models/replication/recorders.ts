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
  /** A producer sent a record to a leader of the topic that there is now, or of a deleted one. */
  sent(ghost: Ghost, partition: PartitionId, record: number, ofTopicOfNow: boolean): void {
    const { ofDeletedTopic } = ghost.partitions.get(partition);
    const others = [...ofDeletedTopic].filter(other => other !== record);
    ofDeletedTopic.truncate(0);
    for (const other of others) ofDeletedTopic.push(other);
    if (!ofTopicOfNow) ofDeletedTopic.push(record);
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
  /** The topic was deleted: what it had is not lost. `sent` is how many records were sent so far. */
  topicDeleted(ghost: Ghost, partition: PartitionId, sent: number): void {
    const { acknowledged, exposed, ofDeletedTopic } = ghost.partitions.get(partition);
    acknowledged.truncate(0);
    exposed.truncate(0);
    ghost.partitions.get(partition).deletedBefore = 0;
    ofDeletedTopic.truncate(0);
    for (let record = 1; record <= sent; record++) ofDeletedTopic.push(record);
  },
};

export type ReplicationRecorders = typeof recorders;
/** The recorders as actions call them. */
export type ReplicationRecording = Recording<ReplicationRecorders>;
