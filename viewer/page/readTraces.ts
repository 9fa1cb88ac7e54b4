import type { TraceFile } from '../../checker/trace/traceFile.ts';

interface NamedTrace {
  readonly name: string;
  readonly trace: TraceFile;
}

/**
 * The traces that the program has put into the page. It has held them to the trace schema before, and
 * nobody else writes here: they are taken as they are.
 */
export function readTraces(text: string): readonly NamedTrace[] {
  const traces: readonly NamedTrace[] = JSON.parse(text);
  return traces;
}
