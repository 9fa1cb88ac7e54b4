import { elementsIn } from '../jsonSet.ts';
import type { JsonValue } from './json.ts';

/** One value that differs between two states; `null` stands for "absent" as well. */
export interface Change {
  readonly path: string;
  readonly before: JsonValue;
  readonly after: JsonValue;
}

/** The differences between two states in JSON form, field by field, in the order of the fields. */
export function diffJson(before: JsonValue, after: JsonValue, path = ''): Change[] {
  if (isLeaf(before) || isLeaf(after) || Array.isArray(before) !== Array.isArray(after)) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
  }
  // Elements of a set have no places of their own.
  const isSet = elementsIn(before) !== undefined || elementsIn(after) !== undefined;
  if (isSet || (isNameList(before) && isNameList(after))) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
  }
  const [left, right] = [entriesOf(before), entriesOf(after)];
  const keys = [...new Set([...left.keys(), ...right.keys()])];
  const array = Array.isArray(before);
  return keys.flatMap(key => {
    const inner = array ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    return diffJson(left.get(key) ?? null, right.get(key) ?? null, inner);
  });
}

type JsonLeaf = null | boolean | number | string;

function isLeaf(json: JsonValue): json is JsonLeaf {
  return json === null || typeof json !== 'object';
}

/** Sets of nodes read better whole than element by element. */
function isNameList(json: JsonValue): boolean {
  return Array.isArray(json) && json.every(item => typeof item === 'string');
}

function entriesOf(json: Exclude<JsonValue, JsonLeaf>): Map<string, JsonValue> {
  return new Map(Object.entries(json));
}
