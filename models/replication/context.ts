import { type ActionBuilder, actionsOf } from '../../checker/model/model.ts';
import { type NodeType, nodeType } from '../../checker/state/nodeType.ts';
import type { ReplicationBounds, ReplicationConfig } from './config.ts';
import { type Learning, prefixOfMetadataLog } from './learning.ts';
import { type Limits, limitsOf } from './limits.ts';
import { type ReplicationRecorders, recorders } from './recorders.ts';
import type { ReplicationRules } from './rules.ts';
import {
  type ProtocolFields,
  type ReplicationNodes,
  type ReplicationSchema,
  replicationSchema,
} from './schema.ts';

/** What every action of one replication model shares. */
export interface ReplicationContext extends ReplicationNodes {
  readonly config: ReplicationConfig;
  readonly bounds: ReplicationBounds;
  readonly rules: ReplicationRules;
  readonly limits: Limits;
  /** How brokers learn what the controller decides. */
  readonly learning: Learning;
  readonly schema: ReplicationSchema;
  readonly action: ActionBuilder<ProtocolFields, ReplicationRecorders, keyof ReplicationBounds>;
}

/**
 * The brokers of a configuration: those that hold a replica first. Where a topic is created again none can
 * stand in for another: replicas are placed in the order of the brokers' ids.
 */
export function brokersOf(
  { brokers, spareBrokers }: ReplicationConfig,
  { topicDeletions }: Pick<ReplicationBounds, 'topicDeletions'>,
): NodeType<'broker'> {
  return nodeType('broker', brokers + spareBrokers, { interchangeable: topicDeletions === 0 });
}

/** The partitions of a configuration. None can stand in for another: their leaders are placed apart. */
export function partitionsOf(config: ReplicationConfig): NodeType<'partition'> {
  return nodeType('partition', config.partitions, { interchangeable: false });
}

/** What a larger model decides, of which the partition is a part. */
interface Surroundings {
  readonly broker?: NodeType<'broker'>;
  readonly limits?: Limits;
  readonly learning?: Learning;
}

/** Lays out the state and fixes the rules for one configuration and scope. */
export function replicationContext(
  config: ReplicationConfig,
  bounds: ReplicationBounds,
  rules: ReplicationRules,
  {
    broker = brokersOf(config, bounds),
    limits = limitsOf(config, bounds),
    learning = prefixOfMetadataLog,
  }: Surroundings = {},
): ReplicationContext {
  const nodes = { broker, partition: partitionsOf(config) };
  const schema = replicationSchema(nodes, config, bounds, limits);
  const action = actionsOf(schema, recorders);
  return { ...nodes, config, bounds, rules, limits, learning, schema, action };
}
