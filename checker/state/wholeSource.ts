import type { Field, Fields, OptionalField, OptionalRecordField, ScalarField } from './fields.ts';
import { type ScalarCode, scalarCode } from './layout.ts';
import { readSource, writeSource } from './scalarSource.ts';
import { valueCodeOf } from './valueCode.ts';

/** What is read and written as a whole. */
export type Whole = ScalarField | OptionalField<ScalarField> | OptionalRecordField<Fields>;
/** Whether a field is read and written as a whole, as one property or element. */
export function isWhole(field: Field): field is Whole {
  return ['int', 'flag', 'enum', 'node', 'optional', 'optionalRecord'].includes(field.kind);
}

/** Source that reads and writes a field as a whole, and what it names. */
export interface WholeSource {
  readonly size: number;
  read(at: string, path: string): string;
  write(at: string, path: string): string;
  readonly constants: Record<string, unknown>;
}

/**
 * The source of a field.
 *
 * @param suffix - What its names end with, where several fields share a scope.
 */
export function wholeSource(field: Whole, suffix = ''): WholeSource {
  const [names, code] = [`names${suffix}`, `code${suffix}`];
  if (field.kind === 'optionalRecord') {
    const value = valueCodeOf(field);
    return {
      size: value.size,
      read: (at, path) => `return ${code}.read(this.#bytes, ${at}, ${path});`,
      write: (at, path) => `${code}.write(this.#bytes, ${at}, value, ${path});`,
      constants: { [code]: value },
    };
  }
  const scalar = scalarCode(field);
  return {
    size: scalar.width,
    read: (at, path) => readSource(scalar, at, path, names),
    write: (at, path) => writeSource(scalar, at, path, names),
    constants: { [names]: namesOf(scalar) },
  };
}

function namesOf(code: ScalarCode): readonly string[] {
  return code.scalar.kind === 'enum' ? code.scalar.names : [];
}
