import type { Specification } from '../checker/model/specification.ts';

/** Gives a specification the parts by which extensions are typed: its schema, recorders and types of nodes. */
export function typedSpecification<Own extends Specification>({
  model,
  properties,
  temporal = [],
}: Specification): Own {
  const nodes = Object.fromEntries(model.schema.nodeTypes.map(type => [type.name, type]));
  const { schema, recorders } = model;
  const typed: Specification = { ...nodes, ...{ schema, recorders }, model, properties, temporal };
  // Every model of one descriptor is made with the schema, the recorders and the nodes that its own type names.
  return typed as Own;
}
