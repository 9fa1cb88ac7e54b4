import type { ParamName } from '../model/params.ts';
import type { NodeType } from '../state/nodeType.ts';
import type { Renaming } from '../state/permutation.ts';
import type { CompiledModel } from './compiledModel.ts';

/** By instance: the number of the instance that it is when nodes of these types change names. */
export function renameInstances(
  model: CompiledModel,
  types: readonly NodeType<string>[],
  images: Renaming,
): Uint32Array {
  const renamed = new Map(
    types.map((type, index) => [type.name, renamedNames(type, images[index])]),
  );
  return Uint32Array.from(model.instances, ({ action, taken }, index) => {
    const params = Object.entries(taken.params).map(([param, value]): [string, ParamName] => {
      const domain = action.params[param];
      const isNode = domain?.kind === 'node' || domain?.kind === 'optionalNode';
      const names = isNode ? renamed.get(domain.type.name) : undefined;
      return [param, (typeof value === 'string' ? names?.get(value) : undefined) ?? value];
    });
    return model.find({ name: taken.name, params: Object.fromEntries(params) }) ?? index;
  });
}

/** For the exchange of each two nodes of one type: what every instance then is. */
export function renamings(model: CompiledModel): Uint32Array[] {
  return model.schema.nodeTypes.flatMap(type =>
    type.all.flatMap(one =>
      type.all
        .filter(other => other > one)
        .map(other => {
          const images = type.all.map(node => (node === one ? other : node === other ? one : node));
          return renameInstances(model, [type], [images]);
        }),
    ),
  );
}

function renamedNames(
  { all, nameOf }: NodeType<string>,
  images: readonly number[] = [],
): ReadonlyMap<string, string> {
  return new Map(all.map((node, at) => [nameOf(node), nameOf(all[images[at] ?? at] ?? node)]));
}
