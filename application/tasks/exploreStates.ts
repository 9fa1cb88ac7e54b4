import type { BuiltModel } from '../../catalogue/modelEntry.ts';
import type { Control } from '../../checker/core/control.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { exploreInParallel } from '../../parallel/exploreInParallel.ts';
import { isKnownToThreads, type ModelSource } from '../project/project.ts';
import { moduleOf } from './buildForThread.ts';
import { openCheckpoint } from './checkpoint.ts';
import type { Failure } from './failure.ts';
import type { ExhaustiveEngine, Task } from './task.ts';

/** What explorations are made with. */
export interface Means {
  readonly source: ModelSource;
  readonly control: Control;
}

/** What was explored, as far as a search came. */
export interface Explored {
  readonly result: ExplorationResult;
  /** Seconds that were searched before a checkpoint that was gone on from. */
  readonly secondsBefore: number;
  /** What ended it, if it had found violations before. */
  readonly failure?: Failure;
}

/** A task that looks at every state. */
export type StatesTask = Task & { readonly engine: ExhaustiveEngine };

/** Of the memory of a search, what states that are to be expanded take before they go to a file. */
const FRONTIER_SHARE = 0.25;

/**
 * Explores every state with all that this machine has: threads, files for what memory is too small for, and a
 * checkpoint. A page does so without them (site/engine/exploreStates.ts).
 *
 * @throws CheckpointError when there is a checkpoint that cannot be gone on from.
 * @throws ModelError when the model crashes.
 */
export async function exploreStates(
  built: BuiltModel,
  task: StatesTask,
  { source, control }: Means,
): Promise<Explored> {
  const { engine, limits } = task;
  const checkpoint = await openCheckpoint(built, engine, source.file);
  const { symmetry, keepGoing, counterexamples } = engine;
  const workers = isKnownToThreads(source) ? (engine.workers ?? 1) : 1;
  const result = await exploreInParallel(moduleOf(task, source), {
    specification: built,
    workers,
    symmetry,
    maxStates: limits.states,
    keepGoing,
    counterexamples,
    control,
    frontierBytes: limits.bytes === undefined ? undefined : limits.bytes * FRONTIER_SHARE,
    checkpoint,
  });
  return { result, secondsBefore: checkpoint?.secondsBefore ?? 0 };
}
