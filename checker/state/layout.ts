import {
  type Field,
  type Fields,
  type KeyField,
  type MapField,
  type OptionalField,
  type OptionalRecordField,
  optional,
  type PerNodeField,
  type RecordField,
  type ScalarField,
} from './fields.ts';
import type { NodeType } from './nodeType.ts';
import { type Coordinate, universeOf } from './universe.ts';

/** How a scalar is stored: `stored = value - base`, so that zeroed memory is the initial value. */
export interface ScalarCode {
  readonly scalar: ScalarField;
  /** Whether a stored 0 means "absent". */
  readonly optional: boolean;
  /** Bytes: 1, or 2 for wide integers (low byte first). */
  readonly width: 1 | 2;
  /** The largest value that may be stored. */
  readonly max: number;
}

/** The storage code of a scalar, optional or not. A node is always stored plus one: 0 is unset. */
export function scalarCode(field: ScalarField | OptionalField<ScalarField>): ScalarCode {
  const optional = field.kind === 'optional';
  const scalar = optional ? field.inner : field;
  const max = largestIndex(scalar) + (optional || scalar.kind === 'node' ? 1 : 0);
  return { scalar, optional, width: max > 255 ? 2 : 1, max };
}

function largestIndex(scalar: ScalarField): number {
  switch (scalar.kind) {
    case 'int':
      return scalar.max - scalar.min;
    case 'flag':
      return 1;
    case 'enum':
      return scalar.names.length - 1;
    case 'node':
      return scalar.type.count - 1;
  }
}

/** Elements of at least this size start on a word, so that renaming their nodes moves whole words. */
const SMALLEST_ALIGNED = 3;

function alignmentOf(field: Field): 1 | 4 {
  switch (field.kind) {
    case 'record':
      return Object.values(field.fields).some(inner => alignmentOf(inner) === 4) ? 4 : 1;
    case 'perNode':
    case 'links': {
      const { type, element } = field;
      const isRenamed = type.interchangeable && type.count > 1;
      return isRenamed && sizeOf(element) >= SMALLEST_ALIGNED ? 4 : alignmentOf(element);
    }
    case 'map':
      return field.key.kind === 'node' ? alignmentOf(byNode(field, field.key.type)) : 1;
    default:
      return 1;
  }
}

function roundUp(size: number, alignment: 1 | 4): number {
  return alignment === 1 ? size : (size + 3) & ~3;
}

/** The distance between two elements of a per-node array or of links, or two values of a map. */
export function strideOf(field: Extract<Field, { kind: 'perNode' | 'links' | 'map' }>): number {
  const element = field.kind === 'map' ? entryOf(field) : field.element;
  return roundUp(sizeOf(element), alignmentOf(field));
}

/** A map of which only the shape is known. */
export type AnyMap = MapField<KeyField, ScalarField | RecordField<Fields>>;
type Entry = OptionalField<ScalarField> | OptionalRecordField<Fields>;
/** What a map has for each key: its value, or nothing. */
const entries = new WeakMap<AnyMap, Entry>();

/** What is stored for each key of a map. */
export function entryOf(field: AnyMap): Entry {
  const { value } = field;
  const entry = entries.get(field) ?? (value.kind === 'record' ? optional(value) : optional(value));
  entries.set(field, entry);
  return entry;
}

function byNode(field: AnyMap, type: NodeType<string>): PerNodeField<string, Entry> {
  return { kind: 'perNode', type, element: entryOf(field) };
}

/** Fields do not change, and are asked for again for every field around them. */
const sizes = new WeakMap<Field, number>();

/** The number of bytes that a field takes. */
export function sizeOf(field: Field): number {
  const known = sizes.get(field) ?? computedSize(field);
  sizes.set(field, known);
  return known;
}

function computedSize(field: Field): number {
  switch (field.kind) {
    case 'int':
    case 'flag':
    case 'enum':
    case 'node':
    case 'optional':
      return scalarCode(field).width;
    case 'lifecycle':
    case 'nodeSet':
      return 1;
    case 'record': {
      const last = offsetsOf(field.fields).at(-1);
      return last === undefined ? 0 : roundUp(last.offset + sizeOf(last.field), alignmentOf(field));
    }
    case 'list':
      return 1 + field.capacity * sizeOf(field.element);
    case 'optionalRecord':
      return 1 + sizeOf(field.element);
    case 'set':
      return universeOf(field.element).count;
    case 'map':
      return universeOf(field.key).count * strideOf(field);
    case 'perNode':
      return field.type.count * strideOf(field);
    case 'links':
      return field.type.count * (field.type.count - 1) * strideOf(field);
  }
}

