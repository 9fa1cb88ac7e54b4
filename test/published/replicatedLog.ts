import type { ReadonlyProtocol, Replica, ReplicaLog } from './kafkaReplication.ts';

/*
 * Logs of bounded length: hachikuji/kafka-specification, module FiniteReplicatedLog. There a log is
 * a function from every offset to a record or Nil, with an end offset; here it is a list, which is
 * the same thing, since its TypeOk asks for Nil exactly from the end offset on.
 */

type ReadonlyLog = ReturnType<typeof logOf>;

/** The log of a replica, to read. */
export function logOf(protocol: ReadonlyProtocol, replica: Replica) {
  return protocol.replicas.get(replica).log;
}

/** Whether the log ends after `offset` (HasOffset). */
export function hasOffset(log: ReadonlyLog, offset: number): boolean {
  return offset < log.length;
}

/** Whether both logs have a record at `offset`, and the same one: id and epoch (HasEntry, twice). */
export function haveSameEntry(a: ReadonlyLog, b: ReadonlyLog, offset: number): boolean {
  if (!hasOffset(a, offset) || !hasOffset(b, offset)) return false;
  const [left, right] = [a.get(offset), b.get(offset)];
  return left.id === right.id && left.epoch === right.epoch;
}

/** Whether both logs have a record at `offset` of the same epoch; the ids may differ. */
export function haveSameEpoch(a: ReadonlyLog, b: ReadonlyLog, offset: number): boolean {
  if (!hasOffset(a, offset) || !hasOffset(b, offset)) return false;
  return a.get(offset).epoch === b.get(offset).epoch;
}

/** The epoch of the last record (GetLatestRecord), or undefined if the log is empty. */
export function latestEpoch(log: ReadonlyLog): number | undefined {
  return log.length === 0 ? undefined : log.get(log.length - 1).epoch;
}

/** Whether `to` has room for the record that `from` has at the end offset of `to` (ReplicateTo). */
export function canReplicate(from: ReadonlyLog, to: ReadonlyLog): boolean {
  return to.length < to.capacity && hasOffset(from, to.length);
}

/** Appends to `to` the record that `from` has at the end offset of `to` (ReplicateTo). */
export function replicate(from: ReadonlyLog, to: ReplicaLog): void {
  const { id, epoch } = from.get(to.length);
  to.push({ id, epoch });
}
