import { type ActionBuilder, actionsOf, type Recording } from '../../checker/model/model.ts';
import { type NodeType, nodeType } from '../../checker/state/nodeType.ts';
import type { KraftBounds, KraftConfig } from './config.ts';
import { type KraftRecorders, recorders } from './recorders.ts';
import type { KraftRules } from './rules.ts';
import {
  type KraftSchema,
  kraftSchema,
  type Protocol,
  type ProtocolFields,
  type RaftNode,
} from './schema.ts';

/** What every action of one quorum model shares. */
export interface KraftContext {
  readonly node: NodeType<'node'>;
  readonly config: KraftConfig;
  readonly bounds: KraftBounds;
  readonly rules: KraftRules;
  readonly schema: KraftSchema;
  readonly action: ActionBuilder<ProtocolFields, KraftRecorders, keyof KraftBounds>;
}

/** A step in progress: what it may change, and how it tells the ghost. */
export interface KraftStep {
  readonly context: KraftContext;
  readonly protocol: Protocol;
  readonly record: Recording<KraftRecorders>;
}

/** A step in progress at one node. */
export interface NodeStep extends KraftStep {
  readonly node: RaftNode;
  /** It fetches when it has read the answer that it is at, whose place the request takes. */
  readonly fetchesLater?: true;
}

/**
 * The nodes of a configuration: the initial voters first. Where voters are static, a node that starts
 * knows them by number; to take an observer for a voter would then make a difference.
 */
export function nodesOf({ voters, observers, dynamicVoters }: KraftConfig): NodeType<'node'> {
  const interchangeable = dynamicVoters || observers === 0;
  return nodeType('node', voters + observers, { interchangeable });
}

/** Lays out the state and fixes the rules for one configuration and scope. */
export function kraftContext(
  config: KraftConfig,
  bounds: KraftBounds,
  rules: KraftRules,
  node: NodeType<'node'> = nodesOf(config),
): KraftContext {
  const schema = kraftSchema(node, config, bounds);
  return { node, config, bounds, rules, schema, action: actionsOf(schema, recorders) };
}
