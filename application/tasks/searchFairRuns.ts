import { findNamed } from '../../catalogue/findNamed.ts';
import type { BuiltModel } from '../../catalogue/modelEntry.ts';
import type { Control } from '../../checker/core/control.ts';
import type { LivenessResult, TemporalReport } from '../../checker/liveness/livenessResult.ts';
import type { PropertyReport } from '../../checker/results/monitor.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { recordLiveness } from '../../corpus/recordLiveness.ts';
import { searchLiveness } from '../../corpus/searchLiveness.ts';
import type { LivenessEngine, TaskResult } from './task.ts';

/**
 * Looks for fair runs in which what must happen never does, and records a trace of each that is found.
 *
 * @throws ModelError when the model crashes.
 */
export async function searchFairRuns(
  { model, temporal }: BuiltModel,
  { kind: _, ...extent }: LivenessEngine,
  control: Control,
): Promise<Pick<TaskResult, 'result' | 'traces'>> {
  const { result, violations, by } = await searchLiveness(model, temporal, {
    ...extent,
    newControl: () => control,
  });
  const traces = violations.map(violation =>
    recordLiveness(model, findNamed('property', violation.property, temporal), violation, by),
  );
  return { result: asExploration(result), traces };
}

/** The same as every other exploration has it: what is due and reached counts as put to the test. */
function asExploration({ properties, ...result }: LivenessResult): ExplorationResult {
  return { ...result, symmetry: false, witnesses: [], properties: properties.map(asReport) };
}

function asReport({ met: antecedent, note, ...report }: TemporalReport): PropertyReport {
  const { name, kind, verdict, evaluated } = report;
  return { name, kind, verdict, evaluated, antecedent, ...(note === undefined ? {} : { note }) };
}
