import { brief, expectKeys, expectName, isObject } from '../declarations.ts';
import {
  MOST_ELEMENTS,
  MOST_INT_SPAN,
  MOST_LIFECYCLE_STATES,
  MOST_NAMES,
  MOST_SET_VALUES,
  MOST_STATE_BYTES,
} from '../limits.ts';
import { SchemaError } from './errors.ts';
import type { Field, Fields, SetElement, VariantCases } from './fields.ts';
import { sizeOf } from './layout.ts';
import { isLifecycleTable } from './lifecycleTable.ts';
import { isNodeType } from './nodeType.ts';
import { universeOf } from './universe.ts';

const parts = { protocol: true, ghost: true, budget: true };
const builders =
  'int, flag, enumeration, node, optional, lifecycle, nodeSet, record, list, set, map, perNode or links';
const scalars = ['int', 'flag', 'enum', 'node'];
/** What may be in a list, in a per-node array or in a link, by what it is in. */
const inside: Readonly<Record<string, readonly string[]>> = {
  optional: scalars,
  list: [...scalars, 'record'],
  set: [...scalars, 'record'],
  map: [...scalars, 'record'],
  links: ['record'],
};
/** What is read and written as a whole, besides records of such. */
const wholes = [...scalars, 'optional', 'optionalRecord', 'record', 'variants'];

/**
 * Holds the parts of a schema to what their types say.
 *
 * @throws DeclarationError naming the field by its path from the root of the state.
 */
export function checkParts(declared: object): void {
  expectKeys('schema', declared, parts);
  for (const part of Object.keys(parts)) {
    const fields = membersOf(declared)[part];
    if (!isObject(fields)) {
      throw new SchemaError(`${part}: expected an object of fields, {} if there are none`);
    }
    checkFields(part, fields);
  }
  for (const [name, field] of Object.entries(membersOf(declared)['budget'] as Fields)) {
    if (field.kind === 'int' && field.min === 0) continue;
    throw new SchemaError(`budget.${name}: expected int(0, most): what is left of it is counted`);
  }
}

const IDENTIFIER = /^[a-z][A-Za-z0-9]*$/;
/** What JavaScript asks of any object for reasons of its own. */
const RESERVED = new Set([...Object.getOwnPropertyNames(Object.prototype), 'then', 'toJSON']);

/** Names are written into the source of views. */
function checkName(name: string): void {
  if (!IDENTIFIER.test(name)) {
    throw new SchemaError(`field "${name}": the name must be a camelCase word`);
  }
  if (RESERVED.has(name)) {
    const why = 'JavaScript asks every object for it; choose another name';
    throw new SchemaError(`field "${name}": the name has a meaning of its own: ${why}`);
  }
}

function checkFields(path: string, fields: object): void {
  for (const [name, field] of Object.entries(fields)) {
    checkName(name);
    checkField(`${path}.${name}`, field);
  }
}

function checkField(path: string, field: unknown): void {
  const { kind, type, fields, inner, element, key, value, ...own } = membersOf(field);
  switch (kind) {
    case 'flag':
      return;
    case 'int':
      checkInt(path, own);
      return;
    case 'enum':
      checkNames(path, own['names']);
      return;
    case 'lifecycle':
      checkLifecycle(path, own['table']);
      return;
    case 'node':
    case 'nodeSet':
      expectType(path, type);
      return;
    case 'optional':
      checkInside(path, kind, inner);
      return;
    case 'record':
      if (!isObject(fields)) throw new SchemaError(`${path}: expected the fields of the record`);
      checkFields(path, fields);
      return;
    case 'list':
      checkCapacity(path, own['capacity']);
      checkInside(path, kind, element);
      return;
    case 'optionalRecord':
      checkField(path, element);
      checkWhole(path, 'optional', element);
      return;
    case 'set':
      if (isVariants(element)) checkVariants(path, element);
      else checkInside(path, kind, element);
      checkWhole(path, kind, element);
      checkUniverse(path, kind, element as SetElement);
      return;
    case 'map':
      checkKey(path, key);
      checkInside(path, kind, value);
      checkWhole(path, kind, value);
      return;
    case 'perNode':
      expectType(path, type);
      checkField(path, element);
      return;
    case 'links':
      expectType(path, type);
      checkInside(path, kind, element);
      return;
    default: {
      const found = isNodeType(field) ? `a node type: write node(${field.name})` : brief(field);
      throw new SchemaError(`${path}: expected ${builders}, found ${found}`);
    }
  }
}

function checkInt(path: string, { min, max }: Readonly<Record<string, unknown>>): void {
  const span = Number(max) - Number(min);
  if (Number.isInteger(min) && Number.isInteger(max) && span >= 0 && span <= MOST_INT_SPAN) return;
  const expected = `whole bounds, min <= max, span < ${MOST_INT_SPAN + 1}`;
  throw new SchemaError(`${path}: int(${brief(min)}, ${brief(max)}): expected ${expected}`);
}

function checkNames(path: string, names: unknown): void {
  if (!Array.isArray(names)) {
    throw new SchemaError(`${path}: enumeration: expected names, found ${brief(names)}`);
  }
  if (names.length === 0 || names.length > MOST_NAMES || new Set(names).size !== names.length) {
    throw new SchemaError(
      `${path}: enumeration(${names.join(', ')}): expected 1 to ${MOST_NAMES} distinct names`,
    );
  }
  for (const name of names) expectName(`${path}: enumeration`, name);
}

