import type { TypedSpecification } from '../checker/model/extendModel.ts';
import { propertiesOf } from '../checker/model/propertiesOf.ts';
import type { NodeType } from '../checker/state/nodeType.ts';
import {
  defaultConfig,
  largeScope,
  livenessScope,
  quietScope,
  type ReplicationBounds,
  type ReplicationConfig,
  ReplicationConfigError,
  smallScope,
} from '../models/replication/config.ts';
import { everyReplicationDefect } from '../models/replication/defects.ts';
import { replicationMainJob } from '../models/replication/mainJob.ts';
import { replicationModel } from '../models/replication/model.ts';
import type { ReplicationRecorders } from '../models/replication/recorders.ts';
import type { ReplicationDefect } from '../models/replication/rules.ts';
import type {
  GhostFields,
  ProtocolFields,
  ReplicationSchema,
} from '../models/replication/schema.ts';
import { boundWords, settingWords } from '../models/replication/words.ts';
import { replicationQuestions } from '../properties/replication/questions.ts';
import { replicationProperties, replicationTemporal } from '../properties/replication.ts';
import { describedModel } from './describedModel.ts';
import type { SpecificationOptions } from './descriptor.ts';

/** What is asked for of replication; what is left out is as by default. */
export type ReplicationOptions = SpecificationOptions<ReplicationConfig, ReplicationBounds>;

/** The replication of a topic, with its properties and the types to extend it. */
export interface ReplicationSpecification
  extends TypedSpecification<
    ProtocolFields,
    GhostFields,
    keyof ReplicationBounds,
    ReplicationRecorders
  > {
  /** The brokers of the model: those with a replica first, then the spare ones. */
  readonly broker: NodeType<'broker'>;
  /** The partitions of the topic. */
  readonly partition: NodeType<'partition'>;
}

/** The replication of a topic. */
export const replicationDescribed = describedModel<
  ReplicationConfig,
  ReplicationBounds,
  ReplicationDefect,
  ReplicationSpecification
>({
  name: 'replication',
  summary: 'the partitions of a topic: leaders, followers, ISR, high watermark, elections',
  page: 'docs/replication.md',
  defaultConfig,
  settings: settingWords,
  headline: ['brokers', 'minInsyncReplicas'],
  bounds: boundWords,
  quietScope,
  smallScope,
  largeScope,
  livenessScope,
  mainJob: replicationMainJob,
  defects: everyReplicationDefect,
  ConfigError: ReplicationConfigError,
  model: replicationModel,
  properties: replicationProperties,
  questions: replicationQuestions,
  temporal: replicationTemporal,
});

/**
 * The replication of a topic and everything that must hold of it.
 *
 * @throws ReplicationConfigError when a setting or bound is out of range, or a defect is unknown.
 */
export function replication(options?: ReplicationOptions): ReplicationSpecification {
  return replicationDescribed.specify(options);
}

/** Builders for further properties of replication. */
export const { invariant, stepProperty, sometimes } = propertiesOf<
  ProtocolFields,
  GhostFields,
  ReplicationSchema['budget']['fields']
>();
