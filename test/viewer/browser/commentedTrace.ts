import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { commented } from '../../../cli/output/commented.ts';
import { corpusTrace } from '../../traces/corpusTrace.ts';

/** A trace of the corpus, with the commentary of its model. */
export function commentedTrace(name: string): TraceFile {
  return commented(corpusTrace(name));
}
