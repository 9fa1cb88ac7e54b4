import { failProducer } from './answers.ts';
import { idOf, type TransactionsContext, type TransactionsStep } from './context.ts';
import { busyWith, isCompleting, write } from './coordinator.ts';
import { offsetsPartition } from './nodes.ts';
import { producerStateOf } from './producerState.ts';
import type {
  BatchPhase,
  EntryKind,
  PartitionId,
  ProducerNode,
  ReadonlyProtocol,
  TransactionalId,
} from './schema.ts';

/** A batch as the leader of its partition gets it. */
export interface Batch {
  readonly partition: PartitionId;
  readonly id: TransactionalId;
  readonly epoch: number;
  readonly record: number;
  readonly input: number;
  /** The generation of the group, of offsets. */
  readonly generation?: number;
}

/** What a leader does next with a batch; `later` where the coordinator has to be asked again. */
export type Verdict =
  | 'known'
  | 'append'
  | 'verified'
  | 'add'
  | 'later'
  /** Its epoch is over (INVALID_PRODUCER_EPOCH). */
  | 'refused'
  /**
   * It is in no transaction that the coordinator knows (INVALID_TXN_STATE, TRANSACTION_ABORTABLE), or of an
   * earlier generation.
   */
  | 'abortable';

/**
 * What the leader does with a batch that it is sent.
 *
 * Source: UnifiedLog.analyzeAndValidateProducerState, ReplicaManager.maybeStartTransactionVerificationForPartition.
 */
export function judgeBatch(
  context: TransactionsContext,
  protocol: ReadonlyProtocol,
  batch: Batch,
): Verdict {
  const { rules, config } = context;
  if (isKnown(protocol, batch)) return 'known';
  if (!config.transactions) return judgeAppend(context, protocol, batch);
  const { epoch, openSince } = producerStateOf(
    protocol.partitions.get(batch.partition).log,
    batch.id,
  );
  const isOpen = openSince !== undefined && epoch === batch.epoch;
  if (isOpen || !rules.verifies) return judgeAppend(context, protocol, batch);
  return rules.version === 1 ? verify(protocol, batch) : judgeAdding(context, protocol, batch);
}

/**
 * Whether the leader appends a batch of which it knows that the partition is in the transaction. Offsets are held to
 * the group only now (KAFKA-15784).
 */
export function judgeAppend(
  context: TransactionsContext,
  protocol: ReadonlyProtocol,
  batch: Batch,
): 'known' | 'append' | 'refused' | 'abortable' {
  const { rules, config } = context;
  if (isKnown(protocol, batch)) return 'known';
  if (isOfEarlierGeneration(context, protocol, batch)) return 'abortable';
  if (!config.transactions || !rules.fencesProducers) return 'append';
  const { epoch = 0 } = producerStateOf(protocol.partitions.get(batch.partition).log, batch.id);
  return batch.epoch < epoch ? 'refused' : 'append';
}

/** A batch that is in the log by an earlier attempt is answered, and not appended (see `clients`). */
function isKnown(protocol: ReadonlyProtocol, batch: Batch): boolean {
  return [...protocol.partitions.get(batch.partition).log].some(
    ({ record, epoch, id }) =>
      record > 0 && record === batch.record && epoch === batch.epoch && id === batch.id,
  );
}

/** Offsets carry the generation of the group since 2.5; without transactions they always did. */
function isOfEarlierGeneration(
  context: TransactionsContext,
  { group }: ReadonlyProtocol,
  { partition, generation }: Batch,
): boolean {
  const { rules, config } = context;
  if (partition !== offsetsPartition(context, config) || generation === undefined) return false;
  return generation !== group.generation && (rules.fencesGenerations || !config.transactions);
}

/** Source: TransactionCoordinator.handleVerifyPartitionsInTransaction. */
function verify({ coordinator }: ReadonlyProtocol, { id, epoch, partition }: Batch): Verdict {
  if (!coordinator.isLoaded) return 'later';
  const view = coordinator.ids.get(id);
  if (view.epoch !== epoch) return 'refused';
  if (isCompleting(view)) return 'later';
  return view.partitions.has(partition) ? 'verified' : 'abortable';
}

