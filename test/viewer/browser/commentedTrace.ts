import { Commentary } from '../../../application/commentary.ts';
import { builtInModels } from '../../../catalogue/models.ts';
import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { corpusTrace } from '../../traces/corpusTrace.ts';

/** A trace of the corpus, with the commentary of its model. */
export function commentedTrace(name: string): TraceFile {
  return new Commentary(builtInModels).on(corpusTrace(name));
}
