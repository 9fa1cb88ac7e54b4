import type { TypedSpecification } from '../../checker/model/extendModel.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import { propertiesOf } from '../../checker/model/propertiesOf.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import type { NodeType } from '../../checker/state/nodeType.ts';
import {
  defaultConfig,
  type KraftBounds,
  type KraftConfig,
  KraftConfigError,
  largeScope,
} from '../../models/kraft/config.ts';
import { kraftProgressDefects } from '../../models/kraft/defects/progress.ts';
import { kraftDefects } from '../../models/kraft/defects.ts';
import { kraftModel } from '../../models/kraft/model.ts';
import type { KraftRecorders } from '../../models/kraft/recorders.ts';
import type { GhostFields, KraftSchema, ProtocolFields } from '../../models/kraft/schema.ts';
import { kraftProperties, kraftTemporal } from '../kraft.ts';
import { chosenDefects, type SpecificationOptions } from './options.ts';

/** What is asked for of the metadata quorum; what is left out is as by default. */
export type KraftOptions = SpecificationOptions<KraftConfig, KraftBounds>;

/** The metadata quorum, with its properties and the types to extend it. */
export interface KraftSpecification
  extends TypedSpecification<ProtocolFields, GhostFields, keyof KraftBounds, KraftRecorders> {
  /** The nodes of the quorum: the initial voters first, then the observers. */
  readonly node: NodeType<'node'>;
}

/**
 * The metadata quorum and everything that must hold of it.
 *
 * @throws KraftConfigError when a setting or bound is out of range, or a defect is unknown.
 */
export function kraft(options: KraftOptions = {}): KraftSpecification {
  const config = { ...defaultConfig, ...options.config };
  const bounds = { ...largeScope, ...options.bounds };
  const known = [...kraftDefects, ...kraftProgressDefects];
  const defects = chosenDefects(options.defects, known, KraftConfigError);
  const model = kraftModel(config, bounds, defects);
  const specification = kraftSpecification(model, kraftProperties(config, bounds));
  return { ...specification, temporal: kraftTemporal(config, bounds) };
}

/** Gives a quorum model back the types that engines do not need. */
export function kraftSpecification(
  model: AnyModel,
  properties: readonly AnyProperty[],
): KraftSpecification {
  const node = model.schema.nodeTypes.find(({ name }) => name === 'node');
  // Every quorum model is made with this schema, these recorders and one type of node.
  return {
    model,
    properties,
    schema: model.schema as unknown as KraftSchema,
    recorders: model.recorders as KraftRecorders,
    node: node as NodeType<'node'>,
  };
}

/** Builders for further properties of the metadata quorum. */
export const { invariant, stepProperty, sometimes } = propertiesOf<
  ProtocolFields,
  GhostFields,
  KraftSchema['budget']['fields']
>();
