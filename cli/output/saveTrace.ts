import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../catalogue/usageError.ts';
import { writeTrace } from '../../checker/trace/readTrace.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';

/** How many names are tried before giving up. */
const MOST_NAMES = 1000;

/**
 * Makes the folder for traces, before the search: so that a long search does not end in an error.
 *
 * @throws UsageError when it cannot be made.
 */
export function makeOutFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(
      `--out ${folder}: the folder cannot be made (${codeOf(error)})`,
      'unwritable-output',
    );
  }
}

/**
 * Writes a trace to `<folder>/<name>.trace.json` and returns the path. A file that is there is
 * never overwritten: if it holds another trace, a number is added to the name.
 *
 * @throws UsageError when the file cannot be written.
 */
export function saveTrace(folder: string, name: string, trace: TraceFile): string {
  const text = writeTrace(trace);
  for (let attempt = 1; attempt <= MOST_NAMES; attempt++) {
    const suffix = attempt === 1 ? '' : `-${attempt}`;
    const path = join(folder, `${name}${suffix}.trace.json`);
    if (writeIfAbsent(path, text)) return path;
  }
  throw new UsageError(
    `--out ${folder}: there are ${MOST_NAMES} traces of that name already`,
    'unwritable-output',
  );
}

/** The name under which a trace is saved: what it is of. */
export function traceName({ model, property }: TraceFile): string {
  return [model.name, ...model.defects, property.name].join('--');
}

/** False if a file with another content is there. */
function writeIfAbsent(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') {
      throw new UsageError(`${path}: cannot be written (${codeOf(error)})`, 'unwritable-output');
    }
    return contentOf(path) === text;
  }
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error) return 'code' in error ? String(error.code) : error.message;
  return String(error);
}
