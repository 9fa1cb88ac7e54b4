import type {
  Invariant,
  PropertyScope,
  Sometimes,
  StepProperty,
} from '../../checker/model/property.ts';
import type { PartitionId as Input } from '../../models/groups/schema.ts';
import {
  clientsBoundsOf,
  clientsConfigOf,
  groupsBoundsOf,
  groupsConfigOf,
  type PipelineBounds,
  type PipelineConfig,
  transactionsBoundsOf,
  transactionsConfigOf,
} from '../../models/pipeline/config.ts';
import { nodesOf, type PipelineNodes } from '../../models/pipeline/nodes.ts';
import type { GhostFields, ProtocolFields } from '../../models/pipeline/schema.ts';
import type { PartitionId } from '../../models/transactions/schema.ts';
import { type ClientsFacts, clientsFacts } from '../clients/scopeFacts.ts';
import { type GroupsFacts, groupsFacts } from '../groups/scopeFacts.ts';
import { type TransactionsFacts, transactionsFacts } from '../transactions/scopeFacts.ts';

/** What a property of a pipeline may look at. */
export type PipelineScope = PropertyScope<ProtocolFields, GhostFields>;
export type PipelineInvariant = Invariant<ProtocolFields, GhostFields>;
export type PipelineStepProperty = StepProperty<ProtocolFields, GhostFields>;
export type PipelineGoal = Sometimes<ProtocolFields, GhostFields>;

/** What a scope is, as each part has it. */
export interface PipelineFacts {
  readonly config: PipelineConfig;
  readonly bounds: PipelineBounds;
  readonly nodes: PipelineNodes;
  readonly clients: ClientsFacts;
  readonly groups: GroupsFacts;
  readonly transactions: TransactionsFacts;
  /** The partition that is read. */
  readonly input: Input;
  /** That of the offsets, behind those of the outputs. */
  readonly offsets: PartitionId;
}

export function pipelineFacts(config: PipelineConfig, bounds: PipelineBounds): PipelineFacts {
  const nodes = nodesOf(config);
  const [input] = nodes.groups.partition.all;
  const offsets = nodes.transactions.partition.all.at(-1);
  if (input === undefined || offsets === undefined) throw new RangeError('a partition is missing');
  return {
    config,
    bounds,
    nodes,
    clients: clientsFacts(clientsConfigOf(config), clientsBoundsOf(bounds), nodes.clients),
    groups: groupsFacts(groupsConfigOf(config), groupsBoundsOf(config, bounds), nodes.groups),
    transactions: transactionsFacts(
      transactionsConfigOf(config),
      transactionsBoundsOf(config, bounds),
      nodes.transactions,
    ),
    input,
    offsets,
  };
}

/** A record of a transaction that is committed, in one of the outputs or among the offsets. */
interface Committed {
  /** The record of the input that it comes from, as its place there, from 1. */
  readonly input: number;
  /** 0 of an offset. */
  readonly record: number;
}

/** What the log of a partition has of transactions whose commit is in it too; `all`: committed or open. */
export function writtenIn(
  { protocol }: PipelineScope,
  partition: PartitionId,
  which: 'committed' | 'all',
): Committed[] {
  const entries = [...protocol.transactions.partitions.get(partition).log].map(
    ({ kind, id, record, input }, offset) => ({ kind, id, record, input, offset }),
  );
  return entries.filter(({ kind, id, offset }) => {
    if (kind !== 'data') return false;
    const marker = entries.find(
      each => each.offset > offset && each.id === id && each.kind !== 'data',
    );
    return which === 'all' ? marker?.kind !== 'abort' : marker?.kind === 'commit';
  });
}

/** How many records of the input are done, by the last offset that is committed in a transaction, and replicated. */
export function doneIn({ offsets }: PipelineFacts, { protocol }: PipelineScope): number {
  const { log, highWatermark } = protocol.transactions.partitions.get(offsets);
  const entries = [...log]
    .slice(0, highWatermark)
    .map(({ kind, id, input }, offset) => ({ kind, id, input, offset }));
  const done = entries.filter(({ kind, id, offset }) => {
    const marker = entries.find(
      each => each.offset > offset && each.id === id && each.kind !== 'data',
    );
    return kind === 'data' && marker?.kind === 'commit';
  });
  return done.at(-1)?.input ?? 0;
}
