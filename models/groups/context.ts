import { type ActionBuilder, actionsOf, type Recording } from '../../checker/model/model.ts';
import type { GroupsBounds, GroupsConfig } from './config.ts';
import { nodesOf } from './nodes.ts';
import { type GroupsRecorders, recorders } from './recorders.ts';
import type { GroupsRules } from './rules.ts';
import {
  type GroupsNodes,
  type GroupsSchema,
  groupsSchema,
  type Protocol,
  type ProtocolFields,
} from './schema.ts';

/** What every action of one model of groups shares. */
export interface GroupsContext extends GroupsNodes {
  readonly config: GroupsConfig;
  readonly bounds: GroupsBounds;
  readonly rules: GroupsRules;
  readonly schema: GroupsSchema;
  readonly action: ActionBuilder<ProtocolFields, GroupsRecorders, keyof GroupsBounds>;
}

/** A step in progress: what it may change, and how it tells the ghost. */
export interface GroupsStep {
  readonly context: GroupsContext;
  readonly protocol: Protocol;
  readonly record: Recording<GroupsRecorders>;
}

/**
 * Lays out the state and fixes the rules for one configuration and scope.
 *
 * @param nodes - Those of a larger model, where this one is a part of it.
 */
export function groupsContext(
  config: GroupsConfig,
  bounds: GroupsBounds,
  rules: GroupsRules,
  nodes: GroupsNodes = nodesOf(config),
): GroupsContext {
  const schema = groupsSchema(nodes, bounds);
  return { ...nodes, config, bounds, rules, schema, action: actionsOf(schema, recorders) };
}
