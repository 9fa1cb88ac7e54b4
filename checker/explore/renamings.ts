import type { ParamName } from '../model/params.ts';
import type { Node, NodeType } from '../state/nodeType.ts';
import { type ActionInstance, type CompiledModel, labelOf } from './compiledModel.ts';

/** An instance, by number, as it is when two nodes change names. */
export type Renaming = (instance: number) => number;

/** The exchange of two nodes of one type. */
export interface Exchange {
  readonly type: NodeType<string>;
  /** The two nodes, the lower one first. */
  readonly nodes: readonly [Node<string>, Node<string>];
  readonly rename: Renaming;
}

/** The exchange of each two nodes of one type. */
export function exchanges(model: CompiledModel): Exchange[] {
  const numbers = new Map(model.instances.map(({ taken }, index) => [labelOf(taken), index]));
  return model.schema.nodeTypes.flatMap(type =>
    type.all.flatMap(one =>
      type.all
        .filter(other => other > one)
        .map((other): Exchange => {
          const rename = renamingOf(model, numbers, { type, nodes: [one, other] });
          return { type, nodes: [one, other], rename };
        }),
    ),
  );
}

/** How each two nodes of one type change names. */
export function renamings(model: CompiledModel): Renaming[] {
  return exchanges(model).map(({ rename }) => rename);
}

function renamingOf(
  model: CompiledModel,
  numbers: ReadonlyMap<string, number>,
  { type, nodes }: Pick<Exchange, 'type' | 'nodes'>,
): Renaming {
  const [one, other] = [type.nameOf(nodes[0]), type.nameOf(nodes[1])];
  const exchange = new Map([
    [one, other],
    [other, one],
  ]);
  return instance => {
    const { action, taken } = model.instances[instance] as ActionInstance;
    const params = Object.entries(taken.params).map(([param, value]): [string, ParamName] => {
      const domain = action.params[param];
      const isNode = domain?.kind === 'node' || domain?.kind === 'optionalNode';
      const renamed = isNode && domain.type.name === type.name && typeof value === 'string';
      return [param, renamed ? (exchange.get(value) ?? value) : value];
    });
    const renamed = labelOf({ name: taken.name, params: Object.fromEntries(params) });
    return numbers.get(renamed) ?? instance;
  };
}
