import { type UsageCode, UsageError } from '../../catalogue/usageError.ts';
import { ModelError, NondeterminismError } from '../../checker/core/errors.ts';
import { DeclarationError } from '../../checker/declarationError.ts';
import type { TakenAction } from '../../checker/model/property.ts';
import { CheckpointError } from '../../parallel/checkpointError.ts';
import { StorageError } from '../../parallel/storageError.ts';

/** An error as plain data: structured cloning keeps neither class nor fields of an error. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly steps: readonly TakenAction[];
  /** Which wrong use it is, if it is one. */
  readonly code?: UsageCode;
}

/** What of an error crosses to another thread. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) {
    return { name: 'Error', message: String(error), stack: '', steps: [] };
  }
  const { name, message, stack = '' } = error;
  const steps = error instanceof ModelError ? error.steps : [];
  const code = error instanceof UsageError ? { code: error.code } : {};
  return { name, message, stack, steps, ...code };
}

/** The error again, of the class that it had if that class means something to the command line. */
export function errorOf(failure: Failure): Error {
  const error = namedError(failure);
  error.stack = failure.stack;
  return error;
}

function namedError({ name, message, steps, code }: Failure): Error {
  switch (name) {
    case 'SchemaError':
    case 'DeclarationError':
      return new DeclarationError(message);
    case 'UsageError':
      return new UsageError(message, code);
    case 'CheckpointError':
      return new CheckpointError(message);
    case 'StorageError':
      return new StorageError(message);
    case 'NondeterminismError':
      return new NondeterminismError(message, steps);
    case 'ModelError':
      return new ModelError(message, steps);
    default:
      return new Error(message);
  }
}