function checkLifecycle(path: string, table: unknown): void {
  if (!isLifecycleTable(table)) {
    const found = `found ${brief(table)}`;
    throw new SchemaError(`${path}: lifecycle: expected what compileLifecycle returns, ${found}`);
  }
  const { name, states } = table;
  if (states.length > 0 && states.length <= MOST_LIFECYCLE_STATES) return;
  throw new SchemaError(
    `${path}: lifecycle "${name}": expected 1 to ${MOST_LIFECYCLE_STATES} states, found ${states.length}`,
  );
}

function checkCapacity(path: string, capacity: unknown): void {
  const size = Number(capacity);
  if (Number.isInteger(capacity) && size >= 1 && size <= MOST_ELEMENTS) return;
  const found = `found ${brief(capacity)}`;
  throw new SchemaError(`${path}: list: expected a capacity from 1 to ${MOST_ELEMENTS}, ${found}`);
}

function checkInside(path: string, around: keyof typeof inside & string, field: unknown): void {
  checkField(path, field);
  const { kind } = membersOf(field);
  const allowed = inside[around] ?? [];
  if (allowed.includes(String(kind))) return;
  const wrapped = around === 'list' || around === 'links' ? ': put it into a record' : '';
  throw new SchemaError(`${path}: a ${around} cannot hold a ${String(kind)}${wrapped}`);
}

/** What is in a set, in a map or optional is read and written as a whole, and cannot be so as a container. */
function checkWhole(path: string, around: string, field: unknown): void {
  const { kind, fields, element } = membersOf(field);
  if (!wholes.includes(String(kind))) {
    const all = `only ${[...scalars, 'optional'].join(', ')} and records of them`;
    throw new SchemaError(`${path}: ${around}(...) cannot hold a ${String(kind)}: ${all}`);
  }
  if (kind === 'optionalRecord') checkWhole(path, around, element);
  const cases = kind === 'variants' ? Object.values(membersOf(field)['cases'] as VariantCases) : [];
  for (const all of kind === 'record' ? [fields as Fields] : cases) {
    for (const [name, inner] of Object.entries(all)) checkWhole(`${path}.${name}`, around, inner);
  }
}

function isVariants(field: unknown): boolean {
  return membersOf(field)['kind'] === 'variants';
}

function checkVariants(path: string, field: unknown): void {
  const { tag, cases } = membersOf(field);
  if (typeof tag !== 'string') {
    throw new SchemaError(`${path}: variants: expected the name of the tag, found ${brief(tag)}`);
  }
  checkName(tag);
  if (!isObject(cases)) {
    throw new SchemaError(`${path}: variants: expected the fields of each, found ${brief(cases)}`);
  }
  checkNames(path, Object.keys(cases));
  for (const [name, fields] of Object.entries(cases)) {
    if (!isObject(fields))
      throw new SchemaError(`${path}: "${name}": expected an object of fields`);
    if (Object.hasOwn(fields, tag)) {
      throw new SchemaError(
        `${path}: "${name}": "${tag}" is the tag, and cannot be a field as well`,
      );
    }
    checkFields(`${path}.${name}`, fields);
  }
}

function checkKey(path: string, key: unknown): void {
  checkField(path, key);
  const { kind } = membersOf(key);
  if (!['node', 'int', 'enum'].includes(String(kind))) {
    const expected = 'expected node(...), int(...) or enumeration(...) as the key';
    throw new SchemaError(`${path}: map: ${expected}, found ${String(kind)}`);
  }
  checkUniverse(path, 'map', key as Field);
}

function checkUniverse(path: string, around: 'set' | 'map', field: Field | SetElement): void {
  const { count } = universeOf(field);
  if (count >= 1 && count <= MOST_SET_VALUES) return;
  const [what, of] = around === 'set' ? ['element', 'its fields'] : ['key', 'it'];
  const [found, most] = [count, MOST_SET_VALUES].map(number => number.toLocaleString('en'));
  throw new SchemaError(
    `${path}: ${around}: there are ${found} values that its ${what} can have: expected at most ` +
      `${most}; give ${of} narrower bounds, or keep a list`,
  );
}

function expectType(path: string, type: unknown): void {
  if (isNodeType(type)) return;
  throw new SchemaError(`${path}: expected a node type, found ${brief(type)}`);
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? Object.fromEntries(Object.entries(value)) : {};
}

/** @throws SchemaError naming the largest field, when a state would have more bytes than a place in it can say. */
export function checkSize(whole: Field, bytes: number): void {
  if (bytes <= MOST_STATE_BYTES) return;
  const { path, size } = largest('', whole);
  const [all, most, own] = [bytes, MOST_STATE_BYTES, size].map(count => count.toLocaleString('en'));
  throw new SchemaError(
    `${path}: takes ${own} of the ${all} bytes of a state: expected at most ${most} together`,
  );
}

/** Where most of the bytes are: as deep as one field has more than half of those around it. */
function largest(path: string, field: Field): { readonly path: string; readonly size: number } {
  const size = sizeOf(field);
  const inner = field.kind === 'record' ? Object.entries(field.fields) : [];
  const [first] = inner.sort(([, a], [, b]) => sizeOf(b) - sizeOf(a));
  if (first === undefined || (path !== '' && sizeOf(first[1]) * 2 < size)) return { path, size };
  return largest(path === '' ? first[0] : `${path}.${first[0]}`, first[1]);
}
