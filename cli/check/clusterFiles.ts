import { closeSync, openSync, readSync } from 'node:fs';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { ConfigError } from '../../models/kafkaConfig/configError.ts';
import { type ConfigFile, LONGEST_FILE } from '../../models/kafkaConfig/configFile.ts';
import { describeCluster } from '../../models/kafkaConfig/describeCluster.ts';
import { UsageError } from '../errors.ts';

/** UTF-8 takes at most four bytes a character; a file that is longer than this is too long. */
const MOST_BYTES = 4 * LONGEST_FILE;

/**
 * Reads files and describes the cluster that they are about.
 *
 * @throws UsageError with one line that names the file, when one cannot be read or understood.
 */
export function readCluster(paths: readonly string[]): ClusterDescription {
  try {
    return describeCluster(paths.map(readConfigFile));
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message);
    throw error;
  }
}

function readConfigFile(path: string): ConfigFile {
  return { name: path, text: new TextDecoder().decode(bytesOf(path)) };
}

/** At most one byte more than is allowed, whatever is read: a pipe or device may have no end. */
function bytesOf(path: string): Uint8Array {
  const bytes = new Uint8Array(MOST_BYTES + 1);
  try {
    const file = openSync(path, 'r');
    try {
      return bytes.subarray(0, fill(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new UsageError(`${path}: cannot be read: ${reasonOf(error)}`);
  }
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
