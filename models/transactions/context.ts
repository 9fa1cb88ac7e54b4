import { type ActionBuilder, actionsOf, type Recording } from '../../checker/model/model.ts';
import type { TransactionsBounds, TransactionsConfig } from './config.ts';
import { type Limits, limitsOf } from './limits.ts';
import { nodesOf } from './nodes.ts';
import { recorders, type TransactionsRecorders } from './recorders.ts';
import type { TransactionsRules } from './rules.ts';
import {
  type ProducerNode,
  type Protocol,
  type ProtocolFields,
  type TransactionalId,
  type TransactionsNodes,
  type TransactionsSchema,
  transactionsSchema,
} from './schema.ts';

/** What every action of one model of transactions shares. */
export interface TransactionsContext extends TransactionsNodes {
  readonly config: TransactionsConfig;
  readonly bounds: TransactionsBounds;
  readonly limits: Limits;
  readonly rules: TransactionsRules;
  readonly schema: TransactionsSchema;
  readonly action: ActionBuilder<ProtocolFields, TransactionsRecorders, keyof TransactionsBounds>;
}

/** A step in progress: what it may change, and how it tells the ghost. */
export interface TransactionsStep {
  readonly context: TransactionsContext;
  readonly protocol: Protocol;
  readonly record: Recording<TransactionsRecorders>;
}

/**
 * Lays out the state and fixes the rules for one configuration and scope.
 *
 * @param nodes - Those of a larger model, where this one is a part of it.
 */
export function transactionsContext(
  config: TransactionsConfig,
  bounds: TransactionsBounds,
  rules: TransactionsRules,
  nodes: TransactionsNodes = nodesOf(config),
): TransactionsContext {
  const schema = transactionsSchema(nodes, config, bounds);
  const limits = limitsOf(config, bounds);
  return { ...nodes, config, bounds, limits, rules, schema, action: actionsOf(schema, recorders) };
}

/** The transactional id of a process: one for all, or each its own. */
export function idOf(
  { transactionalId }: TransactionsNodes,
  producer: ProducerNode,
): TransactionalId {
  const { all } = transactionalId;
  const id = all[Math.min(producer, all.length - 1)];
  if (id === undefined) throw new RangeError(`no transactional id for producer ${producer}`);
  return id;
}
