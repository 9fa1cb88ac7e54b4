/** A file could not be written or read: the message says which, and why. */
export class StorageError extends Error {
  override readonly name = 'StorageError';

  /** The error for something that could not be done, and why. */
  static of(what: string, cause: unknown): StorageError {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new StorageError(`${what}: ${why}`, { cause });
  }
}

/** Whether an error says that there is no such file or folder. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
