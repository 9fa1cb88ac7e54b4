import { readdirSync, readFileSync } from 'node:fs';
import { readTrace } from '../../checker/trace/readTrace.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';

const folder = new URL('../../traces/', import.meta.url);
const ending = '.trace.json';

/** The names of all traces of the repository's corpus. */
export const corpusNames: readonly string[] = readdirSync(folder)
  .filter(name => name.endsWith(ending))
  .map(name => name.slice(0, -ending.length));

/** A trace of the repository's corpus. */
export function corpusTrace(name: string): TraceFile {
  const file = `${name}${ending}`;
  return readTrace(file, readFileSync(new URL(file, folder), 'utf8'));
}
