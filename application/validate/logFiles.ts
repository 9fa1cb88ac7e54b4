import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LogError } from '../../checker/validate/logError.ts';
import { isLog } from '../../checker/validate/readLog.ts';
import { readBounded, UnreadableFile } from '../../corpus/readBounded.ts';
import { isDump } from '../../models/kafkaLog/dumpedRecords.ts';
import { isNodeLog } from '../../models/kafkaLog/nodes/nodeLog.ts';
import { isHistory } from '../../properties/history/readHistory.ts';

/** The largest file that is read, in bytes. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Files of a broker's disk that are no text: segments, and what finds records in them. */
const others = /(^|[\\/])\d{20}[^\\/]*$/;

/** What a file is. */
type LogKind = 'dump' | 'node' | 'epochs' | 'quorumState' | 'log' | 'history';

/** A file that holds something to be explained. */
export interface LogFile {
  readonly path: string;
  readonly kind: LogKind;
  readonly text: string;
}

/** The files that were named, and those of folders that were not read. */
export interface FoundFiles {
  readonly files: readonly LogFile[];
  /** Files of a folder that are none of these. */
  readonly ignored: readonly string[];
}

/**
 * Reads files, and of folders the files in them and in theirs: what of a folder is no log is left out, and named.
 *
 * @throws LogError when a file cannot be read, or one that is named is no log.
 */
export function findLogs(paths: readonly string[]): FoundFiles {
  const files: LogFile[] = [];
  const ignored: string[] = [];
  const search = (folder: string): void => {
    for (const name of readdirSync(folder).sort()) {
      const inner = join(folder, name);
      if (isFolder(inner)) {
        search(inner);
        continue;
      }
      const found = logOf(inner);
      if (found === undefined) ignored.push(inner);
      else files.push(found);
    }
  };
  for (const path of paths) {
    if (isFolder(path)) search(path);
    else files.push(expectLog(path));
  }
  return { files, ignored };
}

function expectLog(path: string): LogFile {
  const found = logOf(path);
  if (found !== undefined) return found;
  const expected = [
    'what "kafka-dump-log.sh --cluster-metadata-decoder" prints',
    'the log of a node, its leader-epoch-checkpoint or quorum-state',
    'or JSON lines that begin with {"format":"highwater-log", ...} or {"format":"highwater-history", ...}',
  ];
  throw new LogError(path, 0, `is no log: expected ${expected.join(', ')}`);
}

/** Files that are told by their names. */
const named: ReadonlyMap<string, LogKind> = new Map([
  ['leader-epoch-checkpoint', 'epochs'],
  ['quorum-state', 'quorumState'],
]);

function logOf(path: string): LogFile | undefined {
  if (others.test(path)) return undefined;
  const text = textOf(path);
  const kind = named.get(basename(path));
  if (kind !== undefined) return { path, kind, text };
  if (isDump(text)) return { path, kind: 'dump', text };
  if (isLog(text)) return { path, kind: 'log', text };
  if (isHistory(text)) return { path, kind: 'history', text };
  return isNodeLog(text) ? { path, kind: 'node', text } : undefined;
}

function textOf(path: string): string {
  try {
    const bytes = readBounded(path, MOST_BYTES);
    if (bytes.length > MOST_BYTES)
      throw new LogError(path, 0, `expected at most ${MOST_BYTES} bytes`);
    return new TextDecoder('utf-8').decode(bytes);
  } catch (error) {
    if (error instanceof UnreadableFile) throw new LogError(path, 0, error.message);
    throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
