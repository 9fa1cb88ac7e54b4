import type {
  Invariant,
  PropertyScope,
  Sometimes,
  StepProperty,
} from '../../checker/model/property.ts';
import type {
  EntryView,
  GhostFields,
  LogView,
  PartitionId,
  ProtocolFields,
  ReadonlyPartitionView,
} from '../../models/clients/schema.ts';
import type { ClientsFacts } from './scopeFacts.ts';

/** What a property of clients may look at. */
export type ClientsScope = PropertyScope<ProtocolFields, GhostFields>;
export type ClientsInvariant = Invariant<ProtocolFields, GhostFields>;
export type ClientsStepProperty = StepProperty<ProtocolFields, GhostFields>;
export type ClientsGoal = Sometimes<ProtocolFields, GhostFields>;

/** Whether the test is true of some partition. */
export function somePartition(
  { partition: partitions }: ClientsFacts,
  { protocol }: ClientsScope,
  test: (view: ReadonlyPartitionView, partition: PartitionId) => boolean,
): boolean {
  return partitions.all.some(each => test(protocol.partitions.get(each), each));
}

/** What is wrong with the first partition with which something is. */
export function firstWrong(
  { partition: partitions }: ClientsFacts,
  { protocol }: ClientsScope,
  wrong: (view: ReadonlyPartitionView, partition: PartitionId) => string | undefined,
): true | string {
  for (const each of partitions.all) {
    const found = wrong(protocol.partitions.get(each), each);
    if (found !== undefined)
      return partitions.count === 1 ? found : `${partitions.nameOf(each)}: ${found}`;
  }
  return true;
}

/** The offset of a record in a log, the first one; undefined if it is not there. */
export function offsetOf(log: LogView, record: number): number | undefined {
  for (let offset = 0; offset < log.length; offset++) {
    if (log.get(offset).record === record) return offset;
  }
  return undefined;
}

/** The entries of a log that are numbered by one producer id, with their offsets, in the order of the log. */
export function numberedBy(
  log: LogView,
  producerId: number,
): { readonly offset: number; readonly entry: EntryView }[] {
  return [...log]
    .map((entry, offset) => ({ offset, entry }))
    .filter(({ entry }) => entry.producerId === producerId && entry.sequence !== undefined);
}
