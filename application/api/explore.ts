import { findNamed } from '../../catalogue/findNamed.ts';
import type { ModelEntry, ModelRequest } from '../../catalogue/modelEntry.ts';
import type { Bounds } from '../../checker/model/model.ts';
import { SETTLE_STEPS } from '../../corpus/searchLiveness.ts';
import type { Settings } from '../../models/description/settings.ts';
import { randomEngine } from '../tasks/randomEngine.ts';
import { runTask } from '../tasks/runTask.ts';
import { scopeRequest } from '../tasks/scopeRequest.ts';
import { MOST_FAIR_STATES, type Task, type TaskResult } from '../tasks/task.ts';
import { type WorkOptions, working } from './options.ts';

/** What is explored of a model, and how. */
export interface ExploreOptions extends Omit<WorkOptions, 'jobs'> {
  /**
   * `exhaustive`, if absent: every state of the scope, breadth first. `random`: random runs. `liveness`:
   * what must happen at some time, in every fair run or, where there are too many, in random ones that
   * settle.
   */
  readonly engine?: 'exhaustive' | 'random' | 'liveness';
  /** Settings by name; the others have their default. */
  readonly settings?: Settings;
  /** Bounds by name, over the scope that the model has for this engine. */
  readonly bounds?: Bounds;
  /** Deliberate defects to switch on, in the scope that shows them. */
  readonly defects?: readonly string[];
  /** Only these properties, by name; all if absent. */
  readonly properties?: readonly string[];
  /** Whether to go on after a violation, to find those of other properties; so it is if absent. */
  readonly keepGoing?: boolean;
  /** Counterexamples of each property, told apart by the actions that they follow from; 1 if absent. */
  readonly counterexamples?: number;
  /** The seed of random runs; 1 if absent. */
  readonly seed?: number;
  /** Random runs; 1000 if absent. */
  readonly runs?: number;
  /** The longest random run, in steps; 200 if absent. */
  readonly maxSteps?: number;
  /** Threads that a search of every state is divided among; 1 if absent. */
  readonly workers?: number;
}

/**
 * Explores one scope of a model, known by its name.
 *
 * @returns the result, and one trace for each violation.
 * @throws UsageError when a model, setting, bound, defect or property is unknown or out of range.
 * @throws ModelError when the model crashes, with the steps that lead there.
 */
export function exploreModel(model: string, options: ExploreOptions = {}): Promise<TaskResult> {
  return working(options, async ({ surroundings, limits }) => {
    const { project, interrupt, onProgress } = surroundings;
    const entry = findNamed('model', model, project.models);
    const { properties } = options;
    const task: Task = {
      model,
      request: requestOf(entry, options),
      engine: engineOf(options),
      ...(properties === undefined ? {} : { properties }),
      limits,
    };
    return runTask(task, project, {
      isInterrupted: () => interrupt.isSet,
      onProgress: progress => onProgress?.({ task, done: 0, of: 1, progress }),
    });
  });
}

function requestOf(entry: ModelEntry, options: ExploreOptions): ModelRequest {
  const { engine = 'exhaustive', settings, bounds, defects } = options;
  const scopes = {
    exhaustive: entry.smallScope,
    random: entry.largeScope,
    liveness: entry.livenessScope,
  };
  const scope = scopeRequest(entry, scopes[engine], defects);
  return {
    config: { ...scope.config, ...settings },
    bounds: { ...scope.bounds, ...bounds },
    defects: scope.defects,
  };
}

function engineOf(options: ExploreOptions): Task['engine'] {
  const { engine = 'exhaustive', keepGoing = true, workers = 1, counterexamples = 1 } = options;
  const { seed = 1, runs = 1000, maxSteps = 200 } = options;
  switch (engine) {
    case 'exhaustive':
      return { kind: 'exhaustive', symmetry: true, keepGoing, workers, counterexamples };
    case 'random':
      return { ...randomEngine({ seed, runs, maxSteps }, keepGoing), counterexamples };
    case 'liveness': {
      const maxStates = options.maxStates ?? MOST_FAIR_STATES;
      const settling = { seed, runs, maxSteps, settleSteps: SETTLE_STEPS, keepGoing };
      return { kind: 'liveness', maxStates, ...settling };
    }
  }
}
