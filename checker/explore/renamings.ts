import type { ParamName } from '../model/params.ts';
import { type ActionInstance, type CompiledModel, labelOf } from './compiledModel.ts';

/** An instance, by number, as it is when two nodes change names. */
export type Renaming = (instance: number) => number;

/** The exchange of each two nodes of one type. */
export function renamings(model: CompiledModel): Renaming[] {
  const numbers = new Map(model.instances.map(({ taken }, index) => [labelOf(taken), index]));
  return model.schema.nodeTypes.flatMap(({ name: type, all, nameOf }) =>
    all.flatMap(one =>
      all
        .filter(other => other > one)
        .map((other): Renaming => {
          const exchange = new Map([
            [nameOf(one), nameOf(other)],
            [nameOf(other), nameOf(one)],
          ]);
          return instance => {
            const { action, taken } = model.instances[instance] as ActionInstance;
            const params = Object.entries(taken.params).map(
              ([param, value]): [string, ParamName] => {
                const domain = action.params[param];
                const isNode = domain?.kind === 'node' || domain?.kind === 'optionalNode';
                const renamed = isNode && domain.type.name === type && typeof value === 'string';
                return [param, renamed ? (exchange.get(value) ?? value) : value];
              },
            );
            const renamed = labelOf({ name: taken.name, params: Object.fromEntries(params) });
            return numbers.get(renamed) ?? instance;
          };
        }),
    ),
  );
}
