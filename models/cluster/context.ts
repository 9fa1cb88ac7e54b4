import { type ActionBuilder, actionsOf, type Recording } from '../../checker/model/model.ts';
import { type KraftContext, kraftContext } from '../kraft/context.ts';
import type { KraftRules } from '../kraft/rules.ts';
import { type ReplicationContext, replicationContext } from '../replication/context.ts';
import type { ReplicationRules } from '../replication/rules.ts';
import {
  type ClusterBounds,
  type ClusterConfig,
  partitionBoundsOf,
  partitionConfigOf,
  quorumBoundsOf,
  quorumConfigOf,
} from './config.ts';
import { type Hosts, hostsOf } from './nodes.ts';
import { partActionsOf } from './partActions.ts';
import { type ClusterRecorders, recorders } from './recorders.ts';
import { type ClusterSchema, clusterSchema, type Protocol, type ProtocolFields } from './schema.ts';

/** What every action of one cluster model shares. */
export interface ClusterContext {
  readonly config: ClusterConfig;
  readonly bounds: ClusterBounds;
  readonly hosts: Hosts;
  readonly quorum: KraftContext;
  readonly partition: ReplicationContext;
  /** What the parts do where the cluster does something to both. */
  readonly acts: ReturnType<typeof partActionsOf>;
  readonly schema: ClusterSchema;
  readonly action: ActionBuilder<ProtocolFields, ClusterRecorders, keyof ClusterBounds>;
}

/** A step in progress: what it may change, and how it tells the ghost. */
export interface ClusterStep {
  readonly context: ClusterContext;
  readonly protocol: Protocol;
  readonly record: Recording<ClusterRecorders>;
}

/** The rules of both levels. */
export interface ClusterRules {
  readonly quorum: KraftRules;
  readonly partition: ReplicationRules;
}

/** Lays out the state and fixes the rules for one configuration and scope. */
export function clusterContext(
  config: ClusterConfig,
  bounds: ClusterBounds,
  rules: ClusterRules,
): ClusterContext {
  const hosts = hostsOf(config);
  const quorum = kraftContext(
    quorumConfigOf(config),
    quorumBoundsOf(bounds),
    rules.quorum,
    hosts.node,
  );
  const partition = replicationContext(
    partitionConfigOf(config),
    partitionBoundsOf(bounds),
    rules.partition,
    { broker: hosts.broker, limits: limitsOf(bounds) },
  );
  const schema = clusterSchema(hosts, quorum.schema, partition.schema, config, bounds);
  const acts = partActionsOf(quorum, partition);
  const action = actionsOf(schema, recorders);
  return { config, bounds, hosts, quorum, partition, acts, schema, action };
}

/** A decision makes one metadata record at most, and a process starts only after it has stopped. */
function limitsOf({ decisions, records, retries, ...events }: ClusterBounds) {
  const { crashes, powerLosses, diskLosses, shutdowns } = events;
  return {
    logLength: records + retries,
    leaderEpoch: decisions,
    partitionEpoch: decisions,
    metadataOffset: decisions,
    brokerEpoch: crashes + powerLosses + diskLosses + shutdowns,
  };
}
