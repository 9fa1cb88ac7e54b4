import fc from 'fast-check';
import { SET } from '../../../checker/jsonSet.ts';
import {
  enumeration,
  type Field,
  type Fields,
  flag,
  int,
  lifecycle,
  links,
  list,
  map,
  node,
  nodeSet,
  optional,
  perNode,
  type RecordField,
  record,
  type ScalarField,
  type SetElement,
  set,
  variants,
} from '../../../checker/state/fields.ts';
import { type JsonValue, partsOf, valueToJson } from '../../../checker/state/json.ts';
import type { LifecycleTable } from '../../../checker/state/lifecycleTable.ts';
import { type NodeType, nodeType } from '../../../checker/state/nodeType.ts';
import {
  type AnySchema,
  type AnyState,
  type BudgetFields,
  defineSchema,
} from '../../../checker/state/schema.ts';
import { ranksOf, universeOf } from '../../../checker/state/universe.ts';
import { stateFromJson } from './stateFromJson.ts';

/** A small lifecycle, written by hand so that these tests need no XState. */
export const doorTable: LifecycleTable<'shut' | 'open' | 'broken', 'push' | 'kick', 'creak'> = {
  name: 'door',
  states: ['shut', 'open', 'broken'],
  events: ['push', 'kick'],
  next: [1, 2, -1, 2, -1, -1],
  effects: [['creak'], [], [], [], [], []],
};

/** How a random schema looks. */
export interface SchemaShape {
  /** The most nodes of each interchangeable type; one type for each entry. */
  readonly interchangeable: readonly number[];
  /** How deep records may nest. */
  readonly depth: number;
}

const usualShape: SchemaShape = { interchangeable: [4, 3], depth: 3 };

/** No enumeration value may look like the name of a node, such as `alpha-1`. */
const colours = ['red', 'green', 'blue'] as const;
const typeNames = ['alpha', 'beta'] as const;

/** Random schemas with every kind of field and up to three node types. */
export function arbitrarySchema(shape: SchemaShape = usualShape): fc.Arbitrary<AnySchema> {
  return arbitraryNodeTypes(shape)
    .chain(types =>
      fc.record({
        protocol: arbitraryFields(types, shape.depth, 4),
        ghost: arbitraryFields(types, 1, 2),
        budget: fc.constantFrom<BudgetFields>({}, { crashes: int(0, 3) }),
      }),
    )
    .map(parts => defineSchema(parts));
}

function arbitraryNodeTypes(shape: SchemaShape): fc.Arbitrary<NodeType<string>[]> {
  const counts = shape.interchangeable.map(most => fc.integer({ min: 1, max: most }));
  return fc
    .tuple(fc.tuple(...counts), fc.integer({ min: 0, max: 2 }))
    .map(([drawn, fixed]) => [
      ...drawn.map((count, index) => nodeType(typeNames[index] ?? `type${index}`, count)),
      ...(fixed > 0 ? [nodeType('fixed', fixed, { interchangeable: false })] : []),
    ]);
}

function arbitraryFields(
  types: readonly NodeType<string>[],
  depth: number,
  most: number,
): fc.Arbitrary<Fields> {
  return fc
    .array(arbitraryField(types, depth), { minLength: 1, maxLength: most })
    .map(fields => Object.fromEntries(fields.map((field, index) => [`field${index}`, field])));
}

function arbitraryField(types: readonly NodeType<string>[], depth: number): fc.Arbitrary<Field> {
  const scalar = arbitraryScalar(types);
  const type = fc.constantFrom(...types);
  const flat: fc.Arbitrary<Field>[] = [
    scalar,
    scalar.map(inner => optional(inner)),
    type.map(of => nodeSet(of)),
    fc.constant(lifecycle(doorTable)),
  ];
  const row =
    depth === 0 ? undefined : arbitraryFields(types, depth - 1, 3).map(fields => record(fields));
  const listed: fc.Arbitrary<ScalarField | RecordField<Fields>> = row
    ? fc.oneof(scalar, row)
    : scalar;
  const elements = arbitraryElement(types);
  const lists = fc
    .tuple(listed, fc.integer({ min: 1, max: 3 }))
    .map(([of, capacity]) => list(of, capacity));
  const held: fc.Arbitrary<Field> = fc.oneof(
    { weight: 3, arbitrary: listed },
    { weight: 2, arbitrary: scalar.map(inner => optional(inner)) },
    lists,
    elements.map(of => set(of)),
    arbitraryMap(types),
  );
  const nested: fc.Arbitrary<Field>[] = [
    lists,
    elements.map(of => set(of)),
    arbitraryMap(types),
    arbitraryValues(types, 1).map(of => optional(of)),
    fc.tuple(type, held).map(([by, of]) => perNode(by, of)),
    fc.tuple(type, held).map(([by, of]) => perNode(by, of)),
  ];
  if (row)
    nested.push(
      row,
      fc.tuple(type, row).map(([by, of]) => links(by, of)),
    );
  return fc.oneof(...flat, ...nested);
}

/** A record of values that are read and written as a whole. */
function arbitraryValues(
  types: readonly NodeType<string>[],
  depth: number,
  ints: readonly ScalarField[] = wideInts,
): fc.Arbitrary<RecordField<Fields>> {
  const scalar = arbitraryScalar(types, ints);
  const inner: fc.Arbitrary<Field>[] = [scalar, scalar.map(of => optional(of))];
  if (depth > 0) {
    const deeper = arbitraryValues(types, depth - 1, ints);
    inner.push(
      deeper,
      deeper.map(of => optional(of)),
    );
  }
  return fc
    .array(fc.oneof(...inner), { minLength: 1, maxLength: 2 })
    .map(fields => record(Object.fromEntries(fields.map((field, at) => [`part${at}`, field]))));
}

