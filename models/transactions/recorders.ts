import type { RecordView } from '../../checker/state/viewTypes.ts';
import type { GhostFields, PartitionId, TransactionalId } from './schema.ts';

type Ghost = RecordView<GhostFields>;
type Told = 'committed' | 'aborted' | 'failure';

/** The transaction of an id and an epoch that began last, as its place in the ghost. */
function lastOf(ghost: Ghost, id: TransactionalId, epoch: number): number {
  for (let place = ghost.transactions.length - 1; place >= 0; place--) {
    const transaction = ghost.transactions.get(place);
    if (transaction.id === id && transaction.epoch === epoch) return place;
  }
  return -1;
}

/** How the protocol tells the ghost state what applications did and were told. */
export const recorders = {
  /** An application began a transaction. */
  begun(ghost: Ghost, id: TransactionalId, epoch: number): void {
    ghost.transactions.push({ id, epoch, asked: 'nothing', decided: 'nothing', told: 'nothing' });
  },
  /** An application sent a record: in the transaction that its producer began last, or in none. */
  sent(
    ghost: Ghost,
    partition: PartitionId,
    within: { readonly id: TransactionalId; readonly epoch: number } | undefined,
  ): void {
    const transaction = within === undefined ? 0 : lastOf(ghost, within.id, within.epoch) + 1;
    ghost.sends.push({ transaction, partition, reads: 0 });
  },
  /** An application asked for an end. */
  asked(ghost: Ghost, id: TransactionalId, epoch: number, commits: boolean): void {
    const place = lastOf(ghost, id, epoch);
    if (place >= 0) ghost.transactions.get(place).asked = commits ? 'commit' : 'abort';
  },
  /** The coordinator decided. */
  decided(ghost: Ghost, id: TransactionalId, epoch: number, commits: boolean): void {
    const place = lastOf(ghost, id, epoch);
    if (place >= 0) ghost.transactions.get(place).decided = commits ? 'commit' : 'abort';
  },
  /**
   * The next coordinator has found a decision: it stands, whatever was decided after it and lost. Its epoch is that of
   * the transaction, or the next one.
   */
  found(ghost: Ghost, id: TransactionalId, epoch: number, commits: boolean): void {
    for (let place = ghost.transactions.length - 1; place >= 0; place--) {
      const transaction = ghost.transactions.get(place);
      if (transaction.id !== id || transaction.decided === 'nothing') continue;
      if (transaction.epoch !== epoch && transaction.epoch !== epoch - 1) continue;
      transaction.decided = commits ? 'commit' : 'abort';
      return;
    }
  },
  /** An application was told how its transaction ended. */
  told(ghost: Ghost, id: TransactionalId, epoch: number, told: Told): void {
    const place = lastOf(ghost, id, epoch);
    if (place >= 0) ghost.transactions.get(place).told = told;
  },
  /** A producer was told its epoch. */
  initialized(ghost: Ghost, id: TransactionalId, epoch: number): void {
    ghost.toldEpochs.set(id, Math.max(ghost.toldEpochs.get(id), epoch + 1));
  },
  /** The reader was given a record. */
  read(ghost: Ghost, record: number): void {
    const sent = ghost.sends.get(record - 1);
    sent.reads = Math.min(2, sent.reads + 1);
  },
  /** The reader has made something of a record, known by its key. */
  handled(ghost: Ghost, key: number): void {
    ghost.effects.set(key - 1, Math.min(2, ghost.effects.get(key - 1) + 1));
  },
};

export type TransactionsRecorders = typeof recorders;