/** Source: TransactionCoordinator.handleAddPartitionsToTransaction, AddPartitionsToTxnManager (version 2). */
function judgeAdding(
  { rules }: TransactionsContext,
  protocol: ReadonlyProtocol,
  { id, epoch, partition }: Batch,
): 'later' | 'refused' | 'verified' | 'add' {
  if (busyWith(protocol, id) !== undefined) return 'later';
  const view = protocol.coordinator.ids.get(id);
  if (view.epoch !== epoch) return 'refused';
  if (isCompleting(view)) return rules.refusesWhileCompleting ? 'later' : 'verified';
  const isOngoing = view.state.state === 'ongoing';
  return isOngoing && view.partitions.has(partition) ? 'verified' : 'add';
}

/** The coordinator adds partitions to the transaction, which begins with the first. */
export function addPartitions(
  step: TransactionsStep,
  id: TransactionalId,
  added: readonly PartitionId[],
): void {
  const { coordinator } = step.protocol;
  const { epoch, ownBump, partitions } = coordinator.ids.get(id);
  write(step, id, { state: 'ongoing', epoch, ownBump, partitions });
  // In memory they are not before this is committed.
  const entry = coordinator.log.get(coordinator.log.length - 1);
  for (const partition of added) entry.partitions.add(partition);
}

/** The leader appends a batch. */
export function appendBatch({ protocol }: TransactionsStep, kind: EntryKind, batch: Batch): void {
  const { partition, id, epoch, record, input } = batch;
  const { log, leaderEpoch } = protocol.partitions.get(partition);
  log.push({ leaderEpoch, kind, id, epoch, record, input, coordinatorEpoch: 0 });
}

/** The batch that a producer has for a partition, as its leader gets it. */
export function batchOf(
  context: TransactionsContext,
  protocol: ReadonlyProtocol,
  producer: ProducerNode,
  partition: PartitionId,
): Batch {
  const { epoch, batches, generation } = protocol.producers.get(producer);
  const { record, input } = batches.get(partition);
  return { partition, id: idOf(context, producer), epoch, record, input, generation };
}

/** What becomes of the batch of a producer by what its leader does with it. */
export function proceed(
  step: TransactionsStep,
  producer: ProducerNode,
  batch: Batch,
  verdict: Verdict,
): void {
  const { context, protocol } = step;
  const own = protocol.producers.get(producer).batches.get(batch.partition);
  const phases: Partial<Record<Verdict, BatchPhase>> = {
    known: 'appended',
    append: 'appended',
    verified: 'verified',
    add: 'adding',
  };
  const phase = phases[verdict];
  if (phase !== undefined) own.phase = phase;
  if (verdict === 'append') {
    appendBatch(step, context.config.transactions ? 'data' : 'plain', batch);
  }
  if (verdict === 'add') addPartitions(step, batch.id, [batch.partition]);
  if (phase === 'appended') acknowledge(step, batch.partition);
  if (verdict !== 'refused' && verdict !== 'abortable') return;
  const view = protocol.producers.get(producer);
  view.batches.clear(batch.partition);
  if (context.rules.rewindsAfterFailure) view.isReading = false;
  const isFatal = verdict === 'refused' && !context.rules.abortsWhenRefused;
  failProducer(step, producer, isFatal ? 'fatal' : 'abortable');
}

/** What is appended and committed is acknowledged: the producer has no batch for the partition any more. */
export function acknowledge(
  { context, protocol }: Pick<TransactionsStep, 'context' | 'protocol'>,
  partition: PartitionId,
): void {
  const { log, highWatermark } = protocol.partitions.get(partition);
  for (const producer of context.producer.all) {
    const view = protocol.producers.get(producer);
    const batch = view.batches.get(partition);
    if (batch.phase !== 'appended') continue;
    const id = idOf(context, producer);
    const offset = [...log].findLastIndex(
      entry =>
        entry.id === id &&
        entry.epoch === view.epoch &&
        entry.record === batch.record &&
        entry.input === batch.input &&
        (entry.kind === 'data' || entry.kind === 'plain'),
    );
    if (offset >= 0 && offset < highWatermark) view.batches.clear(partition);
  }
}
