import {
  type ActionBuilder,
  type AnyAction,
  actionsOf,
  type Recording,
} from '../../checker/model/model.ts';
import type { NodeType } from '../../checker/state/nodeType.ts';
import { stopCleanly } from '../replication/actions/controlledShutdown.ts';
import { shrinkIsr } from '../replication/actions/shrinkIsr.ts';
import { brokersOf, type ReplicationContext, replicationContext } from '../replication/context.ts';
import { losePower } from '../replication/faults/powerLoss.ts';
import { crash } from '../replication/faults/processCrash.ts';
import { pushedVersions } from '../replication/learning.ts';
import type { ReplicationRules } from '../replication/rules.ts';
import {
  partitionBoundsOf,
  partitionConfigOf,
  type ZooKeeperBounds,
  type ZooKeeperConfig,
} from './config.ts';
import { limitsOf, type ZooKeeperLimits } from './limits.ts';
import { recorders, type ZooKeeperRecorders } from './recorders.ts';
import type { ZooKeeperRules } from './rules.ts';
import {
  type Protocol,
  type ProtocolFields,
  type ZooKeeperSchema,
  zooKeeperSchema,
} from './schema.ts';

/** What every action of one model with ZooKeeper shares. */
export interface ZooKeeperContext {
  readonly config: ZooKeeperConfig;
  readonly bounds: ZooKeeperBounds;
  readonly rules: ZooKeeperRules;
  readonly limits: ZooKeeperLimits;
  readonly broker: NodeType<'broker'>;
  readonly partition: ReplicationContext;
  /** What happens to a broker, of which the partition knows its part. */
  readonly acts: { readonly [_ in 'crash' | 'losePower' | 'stop' | 'shrinkIsr']: AnyAction };
  readonly schema: ZooKeeperSchema;
  readonly action: ActionBuilder<ProtocolFields, ZooKeeperRecorders, keyof ZooKeeperBounds>;
}

/** A step in progress: what it may change, and how it tells the ghost. */
export interface ZooKeeperStep {
  readonly context: ZooKeeperContext;
  readonly protocol: Protocol;
  readonly record: Recording<ZooKeeperRecorders>;
}

/** The rules of both levels. */
interface Rules {
  readonly zooKeeper: ZooKeeperRules;
  readonly partition: ReplicationRules;
}

/** Lays out the state and fixes the rules for one configuration and scope. */
export function zooKeeperContext(
  config: ZooKeeperConfig,
  bounds: ZooKeeperBounds,
  { zooKeeper: rules, partition: partitionRules }: Rules,
): ZooKeeperContext {
  const limits = limitsOf(config, bounds);
  const partitionConfig = partitionConfigOf(config);
  const partitionBounds = partitionBoundsOf(bounds);
  const broker = brokersOf(partitionConfig, partitionBounds);
  const partition = replicationContext(partitionConfig, partitionBounds, partitionRules, {
    broker,
    limits: limits.partition,
    learning: pushedVersions,
  });
  const schema = zooKeeperSchema(broker, partition.schema, bounds, limits);
  const acts = {
    crash: crash(partition),
    losePower: losePower(partition),
    stop: stopCleanly(partition),
    shrinkIsr: shrinkIsr(partition),
  };
  const action = actionsOf(schema, recorders);
  return { config, bounds, rules, limits, broker, partition, acts, schema, action };
}
