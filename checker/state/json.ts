import { SET } from '../jsonSet.ts';
import {
  type Field,
  type OptionalField,
  record,
  type ScalarField,
  type SetElement,
} from './fields.ts';
import { entryOf, linkIndex, offsetsOf, scalarCode, sizeOf, strideOf } from './layout.ts';
import type { AnySchema } from './schema.ts';
import { universeOf } from './universe.ts';

/** Plain JSON. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A state as JSON, with names for nodes, enumerations and lifecycle states. */
export function stateToJson(schema: AnySchema, state: { readonly bytes: Uint8Array }): JsonValue {
  return fieldToJson(schema.whole, state.bytes, 0);
}

/** A field of a state as JSON; `at` is where its bytes begin. */
export function fieldToJson(field: Field, bytes: Uint8Array, at: number): JsonValue {
  switch (field.kind) {
    case 'int':
    case 'flag':
    case 'enum':
    case 'node':
    case 'optional':
      return encodeScalar(field, bytes, at);
    case 'lifecycle':
      return field.table.states[bytes[at] as number] ?? null;
    case 'nodeSet':
      return field.type.all
        .filter(node => ((bytes[at] as number) >> node) & 1)
        .map(node => field.type.nameOf(node));
    case 'optionalRecord':
      return bytes[at] === 0 ? null : fieldToJson(field.element, bytes, at + 1);
    case 'set':
      return { [SET]: elementsOf(field.element, bytes, at) };
    case 'list': {
      const size = sizeOf(field.element);
      return Array.from({ length: bytes[at] as number }, (_, index) =>
        fieldToJson(field.element, bytes, at + 1 + index * size),
      );
    }
    default:
      return Object.fromEntries(
        partsOf(field).map(({ name, part, offset }) => [
          name,
          fieldToJson(part, bytes, at + offset),
        ]),
      );
  }
}

function elementsOf(element: SetElement, bytes: Uint8Array, at: number): JsonValue[] {
  const universe = universeOf(element);
  const elements: JsonValue[] = [];
  for (let rank = 0; rank < universe.count; rank++) {
    if (bytes[at + rank] === 1) elements.push(valueToJson(element, universe.valueOf(rank)));
  }
  return elements;
}

/** A value as JSON, of a field that is read and written as a whole. */
export function valueToJson(field: Field | SetElement, value: unknown): JsonValue {
  if (value === undefined) return null;
  switch (field.kind) {
    case 'node':
      return field.type.nameOf(value as never);
    case 'optional':
      return valueToJson(field.inner, value);
    case 'optionalRecord':
      return valueToJson(field.element, value);
    case 'variants': {
      const name = Reflect.get(value as object, field.tag);
      const { [String(name)]: fields = {} } = field.cases;
      const { [field.tag]: _, ...rest } = value as Readonly<Record<string, unknown>>;
      return { [field.tag]: String(name), ...(valueToJson(record(fields), rest) as object) };
    }
    case 'record': {
      const entries = Object.entries(value as Readonly<Record<string, unknown>>);
      return Object.fromEntries(
        entries.map(([name, inner]) => [name, valueToJson(field.fields[name] as Field, inner)]),
      );
    }
    default:
      return value as JsonValue;
  }
}

function encodeScalar(
  field: ScalarField | OptionalField<ScalarField>,
  bytes: Uint8Array,
  at: number,
): JsonValue {
  const { scalar, optional, width } = scalarCode(field);
  const stored =
    width === 1 ? (bytes[at] as number) : (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
  if (stored === 0 && (optional || scalar.kind === 'node')) return null;
  const ordinal = stored - (optional || scalar.kind === 'node' ? 1 : 0);
  switch (scalar.kind) {
    case 'int':
      return ordinal + scalar.min;
    case 'flag':
      return ordinal === 1;
    case 'enum':
      return scalar.names[ordinal] ?? null;
    case 'node':
      return scalar.type.nameOf(scalar.type.all[ordinal] as never);
  }
}

/** The named parts of a record, map, array or set of links. */
export function partsOf(
  field: Extract<Field, { kind: 'record' | 'map' | 'perNode' | 'links' }>,
): { name: string; part: Field; offset: number }[] {
  if (field.kind === 'record') {
    return offsetsOf(field.fields).map(({ name, field: part, offset }) => ({ name, part, offset }));
  }
  const size = strideOf(field);
  if (field.kind === 'map') {
    const [keys, part] = [universeOf(field.key), entryOf(field)];
    return Array.from({ length: keys.count }, (_, rank) => ({
      name: String(valueToJson(field.key, keys.valueOf(rank))),
      part,
      offset: rank * size,
    }));
  }
  const { type, element: part } = field;
  if (field.kind === 'perNode') {
    return type.all.map(node => ({ name: type.nameOf(node), part, offset: node * size }));
  }
  return type.all.flatMap(from =>
    type.all
      .filter(to => to !== from)
      .map(to => ({
        name: `${type.nameOf(from)}->${type.nameOf(to)}`,
        part,
        offset: linkIndex(from, to, type.count) * size,
      })),
  );
}
