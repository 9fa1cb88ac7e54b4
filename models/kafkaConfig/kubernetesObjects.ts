import { oneLine } from './oneLine.ts';
import { child, isYamlMap, itemsOf, type Located, optionalText } from './yamlShape.ts';

/** One object of Kubernetes; the places in it begin with its kind and name. */
export interface KubernetesObject {
  readonly kind: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
  /** Those that made it, as `StatefulSet kafka`. */
  readonly owners: readonly string[];
  readonly at: Located;
}

/** The documents of a file, each object of a List one of its own (`kubectl get -o yaml`). */
export function withoutLists(document: Located): readonly Located[] {
  const kind = optionalText(child(document, 'kind')) ?? '';
  const items = child(document, 'items');
  if (!kind.endsWith('List') || !Array.isArray(items.value)) return [document];
  return itemsOf(items).filter(({ value }) => isYamlMap(value));
}

/** A document as an object of Kubernetes; undefined if it is none. */
export function kubernetesObject(document: Located): KubernetesObject | undefined {
  const kind = optionalText(child(document, 'kind'));
  const apiVersion = optionalText(child(document, 'apiVersion'));
  if (kind === undefined || apiVersion === undefined) return undefined;
  const metadata = child(document, 'metadata');
  const name = oneLine(optionalText(child(metadata, 'name')) ?? '', 100);
  const owners = itemsOf(child(metadata, 'ownerReferences')).map(owner => {
    return `${optionalText(child(owner, 'kind'))} ${optionalText(child(owner, 'name'))}`;
  });
  return {
    kind,
    apiVersion,
    name,
    namespace: optionalText(child(metadata, 'namespace')),
    labels: textsOf(child(metadata, 'labels')),
    owners,
    at: { ...document, place: `${oneLine(kind, 40)} ${name}` },
  };
}

/** The scalars of a mapping, by their keys. */
export function textsOf(at: Located): ReadonlyMap<string, string> {
  if (!isYamlMap(at.value)) return new Map();
  return new Map(
    [...at.value.keys()].flatMap((key): [string, string][] => {
      const text = typeof key === 'string' ? optionalText(child(at, key)) : undefined;
      return typeof key === 'string' && text !== undefined ? [[key, text]] : [];
    }),
  );
}

/** A place inside an object, after the mark that ends its kind and name. */
export function inside(at: Located, ...path: readonly string[]): Located {
  const found = path.reduce(child, at);
  return { ...found, place: `${at.place}: ${path.join('.')}` };
}
