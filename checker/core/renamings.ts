import { keyOfPlaces } from '../model/arguments.ts';
import type { NodeType } from '../state/nodeType.ts';
import type { Renaming } from '../state/permutation.ts';
import type { CompiledModel } from './compiledModel.ts';

/** By instance: the number of the instance that it is when nodes of these types change names. */
export function renameInstances(
  model: CompiledModel,
  types: readonly NodeType<string>[],
  images: Renaming,
): Uint32Array {
  const imagesOf = new Map(types.map((type, index) => [type.name, images[index]]));
  const image = (type: NodeType<string>, node: number): number =>
    imagesOf.get(type.name)?.[node] ?? node;
  const keys = model.instances.map(
    ({ taken, arguments: { places } }) => `${taken.name}(${keyOfPlaces(places, (_, node) => node)}`,
  );
  const numbers = new Map(keys.map((key, index) => [key, index]));
  return Uint32Array.from(model.instances, ({ taken, arguments: { places } }, index) => {
    return numbers.get(`${taken.name}(${keyOfPlaces(places, image)}`) ?? index;
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
