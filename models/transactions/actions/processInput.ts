import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { TransactionsContext } from '../context.ts';
import { dataPartitions, offsetsPartition } from '../nodes.ts';
import { committedInput, hasPendingOffsets } from '../producerState.ts';
import type { ProducerNode, Protocol, ReadonlyProtocol } from '../schema.ts';
import { sendRecord } from './send.ts';

/**
 * findInput: the application asks where to go on in its input: what its group has committed, or its outbox has marked.
 *
 * Who: the application, with a producer that has an epoch. Enabled: the input is given to it; since 2.5 no transaction
 * with offsets is open.
 *
 * Left out: how a group gives out its input (see `groups`).
 *
 * Source: ConsumerCoordinator.fetchCommittedOffsets; KIP-447.
 */
export function findInput(context: TransactionsContext): AnyAction {
  const offsets = offsetsPartition(context, context.config);
  return context.action({
    name: 'findInput',
    kind: 'protocol',
    actor: 'producer',
    phrase: '{producer} asks where to go on in its input',
    params: { producer: anyNode(context.producer) },
    enabled({ protocol }, { producer }) {
      if (context.config.pattern === 'send') return 'there is no input';
      const may = mayAskForInput(context, protocol, producer);
      if (may !== true) return may;
      // Who takes from an outbox needs nobody's permission.
      const isGiven = offsets === undefined || protocol.group.owner === producer;
      return isGiven || 'the input is not given to it';
    },
    step: ({ protocol }, { producer }) =>
      goOn(context, protocol, producer, protocol.group.generation),
  });
}

/** Whether a process may ask where to go on, if the input is given to it. */
export function mayAskForInput(
  context: TransactionsContext,
  protocol: ReadonlyProtocol,
  producer: ProducerNode,
): Enabled {
  const view = protocol.producers.get(producer);
  if (view.state.state !== 'ready') return 'it is not ready';
  if (view.isReading) return 'it knows';
  const offsets = offsetsPartition(context, context.config);
  if (offsets === undefined) return true;
  const waits = context.config.transactions && context.rules.fetchesStable;
  const isPending = waits && hasPendingOffsets(protocol.partitions.get(offsets));
  return !isPending || 'the offset is not stable (UNSTABLE_OFFSET_COMMIT)';
}

/** A process goes on in its input where that is noted as done, in this generation of its group. */
export function goOn(
  context: TransactionsContext,
  protocol: Protocol,
  producer: ProducerNode,
  generation: number,
): void {
  const offsets = offsetsPartition(context, context.config);
  const position =
    offsets === undefined
      ? protocol.marked
      : committedInput(context.rules, protocol.partitions.get(offsets));
  Object.assign(protocol.producers.get(producer), { isReading: true, generation, position });
}

/**
 * processInput: the application reads the next record of its input and sends an output for it; in a transaction it
 * sends with it how far it has read.
 *
 * Who: the application. Enabled: it knows where to go on, and has nothing else in hand. Limited by `records`.
 *
 * Source: KafkaProducer.sendOffsetsToTransaction; docs/design.html (exactly once); the pattern of the outbox.
 */
export function processInput(context: TransactionsContext): AnyAction {
  const { pattern, transactions } = context.config;
  const outputs = dataPartitions(context, context.config);
  const offsets = offsetsPartition(context, context.config);
  return context.action({
    name: 'processInput',
    kind: 'client',
    actor: 'producer',
    phrase: '{producer} processes the next record of its input, with an output to {partition}',
    params: { producer: anyNode(context.producer), partition: anyNode(context.partition) },
    enabled({ protocol }, { producer, partition }) {
      if (pattern === 'send') return 'there is no input';
      if (!outputs.includes(partition)) return 'it has the offsets';
      const view = protocol.producers.get(producer);
      if (view.state.state !== 'ready') return 'it is not ready';
      if (!view.isReading) return 'it does not know where to go on';
      if (view.position >= context.bounds.inputs) return 'there is no more input';
      if (protocol.sent >= context.bounds.records) return 'no more outputs are sent in this scope';
      return isIdle(context, protocol, producer) || 'the last record is not done';
    },
    step({ protocol, record }, { producer, partition }) {
      const view = protocol.producers.get(producer);
      view.position += 1;
      sendRecord({ context, protocol, record }, producer, partition, view.position);
      if (!transactions) view.owesOffset = true;
      else if (offsets !== undefined) {
        const batch = { phase: 'queued', record: 0, input: view.position } as const;
        Object.assign(view.batches.get(offsets), batch);
      }
    },
  });
}

/**
 * noteInput: an application without transactions notes how far it is, once its output is stored: it commits the offset,
 * or marks the record of the outbox.
 *
 * Who: the application. Enabled: an output is stored of which this is not noted. Changes: an offset goes to the
 * partition of the offsets as a batch; the outbox is marked at once.
 */
export function noteInput(context: TransactionsContext): AnyAction {
  const offsets = offsetsPartition(context, context.config);
  return context.action({
    name: 'noteInput',
    kind: 'protocol',
    actor: 'producer',
    phrase: '{producer} notes how far it is in its input',
    params: { producer: anyNode(context.producer) },
    enabled({ protocol }, { producer }) {
      const { owesOffset } = protocol.producers.get(producer);
      if (!owesOffset) return 'there is nothing to note';
      return hasNoBatch(context, protocol, producer) || 'the output is not stored';
    },
    step({ protocol }, { producer }) {
      const view = protocol.producers.get(producer);
      view.owesOffset = false;
      if (offsets === undefined) protocol.marked = Math.max(protocol.marked, view.position);
      else {
        const batch = { phase: 'queued', record: 0, input: view.position } as const;
        Object.assign(view.batches.get(offsets), batch);
      }
    },
  });
}

function isIdle(
  context: TransactionsContext,
  protocol: ReadonlyProtocol,
  producer: ProducerNode,
): boolean {
  return !protocol.producers.get(producer).owesOffset && hasNoBatch(context, protocol, producer);
}

function hasNoBatch(
  context: TransactionsContext,
  protocol: ReadonlyProtocol,
  producer: ProducerNode,
): boolean {
  const { batches } = protocol.producers.get(producer);
  return context.partition.all.every(each => batches.get(each).phase === 'none');
}
