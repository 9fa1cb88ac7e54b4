import { DeclarationError } from '../declarationError.ts';

/** A schema that cannot be laid out: a mistake of the person who wrote the model. */
export class SchemaError extends DeclarationError {
  override readonly name = 'SchemaError';
}

/**
 * A value that does not fit its field: a number outside its bounds, a full list, a node that was
 * never set. The message names the field by its path from the root of the state. Bounds are part
 * of a model's scope, so the engine reports this as a model error, never as a violated property.
 */
export class BoundsError extends Error {
  override readonly name = 'BoundsError';
  readonly path: string;

  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`);
    this.path = path;
  }
}

/**
 * A view of a state was looked at, kept or changed in a way that cannot give what its type says. The
 * message names the place by its path from the root of the state, and what to use instead.
 */
export class ViewError extends Error {
  override readonly name = 'ViewError';
  readonly path: string;

  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`);
    this.path = path;
  }
}
