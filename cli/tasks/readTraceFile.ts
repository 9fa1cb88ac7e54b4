import { readFileSync, statSync } from 'node:fs';
import { MAX_TRACE_BYTES, readTrace, TraceError } from '../../checker/trace/readTrace.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';

/**
 * Reads a trace from a file.
 *
 * @throws TraceError when there is no such file, or it is not a trace.
 */
export function readTraceFile(path: string): TraceFile {
  return readTrace(path, textOf(path));
}

function textOf(path: string): string {
  try {
    const { size } = statSync(path);
    // Looked at before reading: a file may be larger than memory.
    if (size <= MAX_TRACE_BYTES) {
      return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
    }
  } catch (error) {
    throw new TraceError(path, 'the file', `cannot be read: ${reasonOf(error)}`);
  }
  throw new TraceError(path, 'the file', `expected at most ${MAX_TRACE_BYTES} bytes`);
}

const reasons = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'permission denied'],
  ['ERR_ENCODING_INVALID_ENCODED_DATA', 'it is not UTF-8 text'],
]);

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return reasons.get(code) ?? error.message;
}
