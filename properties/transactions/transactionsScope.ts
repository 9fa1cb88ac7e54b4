import type {
  Invariant,
  PropertyScope,
  Sometimes,
  StepProperty,
} from '../../checker/model/property.ts';
import type { LeadsTo } from '../../checker/model/temporal.ts';
import type {
  GhostFields,
  LogView,
  PartitionId,
  ProtocolFields,
  ReadonlyPartitionView,
  TransactionalId,
} from '../../models/transactions/schema.ts';
import type { TransactionsFacts } from './scopeFacts.ts';

/** What a property of transactions may look at. */
export type TransactionsScope = PropertyScope<ProtocolFields, GhostFields>;
export type TransactionsInvariant = Invariant<ProtocolFields, GhostFields>;
export type TransactionsStepProperty = StepProperty<ProtocolFields, GhostFields>;
export type TransactionsGoal = Sometimes<ProtocolFields, GhostFields>;
export type TransactionsProgress = LeadsTo<ProtocolFields, GhostFields>;

/** What is wrong with the first partition with which something is. */
export function firstWrong(
  { partition: partitions }: TransactionsFacts,
  { protocol }: TransactionsScope,
  wrong: (view: ReadonlyPartitionView, partition: PartitionId) => string | undefined,
): true | string {
  for (const each of partitions.all) {
    const found = wrong(protocol.partitions.get(each), each);
    if (found !== undefined) return `${partitions.nameOf(each)}: ${found}`;
  }
  return true;
}

/** Whether the test is true of some partition. */
export function somePartition(
  { partition: partitions }: TransactionsFacts,
  { protocol }: TransactionsScope,
  test: (view: ReadonlyPartitionView, partition: PartitionId) => boolean,
): boolean {
  return partitions.all.some(each => test(protocol.partitions.get(each), each));
}

/** A record of a transaction in a log, and how its transaction ended there. */
export interface Ended {
  readonly offset: number;
  /** 0 of an offset of an input. */
  readonly record: number;
  readonly input: number;
  readonly id: TransactionalId;
  readonly epoch: number;
  /** The marker behind it: none while the transaction is open. */
  readonly end: 'commit' | 'abort' | undefined;
  /** The offset of this marker. */
  readonly marker: number | undefined;
}

/** Every record of transactions in a log, in its order. */
export function recordsIn(log: LogView): Ended[] {
  const entries = [...log].map(({ kind, record, input, id, epoch }, offset) => {
    return { kind, record, input, id, epoch, offset };
  });
  return entries
    .filter(({ kind }) => kind === 'data')
    .map(({ offset, record, input, id, epoch }) => {
      const marker = entries.find(
        each =>
          each.offset > offset &&
          each.id === id &&
          (each.kind === 'commit' || each.kind === 'abort'),
      );
      const end = marker?.kind === 'commit' || marker?.kind === 'abort' ? marker.kind : undefined;
      return { offset, record, input, id, epoch, end, marker: marker?.offset };
    });
}

/** Where the first transaction stands whose end is not committed: what is before it is decided. */
export function firstUndecided({ log, highWatermark }: ReadonlyPartitionView): number {
  const open = recordsIn(log).find(({ marker }) => marker === undefined || marker >= highWatermark);
  return Math.min(open?.offset ?? highWatermark, highWatermark);
}

/** The transaction of a record, which is no offset, by what applications did; undefined if it is in none. */
export function transactionOf({ ghost }: TransactionsScope, record: number) {
  const { transaction } = ghost.sends.get(record - 1);
  return transaction === 0 ? undefined : ghost.transactions.get(transaction - 1);
}
