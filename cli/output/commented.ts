import { specificationOf } from '../../application/tasks/replayTrace.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import { withCommentary } from '../../checker/explain/commentary.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';

/** What was said of a trace already: several reports may show one. */
const known = new WeakMap<TraceFile, TraceFile>();

/**
 * The trace with what its model says of it (see `withCommentary`); the trace as it is if the model,
 * or one of its settings, is not known here.
 */
export function commented(trace: TraceFile): TraceFile {
  const before = known.get(trace);
  if (before !== undefined) return before;
  const result = commentedNow(trace);
  known.set(trace, result);
  return result;
}

function commentedNow(trace: TraceFile): TraceFile {
  try {
    return withCommentary(specificationOf(trace.model), trace);
  } catch (error) {
    if (error instanceof UsageError) return trace;
    throw error;
  }
}
