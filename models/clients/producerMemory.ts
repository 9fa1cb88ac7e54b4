import type { ClientsContext } from './context.ts';
import type { ClientsRules } from './rules.ts';
import type { ReadonlyPartitionView, Result } from './schema.ts';

/** A batch as a producer numbers it; without idempotence it has no sequence number. */
export interface NumberedBatch {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly sequence: number | undefined;
}

/** What a leader remembers of a producer. */
interface KnownProducer {
  readonly epoch: number;
  /** The newest batches of that epoch, the last one at the end. */
  readonly batches: readonly { readonly sequence: number; readonly offset: number }[];
}

/** What a leader does with a batch. */
export type Judgement =
  | { readonly kind: 'append' }
  /** It is in the log already. */
  | { readonly kind: 'duplicate'; readonly offset: number }
  | { readonly kind: 'refuse'; readonly result: Result };

const append: Judgement = { kind: 'append' };

/**
 * What the leader of a partition remembers of a producer. It is a fold of its log, as every replica makes one while
 * it replicates: so what a failover loses of the log it loses of this, and a clean one takes nothing away. A snapshot
 * has of each producer only the last batch, so that a leader which has read one does not know the batches before it
 * (ProducerStateManager.writeSnapshot).
 *
 * Source: ProducerStateManager, ProducerStateEntry.
 */
function knownProducer(
  { rules }: ClientsContext,
  { log, forgottenBefore, snapshotOffset, logStartOffset }: ReadonlyPartitionView,
  id: number,
): KnownProducer | undefined {
  let known: KnownProducer | undefined;
  let lastOffset = 0;
  for (let offset = forgottenBefore; offset < log.length; offset++) {
    const { producerId, producerEpoch, sequence } = log.get(offset);
    if (producerId !== id || sequence === undefined) continue;
    const isContinued = known?.epoch === producerEpoch && offset >= snapshotOffset;
    const earlier = isContinued ? (known?.batches ?? []) : [];
    known = { epoch: producerEpoch, batches: [...earlier, { sequence, offset }] };
    lastOffset = offset;
  }
  if (known === undefined) return undefined;
  if (rules.forgetsDeletedProducers && lastOffset < logStartOffset) return undefined;
  return { ...known, batches: known.batches.slice(-rules.batchesRemembered) };
}

/**
 * What the leader of a partition does with a batch, by what it remembers of its producer.
 *
 * Source: UnifiedLog.analyzeAndValidateProducerState, ProducerAppendInfo.maybeValidateDataBatch.
 */
export function judgeBatch(
  context: ClientsContext,
  partition: ReadonlyPartitionView,
  { producerId, producerEpoch, sequence }: NumberedBatch,
): Judgement {
  if (sequence === undefined) return append;
  const { rules } = context;
  const known = knownProducer(context, partition, producerId);
  if (known === undefined) return judgeUnknown(rules, partition, sequence);
  const same = known.batches.find(batch => batch.sequence === sequence);
  if (rules.recognisesDuplicates && known.epoch === producerEpoch && same !== undefined) {
    return { kind: 'duplicate', offset: same.offset };
  }
  if (producerEpoch < known.epoch && rules.fencesEarlierEpochs) {
    return { kind: 'refuse', result: 'invalidProducerEpoch' };
  }
  const next = known.epoch === producerEpoch ? (known.batches.at(-1)?.sequence ?? -1) + 1 : 0;
  if (sequence === next || !rules.checksSequences) return append;
  return { kind: 'refuse', result: 'outOfOrderSequence' };
}

/** What becomes of the first batch of a producer that the leader does not know. */
function judgeUnknown(
  { unknownProducer }: ClientsRules,
  { log }: ReadonlyPartitionView,
  sequence: number,
): Judgement {
  if (sequence === 0 || unknownProducer === 'accepted') return append;
  if (unknownProducer === 'refused') return { kind: 'refuse', result: 'unknownProducerId' };
  return log.length > 0 ? append : { kind: 'refuse', result: 'outOfOrderSequence' };
}
