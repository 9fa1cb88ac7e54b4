import { statesOf } from '../../checker/trace/statesOf.ts';
import type { TraceFile, TraceJson } from '../../checker/trace/traceFile.ts';
import type { Frame } from './frames/frame.ts';
import { frameOf } from './frames/frameOf.ts';
import { type Layout, layoutOf } from './layout/layout.ts';
import { type PropertyRow, propertyRows } from './layout/propertyRows.ts';

/** A trace with everything that is worked out once, when the page opens. */
export interface Run {
  readonly name: string;
  readonly trace: TraceFile;
  /** All states, the initial one first. */
  readonly states: readonly TraceJson[];
  readonly frame: Frame;
  readonly layout: Layout;
  readonly properties: readonly PropertyRow[];
}

export function runOf({ name, trace }: { readonly name: string; readonly trace: TraceFile }): Run {
  const states = statesOf(trace);
  const frame = frameOf(trace);
  const layout = layoutOf(trace, states, frame);
  return { name, trace, states, frame, layout, properties: propertyRows(trace) };
}
