import type { ModelRequest } from '../../catalogue/modelEntry.ts';
import type { LivenessResult } from '../../checker/liveness/livenessResult.ts';
import type { SettleOptions } from '../../checker/liveness/simulateLiveness.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import type { ExploredModel, Limits } from '../tasks/task.ts';

/** One search for fair runs without a goal, as plain data. */
export interface LivenessTask {
  readonly model: string;
  readonly request: ModelRequest;
  readonly engine:
    | { readonly kind: 'exhaustive' }
    | ({ readonly kind: 'simulate' } & Omit<SettleOptions, 'control'>);
  /** Look at only these temporal properties; at all if absent. */
  readonly properties?: readonly string[];
  readonly limits: Limits;
}

/** What came of it: plain data again. */
export interface LivenessOutcome {
  readonly task: LivenessTask;
  readonly model: ExploredModel;
  readonly result: LivenessResult;
  readonly seconds: number;
  /** One trace for each violation, in their order. */
  readonly traces: readonly TraceFile[];
}
