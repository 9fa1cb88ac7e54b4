import { UsageError } from '../../catalogue/usageError.ts';
import { ModelError, NondeterminismError } from '../../checker/core/errors.ts';
import { DeclarationError } from '../../checker/declarationError.ts';
import { TraceError } from '../../checker/trace/readTrace.ts';
import { LogError } from '../../checker/validate/logError.ts';
import { CheckpointError } from '../../parallel/checkpointError.ts';
import { StorageError } from '../../parallel/storageError.ts';
import type { ErrorCode } from './errors.ts';

/** The stable code of an error, whatever its message says. */
export function errorCodeOf(error: unknown): ErrorCode {
  if (error instanceof UsageError) return error.code;
  if (error instanceof DeclarationError) return 'wrong-declaration';
  if (error instanceof TraceError) return 'wrong-trace';
  if (error instanceof LogError) return 'wrong-log';
  if (error instanceof CheckpointError) return 'checkpoint-refused';
  if (error instanceof StorageError) return 'storage-failed';
  if (error instanceof NondeterminismError) return 'nondeterministic-model';
  return error instanceof ModelError ? 'model-crashed' : 'internal-error';
}
