import { speaksOfTopicOfNow } from './metadata.ts';
import type { PartitionStep } from './partitionScope.ts';
import type { Broker } from './schema.ts';

/*
 * What a leader tells clients, of the topic that there is now. What a leader tells that has not heard of
 * the deletion of its topic promises nothing: the topic is to be gone.
 */

/** A producer got success for the record at `offset`. */
export function tellAcknowledged(
  partition: PartitionStep,
  leader: Broker,
  { offset, acks }: { readonly offset: number; readonly acks: 'all' | '1' },
): void {
  if (!speaksOfTopicOfNow(partition, leader)) return;
  const { record } = partition.replicas.get(leader).log.get(offset);
  partition.record.acknowledged(partition.id, offset, record, acks);
}

/** Consumers of the leader may read everything below `endOffset`. */
export function tellExposed(partition: PartitionStep, leader: Broker, endOffset: number): void {
  if (!speaksOfTopicOfNow(partition, leader)) return;
  partition.record.exposed(partition.id, partition.replicas.get(leader).log, endOffset);
}
