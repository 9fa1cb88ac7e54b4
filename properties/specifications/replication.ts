import type { TypedSpecification } from '../../checker/model/extendModel.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import { propertiesOf } from '../../checker/model/propertiesOf.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import type { NodeType } from '../../checker/state/nodeType.ts';
import {
  defaultConfig,
  largeScope,
  type ReplicationBounds,
  type ReplicationConfig,
  ReplicationConfigError,
} from '../../models/replication/config.ts';
import { replicationProgressDefects } from '../../models/replication/defects/progress.ts';
import { replicationDefects } from '../../models/replication/defects.ts';
import { replicationModel } from '../../models/replication/model.ts';
import type { ReplicationRecorders } from '../../models/replication/recorders.ts';
import type {
  GhostFields,
  ProtocolFields,
  ReplicationSchema,
} from '../../models/replication/schema.ts';
import { replicationProperties, replicationTemporal } from '../replication.ts';
import { chosenDefects, type SpecificationOptions } from './options.ts';

/** What is asked for of replication; what is left out is as by default. */
export type ReplicationOptions = SpecificationOptions<ReplicationConfig, ReplicationBounds>;

/** The replication of one topic partition, with its properties and the types to extend it. */
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

/**
 * The replication of one topic partition and everything that must hold of it.
 *
 * @throws ReplicationConfigError when a setting or bound is out of range, or a defect is unknown.
 */
export function replication(options: ReplicationOptions = {}): ReplicationSpecification {
  const config = { ...defaultConfig, ...options.config };
  const bounds = { ...largeScope, ...options.bounds };
  const known = [...replicationDefects, ...replicationProgressDefects];
  const defects = chosenDefects(options.defects, known, ReplicationConfigError);
  const model = replicationModel(config, bounds, defects);
  const specification = replicationSpecification(model, replicationProperties(config, bounds));
  return { ...specification, temporal: replicationTemporal(config, bounds) };
}

/** Gives a replication model back the types that engines do not need. */
export function replicationSpecification(
  model: AnyModel,
  properties: readonly AnyProperty[],
): ReplicationSpecification {
  const typeNamed = (wanted: string) => model.schema.nodeTypes.find(({ name }) => name === wanted);
  // Every replication model is made with this schema, these recorders and two types of nodes.
  return {
    model,
    properties,
    schema: model.schema as unknown as ReplicationSchema,
    recorders: model.recorders as ReplicationRecorders,
    broker: typeNamed('broker') as NodeType<'broker'>,
    partition: typeNamed('partition') as NodeType<'partition'>,
  };
}

/** Builders for further properties of replication. */
export const { invariant, stepProperty, sometimes } = propertiesOf<
  ProtocolFields,
  GhostFields,
  ReplicationSchema['budget']['fields']
>();
