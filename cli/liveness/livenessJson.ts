import type { LivenessOutcome } from '../../application/liveness/livenessTask.ts';
import type { LivenessViolation } from '../../checker/liveness/livenessResult.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';

/**
 * A search for fair runs as JSON. `paths` are where the traces of its violations were saved, in their
 * order; without them the traces themselves are in the document.
 */
export function livenessJson(
  { task, model, result, seconds, traces }: LivenessOutcome,
  paths?: readonly string[],
) {
  const drawn = task.engine.kind === 'simulate' ? task.engine : undefined;
  return {
    model: model.name,
    config: model.config,
    bounds: model.bounds,
    defects: model.defects,
    engine: result.engine,
    verdict: result.verdict,
    stopped: result.stopped ?? null,
    distinctStates: result.distinctStates,
    generatedStates: result.generatedStates,
    depth: result.depth,
    steps: result.steps,
    runs: result.runs ?? null,
    seed: drawn?.seed ?? null,
    maxSteps: drawn?.maxSteps ?? null,
    settleSteps: drawn?.settleSteps ?? null,
    seconds,
    violations: result.violations.flatMap((violation, index) => {
      const trace = paths?.[index] ?? traces[index];
      return trace === undefined ? [] : [violationJson(violation, trace)];
    }),
    heldBack: result.heldBack,
    properties: result.properties,
    coverage: result.coverage,
  };
}

function violationJson(violation: LivenessViolation, trace: TraceFile | string) {
  const { property, kind, clause, steps, loop = null, settling = null } = violation;
  const { shortest, unproved = null } = violation;
  return { property, kind, clause, steps: steps.length, loop, settling, shortest, unproved, trace };
}
