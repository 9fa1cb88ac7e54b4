import { brief, expectKeys, isObject } from '../declarations.ts';
import { MOST_ELEMENTS, MOST_STATE_BYTES } from '../limits.ts';
import { SchemaError } from './errors.ts';
import type { Field, Fields } from './fields.ts';
import { sizeOf } from './layout.ts';
import { isNodeType } from './nodeType.ts';

const parts = { protocol: true, ghost: true, budget: true };
const builders =
  'int, flag, enumeration, node, optional, lifecycle, nodeSet, record, list, perNode or links';
const scalars = ['int', 'flag', 'enum', 'node'];
/** What may be in a list, in a per-node array or in a link, by what it is in. */
const inside: Readonly<Record<string, readonly string[]>> = {
  optional: scalars,
  list: [...scalars, 'record'],
  perNode: [...scalars, 'optional', 'record'],
  links: ['record'],
};

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

function checkFields(path: string, fields: object): void {
  for (const [name, field] of Object.entries(fields)) checkField(`${path}.${name}`, field);
}

function checkField(path: string, field: unknown): void {
  const { kind, type, fields, inner, element, capacity } = membersOf(field);
  switch (kind) {
    case 'int':
    case 'flag':
    case 'enum':
    case 'lifecycle':
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
      if (Number(capacity) > MOST_ELEMENTS) {
        throw new SchemaError(`${path}: expected at most ${MOST_ELEMENTS} elements`);
      }
      checkInside(path, kind, element);
      return;
    case 'perNode':
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

function checkInside(path: string, around: keyof typeof inside & string, field: unknown): void {
  checkField(path, field);
  const { kind } = membersOf(field);
  const allowed = inside[around] ?? [];
  if (allowed.includes(String(kind))) return;
  const wrapped = allowed.includes('record') ? ': put it into a record' : '';
  throw new SchemaError(`${path}: a ${around} cannot hold a ${String(kind)}${wrapped}`);
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
