import type { TraceFile } from '../../checker/trace/traceFile.ts';
import type { NearMiss } from '../../checker/validate/nearest.ts';
import type { Constraints } from '../../checker/validate/observation.ts';
import type { Validation } from '../../checker/validate/validate.ts';

/** What nothing explains. */
export interface Unexplained {
  /** The file and the line. */
  readonly place: string;
  readonly problem: string;
  readonly nearest: readonly NearMiss[];
}

/** One thing that was held to a model: a partition of a metadata log, what a node says, a log, or a history. */
export interface ValidatedPart {
  readonly name: string;
  readonly kind: 'partition' | 'records' | 'node' | 'checkpoints' | 'log' | 'history';
  readonly verdict: Validation['verdict'];
  readonly constraints: Constraints;
  /** Lines that say something of it. */
  readonly lines: number;
  /** What the reader should know: which broker is which, what was taken as it is. */
  readonly notes: readonly string[];
  readonly unexplained: readonly Unexplained[];
  /** The runs that explain it, as far as they go. */
  readonly traces: readonly TraceFile[];
}

/** Nothing was said. */
export const nothing: Constraints = { lines: 0, observedSteps: 0, unobservedSteps: 0, fields: 0 };
