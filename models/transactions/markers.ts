import { idOf, type TransactionsContext, type TransactionsStep } from './context.ts';
import { producerStateOf } from './producerState.ts';
import type { PartitionId, Protocol, ReadonlyProtocol, TransactionalId } from './schema.ts';

/** A request to write the marker of a transaction into a partition. */
export interface Marker {
  readonly partition: PartitionId;
  readonly id: TransactionalId;
  readonly epoch: number;
  readonly coordinatorEpoch: number;
  readonly commits: boolean;
}

/**
 * Whether the leader takes a marker. What it is refused for: an epoch that the producer has left, or a coordinator
 * that is deposed.
 *
 * Source: ProducerAppendInfo.appendEndTxnMarker.
 */
export function takesMarker(
  { rules }: TransactionsContext,
  protocol: ReadonlyProtocol,
  { partition, id, epoch, coordinatorEpoch }: Marker,
): boolean {
  const { log } = protocol.partitions.get(partition);
  const known = producerStateOf(log, id);
  const last = known.epoch ?? -1;
  if (epoch < last) return false;
  if (rules.markerEpochs === 'later' && epoch === last) {
    // It is there already, or it is of the transaction before the one that is open.
    if (known.openSince !== undefined || !rules.takesMarkersAgain) return false;
  }
  return coordinatorEpoch >= known.coordinatorEpoch || !rules.fencesCoordinators;
}

/** The leader appends a marker: the transaction has ended here, and what it was about to append is not part of it. */
export function appendMarker(
  { context, protocol }: Omit<TransactionsStep, 'record'>,
  { partition, id, epoch, coordinatorEpoch, commits }: Marker,
): void {
  const { log, leaderEpoch } = protocol.partitions.get(partition);
  const kind = commits ? 'commit' : 'abort';
  log.push({ leaderEpoch, kind, id, epoch, record: 0, input: 0, coordinatorEpoch });
  if (context.rules.guardsAppends) removeGuards({ context, protocol }, partition, id);
}

function removeGuards(
  { context, protocol }: { readonly context: TransactionsContext; readonly protocol: Protocol },
  partition: PartitionId,
  id: TransactionalId,
): void {
  const isHeld = (phase: string): boolean => phase === 'adding' || phase === 'verified';
  for (const producer of context.producer.all) {
    const batch = protocol.producers.get(producer).batches.get(partition);
    if (isHeld(batch.phase) && idOf(context, producer) === id) batch.phase = 'unguarded';
  }
  for (const late of protocol.lateRequests) {
    if (late.partition === partition && late.id === id && isHeld(late.phase)) {
      late.phase = 'unguarded';
    }
  }
}
