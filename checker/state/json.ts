import type { Field, OptionalField, ScalarField } from './fields.ts';
import { linkIndex, offsetsOf, scalarCode, sizeOf, strideOf } from './layout.ts';
import type { AnySchema } from './schema.ts';

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

/** The named parts of a record, array or set of links. */
export function partsOf(
  field: Extract<Field, { kind: 'record' | 'perNode' | 'links' }>,
): { name: string; part: Field; offset: number }[] {
  if (field.kind === 'record') {
    return offsetsOf(field.fields).map(({ name, field: part, offset }) => ({ name, part, offset }));
  }
  const { type, element: part } = field;
  const size = strideOf(field);
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
