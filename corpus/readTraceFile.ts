import { MAX_TRACE_BYTES, readTrace, TraceError } from '../checker/trace/readTrace.ts';
import type { TraceFile } from '../checker/trace/traceFile.ts';
import { readBounded, UnreadableFile } from './readBounded.ts';

/**
 * Reads a trace from a file.
 *
 * @throws TraceError when there is no such file, or it is not a trace.
 */
export function readTraceFile(path: string): TraceFile {
  return readTrace(path, textOf(path));
}

function textOf(path: string): string {
  const bytes = bytesOf(path);
  if (bytes.length > MAX_TRACE_BYTES) {
    throw new TraceError(path, 'the file', `expected at most ${MAX_TRACE_BYTES} bytes`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new TraceError(path, 'the file', 'cannot be read: it is not UTF-8 text');
  }
}

function bytesOf(path: string): Uint8Array {
  try {
    return readBounded(path, MAX_TRACE_BYTES);
  } catch (error) {
    if (error instanceof UnreadableFile) throw new TraceError(path, 'the file', error.message);
    throw error;
  }
}