/** Of these a random set can have elements. */
const MOST_VALUES = 60;

/** What a set may hold: not too many values. */
function arbitraryElement(types: readonly NodeType<string>[]): fc.Arbitrary<SetElement> {
  const scalar = arbitraryScalar(types, narrowInts);
  const values = arbitraryValues(types, 1, narrowInts);
  const kinds = fc
    .array(values, { minLength: 1, maxLength: 2 })
    .map(all =>
      variants('kind', Object.fromEntries(all.map(({ fields }, at) => [`k${at}`, fields]))),
    );
  return fc.oneof(
    scalar,
    values.filter(of => universeOf(of).count <= MOST_VALUES),
    kinds.filter(of => universeOf(of).count <= MOST_VALUES),
  );
}

function arbitraryMap(types: readonly NodeType<string>[]): fc.Arbitrary<Field> {
  const key = fc.oneof(
    fc.constantFrom(...types).map(of => node(of)),
    fc.constantFrom(int(-1, 1), int(0, 3), enumeration(...colours)),
  );
  const value = fc.oneof(arbitraryScalar(types), arbitraryValues(types, 1));
  return fc.tuple(key, value).map(([by, of]) => map(by, of));
}

const narrowInts = [int(0, 1), int(-2, 2), int(5, 5)];
const wideInts = [...narrowInts, int(0, 255), int(0, 256), int(-300, 65_000)];

function arbitraryScalar(
  types: readonly NodeType<string>[],
  ints: readonly ScalarField[] = wideInts,
): fc.Arbitrary<ScalarField> {
  return fc.oneof(
    fc.constantFrom(...ints),
    fc.constant(flag()),
    fc.constant(enumeration(...colours)),
    fc.constantFrom(...types).map(of => node(of)),
  );
}

/** How a random state looks. */
export interface StateShape {
  /** Whether a field of kind "node" may be unset. */
  readonly unsetNodes: boolean;
}

/** Random states of a schema, in their JSON form; nodes are often alike, so that symmetry has ties. */
export function arbitraryStateJson(
  schema: AnySchema,
  shape: StateShape = { unsetNodes: true },
): fc.Arbitrary<JsonValue> {
  return arbitraryJson(schema.whole, shape);
}

function arbitraryJson(field: Field, shape: StateShape): fc.Arbitrary<JsonValue> {
  switch (field.kind) {
    case 'int': {
      const { min, max } = field;
      const edges = fc.constantFrom(min, Math.min(min + 1, max), max);
      return fc.oneof(edges, fc.integer({ min, max }));
    }
    case 'flag':
      return fc.boolean();
    case 'enum':
      return fc.constantFrom(...field.names);
    case 'node': {
      const names = field.type.all.map(of => field.type.nameOf(of));
      return shape.unsetNodes ? fc.constantFrom(null, ...names) : fc.constantFrom(...names);
    }
    case 'optional':
      return fc.oneof(fc.constant(null), arbitraryJson(field.inner, { unsetNodes: false }));
    case 'lifecycle':
      return fc.constantFrom(...field.table.states);
    case 'nodeSet':
      return fc.subarray(field.type.all.map(of => field.type.nameOf(of)));
    case 'record':
      return fc.record(
        Object.fromEntries(
          Object.entries(field.fields).map(([name, inner]) => [name, arbitraryJson(inner, shape)]),
        ),
      );
    case 'optionalRecord':
      return fc.oneof(fc.constant(null), arbitraryJson(field.element, { unsetNodes: false }));
    case 'set': {
      const universe = universeOf(field.element);
      const ranks = fc.oneof(
        fc.subarray([...ranksOf(universe)], { maxLength: Math.min(3, universe.count) }),
        fc.subarray([...ranksOf(universe)]),
      );
      return ranks.map(all => ({
        [SET]: all.map(rank => valueToJson(field.element, universe.valueOf(rank))),
      }));
    }
    case 'map':
      return fc.record(
        Object.fromEntries(
          partsOf(field).map(({ name, part }) => [
            name,
            arbitraryJson(part, { unsetNodes: false }),
          ]),
        ),
      );
    case 'list':
      return fc.array(arbitraryJson(field.element, shape), { maxLength: field.capacity });
    case 'perNode':
      return alikeOrNot(
        field.type.all.map(of => field.type.nameOf(of)),
        arbitraryJson(field.element, shape),
      );
    case 'links':
      return alikeOrNot(linkNames(field.type), arbitraryJson(field.element, shape));
  }
}

function linkNames(type: NodeType<string>): string[] {
  const names = type.all.map(of => type.nameOf(of));
  return names.flatMap(from => names.filter(to => to !== from).map(to => `${from}->${to}`));
}

/** Every name with a value of its own, or all with one value. */
function alikeOrNot(
  names: readonly string[],
  value: fc.Arbitrary<JsonValue>,
): fc.Arbitrary<JsonValue> {
  const different = fc
    .tuple(...names.map(() => value))
    .map(values => Object.fromEntries(names.map((name, index) => [name, values[index] ?? null])));
  const alike = value.map(one => Object.fromEntries(names.map(name => [name, one])));
  return fc.oneof(different, alike);
}

/** A new state of the schema with the content of `json`. */
export function stateOf(schema: AnySchema, json: JsonValue): AnyState {
  const state = schema.create();
  stateFromJson(schema, json, state);
  return state;
}

/** The bytes of a state as text, to compare states and to keep them in sets. */
export function bytesText(state: { readonly bytes: Uint8Array }): string {
  return Buffer.from(state.bytes).toString('hex');
}
