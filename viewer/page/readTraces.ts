import type { TraceFile } from '../../checker/trace/traceFile.ts';
import type { ClusterView } from '../data/clusterView.ts';

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

/** The answer about a cluster that the program has put into the page, as it is; null where there is none. */
export function readCluster(text: string): ClusterView | null {
  const view: ClusterView | null = JSON.parse(text);
  return view;
}
