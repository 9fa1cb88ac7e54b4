import { readdirSync, readFileSync } from 'node:fs';
import { readTrace } from '../../../checker/trace/readTrace.ts';
import type { TraceFile } from '../../../checker/trace/traceFile.ts';

const folder = new URL('../../../', import.meta.url);

/** The paths of the traces in a folder, from the root of the repository. */
export function tracesIn(path: string): string[] {
  return readdirSync(new URL(path, folder))
    .filter(name => name.endsWith('.trace.json'))
    .sort()
    .map(name => `${path}/${name}`);
}

/** The trace in a file that `tracesIn` has named. */
export function traceAt(path: string): TraceFile {
  return readTrace(path, readFileSync(new URL(path, folder), 'utf8'));
}
