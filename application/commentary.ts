import type { ModelEntry } from '../catalogue/modelEntry.ts';
import { UsageError } from '../catalogue/usageError.ts';
import { withCommentary } from '../checker/explain/commentary.ts';
import type { TraceFile } from '../checker/trace/traceFile.ts';
import { specificationOf } from './tasks/replayTrace.ts';

/** What some models say of traces. */
export class Commentary {
  readonly #models: readonly ModelEntry[];
  readonly #unextended: readonly ModelEntry[];
  /** What was said already: several reports may show one trace. */
  readonly #known = new WeakMap<TraceFile, TraceFile>();

  /** `unextended`: the models as they are without an extension, with which a trace may be recorded. */
  constructor(models: readonly ModelEntry[], unextended: readonly ModelEntry[] = []) {
    this.#models = models;
    this.#unextended = unextended.filter(model => !models.includes(model));
  }

  /**
   * The trace with what its model says of it (see `withCommentary`); the trace as it is if the model,
   * or one of its settings, is not among these.
   */
  on(trace: TraceFile): TraceFile {
    const before = this.#known.get(trace);
    if (before !== undefined) return before;
    const said = commented(trace, this.#models);
    const result = said.commentary === undefined ? commented(trace, this.#unextended) : said;
    this.#known.set(trace, result);
    return result;
  }
}

function commented(trace: TraceFile, models: readonly ModelEntry[]): TraceFile {
  try {
    return withCommentary(specificationOf(trace.model, models), trace);
  } catch (error) {
    if (error instanceof UsageError) return trace;
    throw error;
  }
}
