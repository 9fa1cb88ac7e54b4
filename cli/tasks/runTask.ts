import type { Control, Progress, StopReason } from '../../checker/explore/control.ts';
import { exploreExhaustively } from '../../checker/explore/exhaustive.ts';
import { recordTrace } from '../../checker/explore/record.ts';
import type { ExplorationResult, Violation } from '../../checker/explore/result.ts';
import { simulate } from '../../checker/explore/simulate.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import type { BuiltModel } from '../catalogue/modelEntry.ts';
import { findModel } from '../catalogue.ts';
import { UsageError } from '../errors.ts';
import type { Limits, Task, TaskResult } from './task.ts';

/** What a running task asks of its surroundings. */
export interface TaskHooks {
  readonly onProgress?: (progress: Progress) => void;
  readonly isInterrupted?: () => boolean;
}

/**
 * Builds the model of a task, explores it and records a trace of every violation.
 *
 * @throws UsageError when the task names something that does not exist.
 * @throws ModelError when the model crashes.
 */
export async function runTask(task: Task, hooks: TaskHooks = {}): Promise<TaskResult> {
  const built = buildTask(task);
  const start = performance.now();
  const result = await explore(built, task, controlOf(task.limits, start, hooks));
  const seconds = (performance.now() - start) / 1000;
  const traces = result.violations.map(violation => traceOf(built, task, result, violation));
  return { task, result, seconds, traces };
}

/** Builds the model of a task with the properties that it checks. */
export function buildTask(task: Task): BuiltModel {
  const built = findModel(task.model).build(task.request);
  return { ...built, properties: selectProperties(built, task.properties) };
}

function selectProperties(
  { properties, questions }: BuiltModel,
  names: readonly string[] | undefined,
): readonly AnyProperty[] {
  if (names === undefined || names.length === 0) return properties;
  const all = [...properties, ...questions];
  const known = all.map(({ name }) => name);
  for (const name of names) {
    if (!known.includes(name)) throw UsageError.unknown('property', name, known);
  }
  return all.filter(({ name }) => names.includes(name));
}

function explore(built: BuiltModel, task: Task, control: Control): Promise<ExplorationResult> {
  const { engine, limits } = task;
  if (engine.kind === 'simulate') {
    const { kind, ...options } = engine;
    return simulate(built.model, built.properties, { ...options, control });
  }
  const { symmetry, keepGoing } = engine;
  const bound = limits.states === undefined ? {} : { maxStates: limits.states };
  return exploreExhaustively(built.model, built.properties, {
    symmetry,
    keepGoing,
    control,
    ...bound,
  });
}

/** Turns limits into answers to the engine's question whether to go on. */
function controlOf(limits: Limits, start: number, hooks: TaskHooks): Control {
  const reasonFor = (progress: Progress): StopReason | undefined => {
    if (hooks.isInterrupted?.()) return 'interrupted';
    const { milliseconds, bytes, states } = limits;
    if (milliseconds !== undefined && performance.now() - start > milliseconds) return 'time limit';
    if (bytes !== undefined && progress.bytes > bytes) return 'memory limit';
    if (states !== undefined && progress.distinctStates >= states) return 'state limit';
    return undefined;
  };
  return {
    async poll(progress) {
      hooks.onProgress?.(progress);
      // Lets signals and messages through: the engines never wait for anything else.
      await new Promise(resolve => setImmediate(resolve));
      return reasonFor(progress);
    },
  };
}

function traceOf(
  { model, properties }: BuiltModel,
  task: Task,
  result: ExplorationResult,
  violation: Violation,
): TraceFile {
  const property = properties.find(({ name }) => name === violation.property);
  if (property === undefined) throw new Error(`no property "${violation.property}"`);
  const { clause, initialState, steps, shortest } = violation;
  const { engine, distinctStates, generatedStates, depth } = result;
  const seed = task.engine.kind === 'simulate' ? { seed: task.engine.seed } : {};
  const explored = { engine, ...seed, distinctStates, generatedStates, depth, shortest };
  return recordTrace(model, { property, clause, initialState, steps }, explored);
}
