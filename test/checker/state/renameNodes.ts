import type { JsonValue } from '../../../checker/state/json.ts';
import type { NodeType } from '../../../checker/state/nodeType.ts';

/** New names of nodes by their old names. */
export type NameChange = ReadonlyMap<string, string>;

/** Every way to rename the nodes of interchangeable types among themselves. */
export function everyRenaming(types: readonly NodeType<string>[]): NameChange[] {
  let renamings: [string, string][][] = [[]];
  for (const type of types) {
    if (!type.interchangeable) continue;
    const names = type.all.map(node => type.nameOf(node));
    const ways = ordersOf(names).map(order =>
      names.map((name, index): [string, string] => [name, order[index] ?? name]),
    );
    renamings = renamings.flatMap(renaming => ways.map(way => [...renaming, ...way]));
  }
  return renamings.map(renaming => new Map(renaming));
}

function ordersOf(names: readonly string[]): string[][] {
  if (names.length === 0) return [[]];
  return names.flatMap(first =>
    ordersOf(names.filter(name => name !== first)).map(rest => [first, ...rest]),
  );
}

/**
 * Renames nodes in the JSON form of a state: every string, every key and both ends of every link.
 * Deliberately knows nothing of schemas and bytes, so that it can check the code that does.
 */
export function renameNodes(json: JsonValue, names: NameChange): JsonValue {
  if (typeof json === 'string') return names.get(json) ?? json;
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map((item: JsonValue) => renameNodes(item, names));
  const renameKey = (key: string): string =>
    key
      .split('->')
      .map(part => names.get(part) ?? part)
      .join('->');
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [renameKey(key), renameNodes(value, names)]),
  );
}
