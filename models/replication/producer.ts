import type { Partition } from './partitionScope.ts';
import type { ReplicaView } from './schema.ts';

/** Notes that the producer does not know what became of a record, where it may send it again. */
export function leaveUnresolved({ context, producer }: Partition, record: number): void {
  const { unresolved } = producer;
  if (context.bounds.retries === 0 || record === 0) return;
  for (let index = 0; index < unresolved.length; index++) {
    if (unresolved.get(index) === record) return;
  }
  unresolved.push(record);
}

/**
 * Ends every waiting acks=all request without an outcome: the leader steps down
 * (NOT_LEADER_OR_FOLLOWER), its connections are gone, or the requests have timed out.
 */
export function failWaitingProduce(partition: Partition, replica: ReplicaView): void {
  const { waitingProduce, log } = replica;
  for (let index = 0; index < waitingProduce.length; index++) {
    leaveUnresolved(partition, log.get(waitingProduce.get(index)).record);
  }
  waitingProduce.truncate(0);
}
