import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { TransactionsContext, TransactionsStep } from '../context.ts';
import { dataPartitions } from '../nodes.ts';
import { lastStableOffset, markerOf } from '../producerState.ts';
import type { PartitionId, ReadonlyPartitionView } from '../schema.ts';

/**
 * poll: the reader fetches what it is let of a partition, and makes something of each record that it is given.
 *
 * Who: the reader. Enabled: something is behind its position. Changes: with `read_committed` it is let up to the last
 * stable offset, and leaves out what the leader names as aborted; with `read_uncommitted` up to the high watermark. An
 * idempotent consumer passes over what it has handled.
 *
 * Left out: sizes of fetches, followers, and groups of readers.
 *
 * Source: UnifiedLog.read (FetchIsolation), CompletedFetch.nextFetchedRecord (isBatchAborted); KIP-98.
 */
export function poll(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'poll',
    kind: 'protocol',
    actor: 'reader',
    phrase: 'the reader fetches from {partition}',
    params: { partition: anyNode(context.partition) },
    enabled({ protocol }, { partition }) {
      if (!dataPartitions(context, context.config).includes(partition)) return 'it has the offsets';
      const { position } = protocol.reader.get(partition);
      return position < limitOf(context, protocol.partitions.get(partition)) || 'nothing is new';
    },
    step({ protocol, record }, { partition }) {
      const step = { context, protocol, record };
      const view = protocol.partitions.get(partition);
      const place = protocol.reader.get(partition);
      const limit = limitOf(context, view);
      for (let offset = place.position; offset < limit; offset++) give(step, partition, offset);
      place.position = limit;
    },
  });
}

function limitOf({ config, rules }: TransactionsContext, view: ReadonlyPartitionView): number {
  return config.isolation === 'read_committed' ? lastStableOffset(rules, view) : view.highWatermark;
}

function give(step: TransactionsStep, partition: PartitionId, offset: number): void {
  const { context, protocol, record } = step;
  const { log } = protocol.partitions.get(partition);
  const entry = log.get(offset);
  if (entry.record === 0) return;
  if (isLeftOut(context, protocol.partitions.get(partition), offset)) return;
  record.read(entry.record);
  const key = entry.input === 0 ? entry.record : entry.input;
  if (context.config.deduplicates) {
    if (protocol.handled.has(key)) return;
    protocol.handled.add(key);
  }
  record.handled(key);
}

/** Whether the reader leaves a record out as one of a transaction that was aborted. */
function isLeftOut(
  { config, rules }: TransactionsContext,
  { log }: ReadonlyPartitionView,
  offset: number,
): boolean {
  if (config.isolation === 'read_uncommitted' || !rules.tellsAborted) return false;
  if (log.get(offset).kind !== 'data') return false;
  const marker = markerOf(log, offset);
  return marker !== undefined && log.get(marker).kind === 'abort';
}

/**
 * storePosition: the reader commits how far it has read.
 *
 * Who: the reader, after what it has made of the records. Enabled: it may crash in this scope; otherwise nobody asks.
 */
export function storePosition(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'storePosition',
    kind: 'protocol',
    actor: 'reader',
    phrase: 'the reader commits its offset of {partition}',
    params: { partition: anyNode(context.partition) },
    enabled({ protocol }, { partition }) {
      if (context.bounds.readerCrashes === 0) return 'it never crashes in this scope';
      const { position, stored } = protocol.reader.get(partition);
      return position > stored || 'it is committed';
    },
    step({ protocol }, { partition }) {
      const place = protocol.reader.get(partition);
      place.stored = place.position;
    },
  });
}
