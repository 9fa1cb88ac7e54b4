import type { BuiltModel } from '../../catalogue/modelEntry.ts';
import { DirectedRun } from '../../checker/replay/directedRun.ts';
import type { ExplorationResult, Violation } from '../../checker/results/result.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';

/** What steps that are tried before a search have shown. */
interface Tried {
  readonly result: ExplorationResult;
  readonly traces: readonly TraceFile[];
}

/**
 * Takes steps, as traces print them, and says what they break: a search that would only find this is spared. A step
 * that cannot be taken ends it, and then nothing is said.
 *
 * @returns undefined where not all of the properties broke: the search is made.
 */
export function tryFirst(
  { model, properties }: BuiltModel,
  steps: readonly string[],
): Tried | undefined {
  const run = new DirectedRun(model, properties);
  for (const step of steps) {
    if (run.guard(step) !== 'enabled') return undefined;
    run.take(step);
  }
  if (properties.length === 0 || properties.some(({ name }) => !run.broken.includes(name))) {
    return undefined;
  }
  const traces = properties.map(({ name }) => run.trace(name));
  const violations = properties.map(({ name, kind }, index): Violation => {
    const clause = traces[index]?.property.clause ?? '';
    const known = { shortest: false, unproved: 'a known story was tried, and nothing searched' };
    return { property: name, kind, clause, initialState: 0, steps: run.taken, ...known };
  });
  const states = steps.length + 1;
  const reports = properties.map(({ name, kind }) => {
    return { name, kind, verdict: 'violated' as const, evaluated: states, antecedent: 1 };
  });
  const counts = { distinctStates: states, generatedStates: states, depth: states };
  return {
    traces,
    result: {
      ...counts,
      engine: 'exhaustive',
      verdict: 'violated',
      symmetry: false,
      steps: steps.length,
      violations,
      properties: reports,
      coverage: { actions: {}, transitions: {} },
      witnesses: [],
    },
  };
}
