import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * Reads a file, but at most one byte more than `most`, whatever it is: a pipe or a device may have
 * no end. A result longer than `most` is a file that is too long. 0 is standard input.
 *
 * @throws UnreadableFile when it cannot be read.
 */
export function readBounded(path: string | 0, most: number): Uint8Array {
  try {
    const file = path === 0 ? path : openSync(path, 'r');
    try {
      const entry = fstatSync(file);
      const bytes = new Uint8Array((entry.isFile() ? Math.min(entry.size, most) : most) + 1);
      return bytes.subarray(0, fill(file, bytes));
    } finally {
      // Who closes standard input may get its number for another file.
      if (file !== 0) closeSync(file);
    }
  } catch (error) {
    throw new UnreadableFile(`cannot be read: ${reasonOf(error)}`);
  }
}

/** A file that cannot be read; the message says why, and leaves it to the caller to name the file. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

function fill(file: number, bytes: Uint8Array): number {
  let length = 0;
  while (length < bytes.length) {
    const read = readSync(file, bytes, length, bytes.length - length, null);
    if (read === 0) break;
    length += read;
  }
  return length;
}

const reasons = new Map([
  ['ENOENT', 'there is no such file'],
  ['ENOTDIR', 'there is no such file'],
  ['EISDIR', 'it is a folder; name the files in it'],
  ['EACCES', 'permission denied'],
]);

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return reasons.get(code) ?? (code || error.message);
}
