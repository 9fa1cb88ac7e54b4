import type { TypedSpecification } from '../checker/model/extendModel.ts';
import { propertiesOf } from '../checker/model/propertiesOf.ts';
import type { NodeType } from '../checker/state/nodeType.ts';
import {
  type ClusterBounds,
  type ClusterConfig,
  ClusterConfigError,
  defaultConfig,
  largeScope,
  quietScope,
  smallScope,
} from '../models/cluster/config.ts';
import type { ClusterDefect } from '../models/cluster/defect.ts';
import { clusterDefects } from '../models/cluster/defects.ts';
import { clusterModel } from '../models/cluster/model.ts';
import type { ClusterRecorders } from '../models/cluster/recorders.ts';
import type { ClusterSchema, GhostFields, ProtocolFields } from '../models/cluster/schema.ts';
import { clusterTiming } from '../models/cluster/timing/timing.ts';
import { boundWords, settingWords } from '../models/cluster/words.ts';
import { clusterProperties } from '../properties/cluster.ts';
import { describedModel } from './describedModel.ts';
import type { SpecificationOptions } from './descriptor.ts';

/** What is asked for of a cluster; what is left out is as by default. */
export type ClusterOptions = SpecificationOptions<ClusterConfig, ClusterBounds>;

/** Controllers, brokers and a topic, with its properties and the types to extend it. */
export interface ClusterSpecification
  extends TypedSpecification<ProtocolFields, GhostFields, keyof ClusterBounds, ClusterRecorders> {
  /** The brokers, by their position. */
  readonly broker: NodeType<'broker'>;
  /** The members of the metadata quorum. */
  readonly node: NodeType<'node'>;
}

/** Controllers, brokers and a topic together. */
export const clusterDescribed = describedModel<
  ClusterConfig,
  ClusterBounds,
  ClusterDefect,
  ClusterSpecification
>({
  name: 'cluster',
  summary:
    'controllers, brokers that replay the metadata log, and the partitions of a topic; to simulate',
  page: 'docs/cluster.md',
  defaultConfig,
  settings: settingWords,
  headline: ['mode', 'controllers', 'brokers', 'minInsyncReplicas'],
  bounds: boundWords,
  quietScope,
  smallScope,
  largeScope,
  isCoverable: false,
  // Defects are found and recorded where they are smallest, in the model of their level.
  defects: [],
  furtherDefects: clusterDefects,
  ConfigError: ClusterConfigError,
  model: clusterModel,
  properties: clusterProperties,
  timing: clusterTiming,
});

/**
 * Controllers, brokers, a topic, and everything that must hold of it.
 *
 * @throws ClusterConfigError when a setting or bound is out of range, or a defect is unknown.
 */
export function cluster(options?: ClusterOptions): ClusterSpecification {
  return clusterDescribed.specify(options);
}

/** Builders for further properties of a cluster. */
export const { invariant, stepProperty, sometimes } = propertiesOf<
  ProtocolFields,
  GhostFields,
  ClusterSchema['budget']['fields']
>();
