import { statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { CheckpointError } from './checkpointError.ts';
import type { StoredFile } from './checkpointManifest.ts';

/** Bytes that are written or read in one go. */
const CHUNK = 1 << 22;

/** Writes a file that is on the disk when this is done. */
export async function writeStored(
  folder: string,
  name: string,
  parts: Iterable<Uint8Array>,
): Promise<StoredFile> {
  const file = await open(join(folder, name), 'w');
  try {
    let [length, checksum] = [0, 0];
    for (const part of parts) {
      for (let at = 0; at < part.length; at += CHUNK) {
        const chunk = part.subarray(at, at + CHUNK);
        checksum = crc32(chunk, checksum);
        await writeWhole(file, chunk);
        length += chunk.length;
      }
    }
    await file.sync();
    return { name, length, checksum };
  } finally {
    await file.close();
  }
}

async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    at += (await file.write(bytes, at, bytes.length - at)).bytesWritten;
  }
}

/** @throws CheckpointError when the file is not there, or longer or shorter than it was written. */
export function expectStored(folder: string, { name, length }: StoredFile): void {
  const path = join(folder, name);
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new CheckpointError(`${path} is missing: expected ${length} bytes`);
  if (size === length) return;
  throw new CheckpointError(`${path} is damaged: expected ${length} bytes, found ${size}`);
}

/**
 * Reads a whole file into these parts, one after the other.
 *
 * @throws CheckpointError when it cannot be read, or is not what was written.
 */
export async function readStored(
  folder: string,
  { name, checksum }: StoredFile,
  parts: Iterable<Uint8Array>,
): Promise<void> {
  const path = join(folder, name);
  const file = await opened(path);
  try {
    let found = 0;
    for (const part of parts) {
      for (let at = 0; at < part.length; ) {
        const { bytesRead } = await file.read(part, at, Math.min(CHUNK, part.length - at));
        if (bytesRead === 0) throw new CheckpointError(`${path} ends while it is read`);
        found = crc32(part.subarray(at, at + bytesRead), found);
        at += bytesRead;
      }
    }
    if (found !== checksum) {
      throw new CheckpointError(
        `${path} is damaged: expected the checksum ${hex(checksum)}, found ${hex(found)}`,
      );
    }
  } finally {
    await file.close();
  }
}

async function opened(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CheckpointError(`${path} cannot be read: ${why}`);
  }
}

function hex(checksum: number): string {
  return checksum.toString(16).padStart(8, '0');
}
