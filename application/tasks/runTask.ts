import { findNamed } from '../../catalogue/findNamed.ts';
import type { BuiltModel } from '../../catalogue/modelEntry.ts';
import { exploreToEnd } from '../../checker/core/exploreToEnd.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import { expectSameRuns } from '../../checker/random/expectSameRuns.ts';
import { simulate } from '../../checker/random/simulate.ts';
import { recordFound } from '../../corpus/recordFound.ts';
import type { ModelSource } from '../project/project.ts';
import { buildTask } from './buildTask.ts';
import { controlOf, type TaskHooks } from './control.ts';
import { type Explored, exploreStates, type Means } from './exploreStates.ts';
import { failureOf } from './failure.ts';
import { goalNamed, resultOfReaching } from './reachedGoal.ts';
import { searchFairRuns } from './searchFairRuns.ts';
import type { LivenessEngine, Task, TaskResult } from './task.ts';
import { tryFirst } from './tryFirst.ts';

/**
 * Builds the model of a task, which is one of the source's, explores it and records a trace of every
 * violation.
 *
 * @throws UsageError when the task names something that does not exist.
 * @throws CheckpointError when there is a checkpoint that cannot be gone on from.
 * @throws ModelError when the model crashes.
 */
export async function runTask(
  task: Task,
  source: ModelSource,
  hooks: TaskHooks = {},
): Promise<TaskResult> {
  const built = buildTask(task, source.models);
  const { name, config, bounds, defects } = built.model;
  const model = { name, config, bounds, defects };
  const start = performance.now();
  const control = controlOf(task.limits, hooks, task.engine.kind === 'simulate');
  if (task.engine.kind === 'liveness') {
    const searched = await searchFairRuns(built, task.engine, control);
    return { task, model, ...searched, seconds: (performance.now() - start) / 1000 };
  }
  const known = task.engine.kind === 'exhaustive' ? task.engine.tryFirst : undefined;
  const tried = known === undefined ? undefined : tryFirst(built, known);
  if (tried !== undefined)
    return { task, model, ...tried, seconds: (performance.now() - start) / 1000 };
  const explored = await exploreTask(built, { ...task, engine: task.engine }, { source, control });
  const { result: found, secondsBefore, failure } = explored;
  const seconds = secondsBefore + (performance.now() - start) / 1000;
  const seed = task.engine.kind === 'simulate' ? { seed: task.engine.seed } : {};
  const goal = goalOf(task, source.models);
  const result = goal === undefined ? found : resultOfReaching(goal, found);
  const traces = found.violations.map(violation => {
    const property = goal ?? findNamed('property', violation.property, built.properties);
    return recordFound(built.model, property, violation, { result, ...seed });
  });
  return { task, model, result, seconds, traces, ...(failure === undefined ? {} : { failure }) };
}

/** The goal that a task is to reach, if it is about one. */
function goalOf({ model, request, engine }: Task, models: Models): AnyProperty | undefined {
  if (engine.kind !== 'exhaustive' || engine.reach === undefined) return undefined;
  return goalNamed(engine.reach, findNamed('model', model, models).build(request));
}

type Models = ModelSource['models'];

/** Explores, also beyond violations if that is asked for. */
async function exploreTask(built: BuiltModel, task: StateTask, means: Means): Promise<Explored> {
  const { engine } = task;
  const isKept = engine.kind === 'exhaustive' && engine.checkpoint !== undefined;
  if (engine.keepGoing !== true || isKept) return explore(built, task, means);
  const { explored, crash } = await exploreToEnd(keepGoing =>
    explore(built, { ...task, engine: upTo(engine, keepGoing) }, means),
  );
  return crash === undefined ? explored : { ...explored, failure: failureOf(crash) };
}

/** The engine as it is, or so that it ends at the first violation. */
function upTo(engine: StateTask['engine'], keepGoing: boolean): StateTask['engine'] {
  return keepGoing ? { ...engine, keepGoing } : { ...engine, keepGoing, counterexamples: 1 };
}

/** A task that looks at states, and steps between them. */
type StateTask = Task & { readonly engine: Exclude<Task['engine'], LivenessEngine> };

async function explore(
  built: BuiltModel,
  task: StateTask,
  { source, control }: Means,
): Promise<Explored> {
  const { engine } = task;
  if (engine.kind === 'simulate') {
    const { kind, twice, ...drawn } = engine;
    // Our own models are held to their views by the exhaustive searches of the tests.
    const options = { ...drawn, strictViews: source.file !== undefined, control };
    const result = await simulate(built.model, built.properties, options);
    if (twice === true) {
      const again = buildTask(task, source.models);
      const second = await simulate(again.model, again.properties, options);
      expectSameRuns(result, second);
    }
    return { result, secondsBefore: 0 };
  }
  return exploreStates(built, { ...task, engine }, { source, control });
}
