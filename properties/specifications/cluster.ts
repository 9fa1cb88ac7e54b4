import type { TypedSpecification } from '../../checker/model/extendModel.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import { propertiesOf } from '../../checker/model/propertiesOf.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import type { NodeType } from '../../checker/state/nodeType.ts';
import {
  type ClusterBounds,
  type ClusterConfig,
  ClusterConfigError,
  defaultConfig,
  largeScope,
} from '../../models/cluster/config.ts';
import { clusterDefects } from '../../models/cluster/defects.ts';
import { clusterModel } from '../../models/cluster/model.ts';
import type { ClusterRecorders } from '../../models/cluster/recorders.ts';
import type { ClusterSchema, GhostFields, ProtocolFields } from '../../models/cluster/schema.ts';
import { clusterProperties } from '../cluster.ts';
import { chosenDefects, type SpecificationOptions } from './options.ts';

/** What is asked for of a cluster; what is left out is as by default. */
export type ClusterOptions = SpecificationOptions<ClusterConfig, ClusterBounds>;

/** Controllers, brokers and one topic partition, with its properties and the types to extend it. */
export interface ClusterSpecification
  extends TypedSpecification<ProtocolFields, GhostFields, keyof ClusterBounds, ClusterRecorders> {
  /** The brokers, by their position. */
  readonly broker: NodeType<'broker'>;
  /** The members of the metadata quorum. */
  readonly node: NodeType<'node'>;
}

/**
 * Controllers, brokers, one topic partition, and everything that must hold of it.
 *
 * @throws ClusterConfigError when a setting or bound is out of range, or a defect is unknown.
 */
export function cluster(options: ClusterOptions = {}): ClusterSpecification {
  const config = { ...defaultConfig, ...options.config };
  const bounds = { ...largeScope, ...options.bounds };
  const defects = chosenDefects(options.defects, clusterDefects, ClusterConfigError);
  return clusterSpecification(
    clusterModel(config, bounds, defects),
    clusterProperties(config, bounds),
  );
}

/** Gives a cluster model back the types that engines do not need. */
export function clusterSpecification(
  model: AnyModel,
  properties: readonly AnyProperty[],
): ClusterSpecification {
  const typeNamed = (wanted: string) => model.schema.nodeTypes.find(({ name }) => name === wanted);
  // Every cluster model is made with this schema, these recorders and two types of nodes.
  return {
    model,
    properties,
    schema: model.schema as unknown as ClusterSchema,
    recorders: model.recorders as ClusterRecorders,
    broker: typeNamed('broker') as NodeType<'broker'>,
    node: typeNamed('node') as NodeType<'node'>,
  };
}

/** Builders for further properties of a cluster. */
export const { invariant, stepProperty, sometimes } = propertiesOf<
  ProtocolFields,
  GhostFields,
  ClusterSchema['budget']['fields']
>();
