import type { Field } from './fields.ts';
import { fieldToJson, type JsonValue, partsOf } from './json.ts';
import { sizeOf } from './layout.ts';
import type { AnySchema } from './schema.ts';

/** A path that leads to no field of a schema; the message says where it ends and what there is. */
export class FieldPathError extends Error {
  override readonly name = 'FieldPathError';
}

/** Where the bytes of a field are in one state. */
interface Place {
  readonly field: Field;
  readonly at: number;
}

/** One step on the way to a field: where its bytes begin depends on the state only behind a list. */
type Locate = (bytes: Uint8Array, at: number) => number | undefined;

/** A field of a state, by its path. */
export interface FieldPath {
  readonly path: string;
  /** Its value; null also where a list has no such element. */
  read(bytes: Uint8Array): JsonValue;
  /** Whether it is the same in two states. */
  isSame(a: Uint8Array, b: Uint8Array): boolean;
}

/**
 * Finds a field by its path, as traces write it: `protocol.servers.server-1.log[0]`. An index below zero
 * counts from the end of a list: `[-1]` is its last element.
 *
 * @throws FieldPathError when the schema has no such field.
 */
export function fieldPath(schema: AnySchema, path: string): FieldPath {
  const words = path.match(/\[-?\d+\]|[^.[\]]+/g) ?? [];
  let field: Field = schema.whole;
  const ways: Locate[] = [];
  for (const [index, word] of words.entries()) {
    const next = wayTo(field, word);
    if (next === undefined) throw noSuchField(path, words.slice(0, index), field);
    ways.push(next.locate);
    field = next.field;
  }
  const found = field;
  const placeIn = (bytes: Uint8Array): Place | undefined => {
    let at = 0;
    for (const locate of ways) {
      const next = locate(bytes, at);
      if (next === undefined) return undefined;
      at = next;
    }
    return { field: found, at };
  };
  return {
    path,
    read(bytes) {
      const place = placeIn(bytes);
      return place === undefined ? null : fieldToJson(found, bytes, place.at);
    },
    isSame(a, b) {
      const [left, right] = [placeIn(a), placeIn(b)];
      if (left === undefined || right === undefined) return left === right;
      for (let byte = 0; byte < sizeOf(found); byte++) {
        if (a[left.at + byte] !== b[right.at + byte]) return false;
      }
      return true;
    },
  };
}

function wayTo(field: Field, word: string): { field: Field; locate: Locate } | undefined {
  if (field.kind === 'list') {
    const index = /^\[(-?\d+)\]$/.exec(word)?.[1];
    if (index === undefined) return undefined;
    const size = sizeOf(field.element);
    const locate: Locate = (bytes, at) => {
      const length = bytes[at] as number;
      const place = Number(index) < 0 ? length + Number(index) : Number(index);
      return place >= 0 && place < length ? at + 1 + place * size : undefined;
    };
    return { field: field.element, locate };
  }
  const part = namedPartsOf(field).find(({ name }) => name === word);
  if (part === undefined) return undefined;
  return { field: part.part, locate: (_, at) => at + part.offset };
}

function namedPartsOf(field: Field): ReturnType<typeof partsOf> {
  const isNamed =
    field.kind === 'record' ||
    field.kind === 'map' ||
    field.kind === 'perNode' ||
    field.kind === 'links';
  return isNamed ? partsOf(field) : [];
}

function noSuchField(path: string, known: readonly string[], field: Field): FieldPathError {
  const where = known.length === 0 ? 'a state' : known.join('.').replaceAll('.[', '[');
  const names = namedPartsOf(field).map(({ name }) => name);
  const has =
    field.kind === 'list'
      ? 'a list: expected an index such as [0] or [-1]'
      : names.length === 0
        ? 'no parts'
        : names.join(', ');
  return new FieldPathError(`"${path}" is no field: ${where} has ${has}`);
}
