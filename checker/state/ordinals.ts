import type { ScalarField } from './fields.ts';
import { outOfBounds } from './viewErrors.ts';

/** How many values a scalar can have. */
export function cardinalityOf(scalar: ScalarField): number {
  switch (scalar.kind) {
    case 'int':
      return scalar.max - scalar.min + 1;
    case 'flag':
      return 2;
    case 'enum':
      return scalar.names.length;
    case 'node':
      return scalar.type.count;
  }
}

/** The place of a value among those of its field, from 0. @throws BoundsError when it is none of them. */
export function ordinalOf(scalar: ScalarField, value: unknown, path: string): number {
  const ordinal = anyOrdinal(scalar, value);
  if (ordinal !== ordinal >>> 0 || ordinal >= cardinalityOf(scalar)) {
    outOfBounds(path, expectation(scalar), value);
  }
  return ordinal;
}

function anyOrdinal(scalar: ScalarField, value: unknown): number {
  switch (scalar.kind) {
    case 'int':
      return typeof value === 'number' ? value - scalar.min : -1;
    case 'flag':
      return value === true ? 1 : value === false ? 0 : -1;
    case 'enum':
      return scalar.names.indexOf(value as string);
    case 'node':
      return typeof value === 'number' ? value : -1;
  }
}

/** The value with this place. */
export function valueAt(scalar: ScalarField, ordinal: number): number | boolean | string {
  switch (scalar.kind) {
    case 'int':
      return ordinal + scalar.min;
    case 'flag':
      return ordinal === 1;
    case 'enum':
      return scalar.names[ordinal] as string;
    case 'node':
      return ordinal;
  }
}

/** What a scalar may be, in words. */
export function expectation(scalar: ScalarField): string {
  switch (scalar.kind) {
    case 'int':
      return `a whole number from ${scalar.min} to ${scalar.max}`;
    case 'flag':
      return 'true or false';
    case 'enum':
      return `one of ${scalar.names.join(', ')}`;
    case 'node':
      return `a ${scalar.type.name}`;
  }
}
