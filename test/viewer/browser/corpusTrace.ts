import { readFileSync } from 'node:fs';
import { readTrace } from '../../../checker/trace/readTrace.ts';
import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { commented } from '../../../cli/output/commented.ts';

/** A trace of the corpus, with the commentary of its model. */
export function corpusTrace(name: string): TraceFile {
  const file = `${name}.trace.json`;
  const url = new URL(`../../../traces/${file}`, import.meta.url);
  return commented(readTrace(file, readFileSync(url, 'utf8')));
}
