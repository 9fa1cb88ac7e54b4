import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TraceError, writeTrace } from '../checker/trace/readTrace.ts';
import type { TraceFile } from '../checker/trace/traceFile.ts';
import { readTraceFile } from './readTraceFile.ts';
import { corpusName, signatureOf } from './signature.ts';

/** How the file of a trace ends. */
const TRACE_SUFFIX = '.trace.json';

/** A trace and where it is kept. */
export interface StoredTrace {
  readonly path: string;
  readonly trace: TraceFile;
}

/** What became of a trace that was to be added. */
export type Addition =
  | { readonly word: 'added'; readonly path: string }
  | { readonly word: 'replaced'; readonly path: string; readonly before: TraceFile }
  | { readonly word: 'refused'; readonly path: string; readonly before: TraceFile };

/**
 * Every trace in a folder, by name; none where there is no such folder.
 *
 * @throws TraceError when the folder or a trace cannot be read.
 */
export function tracesIn(folder: string): StoredTrace[] {
  return tracePathsIn(folder).map(path => ({ path, trace: readTraceFile(path) }));
}

/**
 * The paths of the traces in a folder, by name; none where there is no such folder.
 *
 * @throws TraceError when the folder cannot be read.
 */
export function tracePathsIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter(name => name.endsWith(TRACE_SUFFIX));
    // Sorted by code units: the same order on every machine.
    return names.sort().map(name => join(folder, name));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw new TraceError(folder, 'the folder', `cannot be read (${codeOf(error)})`);
  }
}

/**
 * Adds a trace to a folder. It replaces a longer one of the same failure signature among the
 * `rivals`, and is refused if there is one that is not longer.
 *
 * @throws TraceError when it cannot be written.
 */
export function addTrace(
  folder: string,
  trace: TraceFile,
  rivals: readonly StoredTrace[],
): Addition {
  const signature = signatureOf(trace);
  const rival = rivals.find(stored => signatureOf(stored.trace) === signature);
  if (rival === undefined) return { word: 'added', path: writeNewTrace(folder, trace) };
  const { path, trace: before } = rival;
  if (before.steps.length <= trace.steps.length) return { word: 'refused', path, before };
  overwriteTrace(path, trace);
  return { word: 'replaced', path, before };
}

/** Replaces a file at once, so that nobody reads half of it. */
export function overwriteTrace(path: string, trace: TraceFile): void {
  const partial = `${path}.${process.pid}.part`;
  write(partial, writeTrace(trace), 'w');
  renameSync(partial, path);
}

/** Writes under the first free name, unless this very trace is there. */
function writeNewTrace(folder: string, trace: TraceFile): string {
  const text = writeTrace(trace);
  const name = corpusName(trace);
  makeFolder(folder);
  for (let count = 1; ; count++) {
    const path = join(folder, `${name}${count === 1 ? '' : `-${count}`}${TRACE_SUFFIX}`);
    if (write(path, text, 'wx') || readFileSync(path, 'utf8') === text) return path;
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new TraceError(folder, 'the folder', `cannot be made (${codeOf(error)})`);
  }
}

/** False if the file must be new and is not. */
function write(path: string, text: string, flag: 'w' | 'wx'): boolean {
  try {
    writeFileSync(path, text, { flag });
    return true;
  } catch (error) {
    if (flag === 'wx' && codeOf(error) === 'EEXIST') return false;
    throw new TraceError(path, 'the file', `cannot be written (${codeOf(error)})`);
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error) return 'code' in error ? String(error.code) : error.message;
  return String(error);
}