/** Each field of a record with its offset from the record's first byte. */
export function offsetsOf(fields: Fields): { name: string; field: Field; offset: number }[] {
  let offset = 0;
  return Object.entries(fields).map(([name, field]) => {
    const placed = { name, field, offset: roundUp(offset, alignmentOf(field)) };
    offset = placed.offset + sizeOf(field);
    return placed;
  });
}

/** The position of the link `from` to `to` among the links of `count` nodes. */
export function linkIndex(from: number, to: number, count: number): number {
  return from * (count - 1) + (to < from ? to : to - 1);
}

/** One stored value, as symmetry sees it. */
export interface Leaf {
  readonly offset: number;
  readonly width: 1 | 2;
  readonly coordinates: readonly Coordinate[];
  /** The position with the coordinates left out: equal for leaves that a permutation exchanges. */
  readonly slot: string;
  readonly holds: 'plain' | 'node' | 'nodeSet';
  /** The largest value that may be stored. */
  readonly max: number;
  /** The node type that a `node` or `nodeSet` leaf refers to. */
  readonly refersTo?: NodeType<string>;
}

/** Every stored value of a field, in the order of its bytes. */
export function leavesOf(field: Field): Leaf[] {
  const leaves: Leaf[] = [];
  collect(field, 0, [], '', leaves);
  return leaves;
}

function collect(
  field: Field,
  offset: number,
  coordinates: readonly Coordinate[],
  slot: string,
  into: Leaf[],
): void {
  const oneByte = { offset, width: 1, coordinates, slot } as const;
  switch (field.kind) {
    case 'int':
    case 'flag':
    case 'enum':
    case 'node':
    case 'optional': {
      const { scalar, width, max } = scalarCode(field);
      const refers = scalar.kind === 'node' ? { refersTo: scalar.type } : {};
      const holds = scalar.kind === 'node' ? 'node' : 'plain';
      into.push({ offset, width, coordinates, slot, holds, max, ...refers });
      return;
    }
    case 'lifecycle':
      into.push({ ...oneByte, holds: 'plain', max: field.table.states.length - 1 });
      return;
    case 'nodeSet':
      into.push({
        ...oneByte,
        holds: 'nodeSet',
        max: 2 ** field.type.count - 1,
        refersTo: field.type,
      });
      return;
    case 'record':
      for (const inner of offsetsOf(field.fields)) {
        collect(inner.field, offset + inner.offset, coordinates, `${slot}.${inner.name}`, into);
      }
      return;
    case 'list': {
      into.push({ ...oneByte, slot: `${slot}.length`, holds: 'plain', max: field.capacity });
      const size = sizeOf(field.element);
      for (let index = 0; index < field.capacity; index++) {
        collect(field.element, offset + 1 + index * size, coordinates, `${slot}[${index}]`, into);
      }
      return;
    }
    case 'optionalRecord':
      into.push({ ...oneByte, slot: `${slot}?`, holds: 'plain', max: 1 });
      collect(field.element, offset + 1, coordinates, slot, into);
      return;
    case 'set':
    case 'map':
      collectKeyed(field, offset, coordinates, slot, into);
      return;
    case 'perNode': {
      const stride = strideOf(field);
      for (const index of field.type.all) {
        const inner = [...coordinates, { type: field.type, index }];
        collect(field.element, offset + index * stride, inner, `${slot}[]`, into);
      }
      return;
    }
    case 'links':
      collectLinks(field, offset, coordinates, slot, into);
  }
}

function collectLinks(
  field: Extract<Field, { kind: 'links' }>,
  offset: number,
  coordinates: readonly Coordinate[],
  slot: string,
  into: Leaf[],
): void {
  const { type, element } = field;
  const stride = strideOf(field);
  for (const from of type.all) {
    for (const to of type.all) {
      if (from === to) continue;
      const inner = [...coordinates, { type, index: from }, { type, index: to }];
      const at = offset + linkIndex(from, to, type.count) * stride;
      collect(element, at, inner, `${slot}[->]`, into);
    }
  }
}

/** What is stored for each value of a universe: whether a set has it, or what a map has for it. */
function collectKeyed(
  field: Extract<Field, { kind: 'set' | 'map' }>,
  offset: number,
  coordinates: readonly Coordinate[],
  slot: string,
  into: Leaf[],
): void {
  const isSet = field.kind === 'set';
  const universe = universeOf(isSet ? field.element : field.key);
  const stride = isSet ? 1 : strideOf(field);
  const held: Field = isSet ? { kind: 'flag' } : entryOf(field);
  for (let rank = 0; rank < universe.count; rank++) {
    const { text, nodes } = universe.nodesOf(rank);
    const inner = [...coordinates, ...nodes];
    collect(held, offset + rank * stride, inner, `${slot}(${text})`, into);
  }
}
