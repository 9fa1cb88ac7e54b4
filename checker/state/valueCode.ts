import type { Field, Fields, OptionalField, ScalarField } from './fields.ts';
import { offsetsOf, scalarCode, sizeOf } from './layout.ts';
import { ordinalOf, valueAt } from './ordinals.ts';
import { recordGiven, unset } from './viewErrors.ts';

/** How a value that is read and written as a whole is stored: plain and unchangeable outside, bytes inside. */
export interface ValueCode {
  readonly size: number;
  read(bytes: Uint8Array, at: number, path: string): unknown;
  /** @throws BoundsError naming the part of the value that does not fit. */
  write(bytes: Uint8Array, at: number, value: unknown, path: string): void;
}

const known = new WeakMap<Field, ValueCode>();

/** The code of a scalar, or of a record of such, that may be absent. */
export function valueCodeOf(field: Field): ValueCode {
  const code = known.get(field) ?? made(field);
  known.set(field, code);
  return code;
}

function made(field: Field): ValueCode {
  switch (field.kind) {
    case 'int':
    case 'flag':
    case 'enum':
    case 'node':
    case 'optional':
      return scalarValue(field);
    case 'record':
      return recordValue(field.fields);
    case 'optionalRecord':
      return optionalValue(recordValue(field.element.fields));
    default:
      throw new Error(`a "${field.kind}" is no value`);
  }
}

function scalarValue(field: ScalarField | OptionalField<ScalarField>): ValueCode {
  const { scalar, optional, width } = scalarCode(field);
  const lift = optional || scalar.kind === 'node' ? 1 : 0;
  return {
    size: width,
    read(bytes, at, path) {
      const stored = (bytes[at] as number) | (width === 1 ? 0 : (bytes[at + 1] as number) << 8);
      if (stored === 0 && optional) return undefined;
      if (stored === 0 && lift === 1) unset(path);
      return valueAt(scalar, stored - lift);
    },
    write(bytes, at, value, path) {
      const isAbsent = optional && value === undefined;
      const stored = isAbsent ? 0 : ordinalOf(scalar, value, path) + lift;
      bytes[at] = stored & 255;
      if (width === 2) bytes[at + 1] = stored >>> 8;
    },
  };
}

function recordValue(fields: Fields): ValueCode {
  const parts = offsetsOf(fields).map(({ name, field, offset }) => ({
    name,
    offset,
    code: valueCodeOf(field),
  }));
  const names = parts.map(({ name }) => name);
  return {
    size: sizeOf({ kind: 'record', fields }),
    read(bytes, at, path) {
      const entries = parts.map(({ name, offset, code }) => [
        name,
        code.read(bytes, at + offset, `${path}.${name}`),
      ]);
      return Object.freeze(Object.fromEntries(entries));
    },
    write(bytes, at, value, path) {
      const given = recordGiven(value, names, path);
      for (const { name, offset, code } of parts) {
        code.write(bytes, at + offset, given[name], `${path}.${name}`);
      }
    },
  };
}

function optionalValue(inner: ValueCode): ValueCode {
  const size = 1 + inner.size;
  // Of a value that does not fit nothing is to stay.
  const present = Uint8Array.of(1, ...new Uint8Array(inner.size));
  return {
    size,
    read: (bytes, at, path) => (bytes[at] === 0 ? undefined : inner.read(bytes, at + 1, path)),
    write(bytes, at, value, path) {
      if (value === undefined) {
        bytes.fill(0, at, at + size);
        return;
      }
      inner.write(present, 1, value, path);
      bytes.set(present, at);
    },
  };
}
