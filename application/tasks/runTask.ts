import { findNamed } from '../../catalogue/findNamed.ts';
import type { BuiltModel } from '../../catalogue/modelEntry.ts';
import { catalogueFile } from '../../catalogue/models.ts';
import type { Control, Progress, StopReason } from '../../checker/core/control.ts';
import { exploreToEnd } from '../../checker/core/exploreToEnd.ts';
import { expectSameRuns } from '../../checker/random/expectSameRuns.ts';
import { simulate } from '../../checker/random/simulate.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { recordFound } from '../../corpus/recordFound.ts';
import { exploreInParallel } from '../../parallel/exploreInParallel.ts';
import { buildTask, moduleOf } from './buildTask.ts';
import { openCheckpoint } from './checkpoint.ts';
import { type Failure, failureOf } from './failure.ts';
import { searchFairRuns } from './searchFairRuns.ts';
import type { LivenessEngine, Task, TaskResult } from './task.ts';

/** What a running task asks of its surroundings. */
export interface TaskHooks {
  readonly onProgress?: (progress: Progress) => void;
  readonly isInterrupted?: () => boolean;
}

/**
 * Builds the model of a task, explores it and records a trace of every violation.
 *
 * @throws UsageError when the task names something that does not exist.
 * @throws CheckpointError when there is a checkpoint that cannot be gone on from.
 * @throws ModelError when the model crashes.
 */
export async function runTask(task: Task, hooks: TaskHooks = {}): Promise<TaskResult> {
  const built = buildTask(task);
  const start = performance.now();
  const control = controlOf(task, start, hooks);
  if (task.engine.kind === 'liveness') {
    const searched = await searchFairRuns(built, task.engine, control);
    return { task, ...searched, seconds: (performance.now() - start) / 1000 };
  }
  const explored = await exploreTask(built, { ...task, engine: task.engine }, control);
  const { result, secondsBefore, failure } = explored;
  const seconds = secondsBefore + (performance.now() - start) / 1000;
  const seed = task.engine.kind === 'simulate' ? { seed: task.engine.seed } : {};
  const traces = result.violations.map(violation => {
    const property = findNamed('property', violation.property, built.properties);
    return recordFound(built.model, property, violation, { result, ...seed });
  });
  return { task, result, seconds, traces, ...(failure === undefined ? {} : { failure }) };
}

interface Explored {
  readonly result: ExplorationResult;
  /** Seconds that were searched before a checkpoint that was gone on from. */
  readonly secondsBefore: number;
  /** What ended it, if it had found violations before. */
  readonly failure?: Failure;
}

/** Explores, also beyond violations if that is asked for. */
async function exploreTask(
  built: BuiltModel,
  task: StateTask,
  control: Control,
): Promise<Explored> {
  const { engine } = task;
  const isKept = engine.kind === 'exhaustive' && engine.checkpoint !== undefined;
  if (engine.keepGoing !== true || isKept) return explore(built, task, control);
  const { explored, crash } = await exploreToEnd(keepGoing =>
    explore(built, { ...task, engine: { ...engine, keepGoing } }, control),
  );
  return crash === undefined ? explored : { ...explored, failure: failureOf(crash) };
}

/** Of the memory of a search, what states that are to be expanded take before they go to a file. */
const FRONTIER_SHARE = 0.25;

/** A task that looks at states, and steps between them. */
type StateTask = Task & { readonly engine: Exclude<Task['engine'], LivenessEngine> };

async function explore(built: BuiltModel, task: StateTask, control: Control): Promise<Explored> {
  const { engine, limits } = task;
  if (engine.kind === 'simulate') {
    const { kind, twice, ...drawn } = engine;
    // Our own models are held to their views by the exhaustive searches of the tests.
    const options = { ...drawn, strictViews: catalogueFile !== undefined, control };
    const result = await simulate(built.model, built.properties, options);
    if (twice === true) {
      const again = buildTask(task);
      const second = await simulate(again.model, again.properties, options);
      expectSameRuns(result, second);
    }
    return { result, secondsBefore: 0 };
  }
  const checkpoint = await openCheckpoint(built, engine);
  const { symmetry, keepGoing, workers = 1 } = engine;
  const result = await exploreInParallel(moduleOf(task), {
    specification: built,
    workers,
    symmetry,
    maxStates: limits.states,
    keepGoing,
    control,
    frontierBytes: limits.bytes === undefined ? undefined : limits.bytes * FRONTIER_SHARE,
    checkpoint,
  });
  return { result, secondsBefore: checkpoint?.secondsBefore ?? 0 };
}

/** Milliseconds that proving a random counterexample shortest may take. */
const PROOF_TIME = 30_000;

/** Turns limits into answers to the engine's question whether to go on. */
function controlOf({ engine, limits }: Task, start: number, hooks: TaskHooks): Control {
  const isRandom = engine.kind === 'simulate';
  let proofStart: number | undefined;
  const reasonFor = (progress: Progress): StopReason | undefined => {
    if (hooks.isInterrupted?.()) return 'interrupted';
    const { milliseconds, bytes, states } = limits;
    const now = performance.now();
    if (milliseconds !== undefined && now - start > milliseconds) return 'time limit';
    if (isRandom && progress.engine === 'exhaustive') {
      proofStart ??= now;
      return now - proofStart > PROOF_TIME ? 'time limit' : undefined;
    }
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
