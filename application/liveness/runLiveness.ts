import { findNamed } from '../../catalogue/findNamed.ts';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import type { Control } from '../../checker/core/control.ts';
import { exploreLiveness } from '../../checker/liveness/exploreLiveness.ts';
import type { LivenessResult } from '../../checker/liveness/livenessResult.ts';
import { simulateLiveness } from '../../checker/liveness/simulateLiveness.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyTemporalProperty } from '../../checker/model/temporal.ts';
import { recordLiveness } from '../../corpus/recordLiveness.ts';
import { controlOf, type TaskHooks } from '../tasks/control.ts';
import type { LivenessOutcome, LivenessTask } from './livenessTask.ts';

/** A model with the temporal properties that are looked at. */
export interface BuiltLiveness {
  readonly model: AnyModel;
  readonly temporal: readonly AnyTemporalProperty[];
}

/**
 * Builds the model of a task with the temporal properties that it asks for.
 *
 * @throws UsageError when the task names something that does not exist, or the model has none.
 */
export function buildLiveness(
  { model: name, request, properties }: LivenessTask,
  models: readonly ModelEntry[],
): BuiltLiveness {
  const { model, temporal } = findNamed('model', name, models).build(request);
  if (temporal.length === 0) {
    throw new UsageError(`model "${name}" says nothing of what must happen at some time`);
  }
  if (properties === undefined) return { model, temporal };
  return { model, temporal: properties.map(one => findNamed('property', one, temporal)) };
}

/**
 * Searches a model for fair runs in which what must happen never does, and records a trace of each
 * that is found.
 *
 * @throws UsageError when the task names something that does not exist.
 * @throws ModelError when the model crashes.
 */
export async function runLiveness(
  task: LivenessTask,
  models: readonly ModelEntry[],
  hooks: TaskHooks = {},
): Promise<LivenessOutcome> {
  const { model, temporal } = buildLiveness(task, models);
  const start = performance.now();
  // States are counted by the search itself, exactly.
  const { states: _, ...limits } = task.limits;
  const control = controlOf(limits, hooks);
  const result = await searched(model, temporal, task, control);
  const seconds = (performance.now() - start) / 1000;
  const seed = task.engine.kind === 'simulate' ? { seed: task.engine.seed } : {};
  const traces = result.violations.map(violation => {
    const property = findNamed('property', violation.property, temporal);
    return recordLiveness(model, property, violation, { result, ...seed });
  });
  const { name, config, bounds, defects } = model;
  return { task, model: { name, config, bounds, defects }, result, seconds, traces };
}

function searched(
  model: AnyModel,
  temporal: readonly AnyTemporalProperty[],
  { engine, limits }: LivenessTask,
  control: Control,
): Promise<LivenessResult> {
  if (engine.kind === 'simulate') {
    const { kind: _, ...options } = engine;
    return simulateLiveness(model, temporal, { ...options, control });
  }
  const bound = limits.states === undefined ? {} : { maxStates: limits.states };
  return exploreLiveness(model, temporal, { control, ...bound });
}
