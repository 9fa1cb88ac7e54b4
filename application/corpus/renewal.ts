import type { TraceFile } from '../../checker/trace/traceFile.ts';

/** What became of a trace that was to be renewed. */
export type Renewal =
  | { readonly word: 'unchanged' }
  | {
      readonly word: 'renewed';
      readonly by: 'its own steps' | 'a new search';
      readonly trace: TraceFile;
    }
  | { readonly word: 'not found'; readonly reason: string };
