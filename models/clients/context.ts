import { type ActionBuilder, actionsOf, type Recording } from '../../checker/model/model.ts';
import type { ClientsBounds, ClientsConfig } from './config.ts';
import { type Limits, limitsOf } from './limits.ts';
import { nodesOf } from './nodes.ts';
import { type ClientsRecorders, recorders } from './recorders.ts';
import type { ClientsRules } from './rules.ts';
import {
  type ClientsNodes,
  type ClientsSchema,
  clientsSchema,
  type Protocol,
  type ProtocolFields,
} from './schema.ts';

/** What every action of one model of clients shares. */
export interface ClientsContext extends ClientsNodes {
  readonly config: ClientsConfig;
  readonly bounds: ClientsBounds;
  readonly limits: Limits;
  readonly rules: ClientsRules;
  readonly schema: ClientsSchema;
  readonly action: ActionBuilder<ProtocolFields, ClientsRecorders, keyof ClientsBounds>;
}

/** A step in progress: what it may change, and how it tells the ghost. */
export interface ClientsStep {
  readonly context: ClientsContext;
  readonly protocol: Protocol;
  readonly record: Recording<ClientsRecorders>;
}

/**
 * Lays out the state and fixes the rules for one configuration and scope.
 *
 * @param nodes - Those of a larger model, where this one is a part of it.
 */
export function clientsContext(
  config: ClientsConfig,
  bounds: ClientsBounds,
  rules: ClientsRules,
  nodes: ClientsNodes = nodesOf(config),
): ClientsContext {
  const schema = clientsSchema(nodes, config, bounds);
  const limits = limitsOf(config, bounds);
  return { ...nodes, config, bounds, limits, rules, schema, action: actionsOf(schema, recorders) };
}
