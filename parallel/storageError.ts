/** A file could not be written or read: the message says which, and why. */
export class StorageError extends Error {
  override readonly name = 'StorageError';

  constructor(what: string, cause: unknown) {
    super(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
