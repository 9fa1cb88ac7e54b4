import { SET } from '../../../checker/jsonSet.ts';
import type { Field, OptionalField, ScalarField } from '../../../checker/state/fields.ts';
import { type JsonValue, partsOf, valueToJson } from '../../../checker/state/json.ts';
import { scalarCode, sizeOf } from '../../../checker/state/layout.ts';
import type { AnySchema, AnyState } from '../../../checker/state/schema.ts';
import { ranksOf, universeOf } from '../../../checker/state/universe.ts';

/** JSON that does not describe a state of the schema; the message names the path. */
export class StateJsonError extends Error {
  override readonly name = 'StateJsonError';
}

/**
 * Fills `state` from JSON made by `stateToJson`.
 *
 * @throws StateJsonError naming the path and what was expected there.
 */
export function stateFromJson(schema: AnySchema, json: JsonValue, state: AnyState): void {
  state.bytes.fill(0);
  decode(schema.whole, json, state.bytes, 0, '');
}

function decode(field: Field, json: JsonValue, bytes: Uint8Array, at: number, path: string): void {
  switch (field.kind) {
    case 'int':
    case 'flag':
    case 'enum':
    case 'node':
    case 'optional':
      decodeScalar(field, json, bytes, at, path);
      return;
    case 'lifecycle':
      bytes[at] = ordinalIn(field.table.states, json, path);
      return;
    case 'nodeSet':
      for (const [index, name] of arrayAt(json, path).entries()) {
        const names = field.type.all.map(field.type.nameOf);
        bytes[at] = (bytes[at] as number) | (1 << ordinalIn(names, name, `${path}[${index}]`));
      }
      return;
    case 'optionalRecord':
      if (json === null) return;
      bytes[at] = 1;
      decode(field.element, json, bytes, at + 1, path);
      return;
    case 'set': {
      const wanted = new Set(arrayAt(setAt(json, path), path).map(item => sortedText(item)));
      const { element } = field;
      const universe = universeOf(element);
      for (const rank of ranksOf(universe)) {
        if (wanted.delete(sortedText(valueToJson(element, universe.valueOf(rank))))) {
          bytes[at + rank] = 1;
        }
      }
      if (wanted.size > 0) throw misfit(path, 'elements that there can be', [...wanted]);
      return;
    }
    case 'list': {
      const items = arrayAt(json, path);
      if (items.length > field.capacity)
        throw misfit(path, `at most ${field.capacity} elements`, items.length);
      bytes[at] = items.length;
      const size = sizeOf(field.element);
      items.forEach((item, index) => {
        decode(field.element, item, bytes, at + 1 + index * size, `${path}[${index}]`);
      });
      return;
    }
    default:
      decodeParts(field, json, bytes, at, path);
  }
}

function decodeParts(
  field: Extract<Field, { kind: 'record' | 'map' | 'perNode' | 'links' }>,
  json: JsonValue,
  bytes: Uint8Array,
  at: number,
  path: string,
): void {
  if (json === null || typeof json !== 'object' || Array.isArray(json))
    throw misfit(path, 'an object', json);
  const given = new Map(Object.entries(json));
  for (const { name, part, offset } of partsOf(field)) {
    const inner = path === '' ? name : `${path}.${name}`;
    const value = given.get(name);
    if (value === undefined) throw misfit(inner, 'a value', undefined);
    decode(part, value, bytes, at + offset, inner);
    given.delete(name);
  }
  for (const name of given.keys()) {
    throw misfit(path === '' ? name : `${path}.${name}`, 'no such field', name);
  }
}

function decodeScalar(
  field: ScalarField | OptionalField<ScalarField>,
  json: JsonValue,
  bytes: Uint8Array,
  at: number,
  path: string,
): void {
  const { scalar, optional, width, max } = scalarCode(field);
  const lift = optional || scalar.kind === 'node' ? 1 : 0;
  const stored = json === null && lift === 1 ? 0 : ordinalOf(scalar, json, path) + lift;
  if (stored < 0 || stored > max) throw misfit(path, 'a value within bounds', json);
  bytes[at] = stored & 255;
  if (width === 2) bytes[at + 1] = stored >>> 8;
}

function ordinalOf(scalar: ScalarField, json: JsonValue, path: string): number {
  switch (scalar.kind) {
    case 'int':
      if (
        typeof json !== 'number' ||
        !Number.isInteger(json) ||
        json < scalar.min ||
        json > scalar.max
      ) {
        throw misfit(path, `a whole number from ${scalar.min} to ${scalar.max}`, json);
      }
      return json - scalar.min;
    case 'flag':
      if (typeof json !== 'boolean') throw misfit(path, 'true or false', json);
      return json ? 1 : 0;
    case 'enum':
      return ordinalIn(scalar.names, json, path);
    case 'node':
      return ordinalIn(scalar.type.all.map(scalar.type.nameOf), json, path);
  }
}

function ordinalIn(names: readonly string[], json: JsonValue, path: string): number {
  const ordinal = typeof json === 'string' ? names.indexOf(json) : -1;
  if (ordinal < 0) throw misfit(path, `one of ${names.join(', ')}`, json);
  return ordinal;
}

function setAt(json: JsonValue, path: string): JsonValue {
  if (json === null || typeof json !== 'object' || Array.isArray(json) || !(SET in json)) {
    throw misfit(path, 'a set', json);
  }
  return Object.entries(json)[0]?.[1] ?? null;
}

/** Values by their text: those of sets are told apart by what they are. */
function sortedText(json: JsonValue): string {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return JSON.stringify(json);
  const entries = Object.entries(json).map(([name, inner]) => [name, sortedText(inner)]);
  return JSON.stringify(entries.sort());
}

function arrayAt(json: JsonValue, path: string): readonly JsonValue[] {
  if (!Array.isArray(json)) throw misfit(path, 'an array', json);
  return json;
}

function misfit(path: string, expected: string, found: unknown): StateJsonError {
  return new StateJsonError(
    `${path || 'state'}: expected ${expected}, found ${JSON.stringify(found)}`,
  );
}
