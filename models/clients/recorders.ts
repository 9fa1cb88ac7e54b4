import type { RecordView } from '../../checker/state/viewTypes.ts';
import type { Acks } from './config.ts';
import type { GhostFields, PartitionId, ProducerNode } from './schema.ts';

type Ghost = RecordView<GhostFields>;

/** How the protocol tells the ghost state what applications did and were told. */
export const recorders = {
  /** An application sent a record for the first time. */
  sent(ghost: Ghost, producer: ProducerNode, partition: PartitionId): void {
    ghost.sends.push({ producer, partition, processed: 0 });
  },
  /** An application was told success: with the offset, unless nobody could tell it (acks=0). */
  acknowledged(
    ghost: Ghost,
    partition: PartitionId,
    told: { readonly record: number; readonly offset: number | undefined; readonly acks: Acks },
  ): void {
    const { record, offset, acks } = told;
    ghost.partitions.get(partition).acknowledged.push({ record, offset, acks });
  },
  /** A consumer has read records from an offset on. */
  read(ghost: Ghost, partition: PartitionId, from: number, records: readonly number[]): void {
    const { read } = ghost.partitions.get(partition);
    read.truncate(from);
    while (read.length < from) read.push(0);
    for (const record of records) read.push(record);
  },
  /** The application has processed a record. */
  processed(ghost: Ghost, record: number): void {
    const sent = ghost.sends.get(record - 1);
    sent.processed = Math.min(2, sent.processed + 1);
  },
};

export type ClientsRecorders = typeof recorders;
