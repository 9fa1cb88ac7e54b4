import { type ActionBuilder, actionsOf, type Recording } from '../../checker/model/model.ts';
import { type ClientsContext, clientsContext } from '../clients/context.ts';
import type { ClientsRules } from '../clients/rules.ts';
import { type GroupsContext, groupsContext } from '../groups/context.ts';
import type { GroupsRules } from '../groups/rules.ts';
import type { PartitionId as Input } from '../groups/schema.ts';
import { type TransactionsContext, transactionsContext } from '../transactions/context.ts';
import { offsetsPartition } from '../transactions/nodes.ts';
import type { TransactionsRules } from '../transactions/rules.ts';
import type { PartitionId } from '../transactions/schema.ts';
import {
  clientsBoundsOf,
  clientsConfigOf,
  groupsBoundsOf,
  groupsConfigOf,
  type PipelineBounds,
  type PipelineConfig,
  transactionsBoundsOf,
  transactionsConfigOf,
} from './config.ts';
import { nodesOf } from './nodes.ts';
import { type PartActions, partActionsOf } from './partActions.ts';
import { type PipelineRecorders, recorders } from './recorders.ts';
import {
  type PipelineSchema,
  type Protocol,
  type ProtocolFields,
  pipelineSchema,
} from './schema.ts';

/** What every action of one model of a pipeline shares. */
export interface PipelineContext {
  readonly config: PipelineConfig;
  readonly bounds: PipelineBounds;
  readonly clients: ClientsContext;
  readonly groups: GroupsContext;
  readonly transactions: TransactionsContext;
  /** What the parts do where a step of the pipeline is one of several of them. */
  readonly acts: PartActions;
  /** The only partition of the topic that is read. */
  readonly input: Input;
  /** The partition of `__consumer_offsets`, as the model of transactions has it. */
  readonly offsets: PartitionId;
  readonly schema: PipelineSchema;
  readonly action: ActionBuilder<ProtocolFields, PipelineRecorders, keyof PipelineBounds>;
}

/** A step in progress: what it may change, and how it tells the ghost. */
export interface PipelineStep {
  readonly protocol: Protocol;
  readonly record: Recording<PipelineRecorders>;
}

/** The rules of the parts. */
export interface PipelineRules {
  readonly clients: ClientsRules;
  readonly groups: GroupsRules;
  readonly transactions: TransactionsRules;
}

/** Lays out the state and fixes the rules for one configuration and scope. */
export function pipelineContext(
  config: PipelineConfig,
  bounds: PipelineBounds,
  rules: PipelineRules,
): PipelineContext {
  const nodes = nodesOf(config);
  const clients = clientsContext(
    clientsConfigOf(config),
    clientsBoundsOf(bounds),
    rules.clients,
    nodes.clients,
  );
  const groups = groupsContext(
    groupsConfigOf(config),
    groupsBoundsOf(config, bounds),
    rules.groups,
    nodes.groups,
  );
  const transactions = transactionsContext(
    transactionsConfigOf(config),
    transactionsBoundsOf(config, bounds),
    rules.transactions,
    nodes.transactions,
  );
  const [input] = groups.partition.all;
  const offsets = offsetsPartition(transactions, transactions.config);
  if (input === undefined || offsets === undefined) throw new RangeError('a partition is missing');
  const schema = pipelineSchema(clients.schema, groups.schema, transactions.schema, bounds);
  const acts = partActionsOf(clients, groups, transactions);
  const action = actionsOf(schema, recorders);
  return { config, bounds, clients, groups, transactions, acts, input, offsets, schema, action };
}
