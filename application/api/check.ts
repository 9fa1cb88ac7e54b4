import type { Bounds } from '../../checker/model/model.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { type CheckPlan, type CheckResult, carryOut, planCluster } from '../check/check.ts';
import type { CheckRequest } from '../check/checkRequest.ts';
import { planModels } from '../check/planModels.ts';
import { TimeBudget } from '../tasks/timeBudget.ts';
import { type Means, type WorkOptions, working } from './options.ts';

/** How much is checked. */
export interface CheckOptions extends WorkOptions {
  /** Only these properties, by name; all if absent. */
  readonly properties?: readonly string[];
  /** Bounds by name, changed in every scope that has them: `{ records: 3 }`. */
  readonly bounds?: Bounds;
  /** The seed of every random choice; 1 if absent. */
  readonly seed?: number;
  /** Random runs of each scope that is explored at random; 1000 if absent. */
  readonly runs?: number;
  /** The longest random run, in steps; 200 if absent. */
  readonly maxSteps?: number;
  /** Whether states that differ by renaming nodes count as one; so it is if absent. */
  readonly symmetry?: boolean;
  /** Whether the scopes that take too long for every change are explored as well; not so if absent. */
  readonly long?: boolean;
  /** Milliseconds for everything together, after which the rest is left out; endless if absent. */
  readonly budget?: number;
}

/** How much is checked of models. */
export interface ModelCheckOptions extends CheckOptions {
  /** Only these models, by name; those of the main job, or of the project's file, if absent. */
  readonly models?: readonly string[];
  /** A folder of traces that are replayed first; none are if absent. */
  readonly corpus?: string;
}

/**
 * Checks how a cluster keeps its records: plays what its metadata quorum survives, and explores each way
 * in which its topics are replicated, as `highwater check <files>` does.
 *
 * @returns the verdict, and for each group of topics every property with what was explored for it. After
 * an abort the verdict is `interrupted`; a limit that was met makes it `inconclusive`.
 * @throws UsageError when a property or bound is unknown or out of range.
 */
export function checkCluster(
  cluster: ClusterDescription,
  options: CheckOptions = {},
): Promise<CheckResult> {
  return checking(options, (request, { surroundings }) =>
    planCluster({ files: [], described: cluster }, request, surroundings.project),
  );
}

/**
 * Checks models in the scopes of their main job, as `highwater check` does.
 *
 * @throws UsageError when a model, property or bound is unknown or out of range, or a trace of the corpus
 * cannot be read.
 */
export function checkModels(options: ModelCheckOptions = {}): Promise<CheckResult> {
  const { models, corpus: folder } = options;
  const corpus = folder === undefined ? null : { folder, namedBy: 'corpus' };
  return checking(options, async (request, { surroundings }, budget) =>
    planModels({ models, corpus }, request, surroundings.project, budget),
  );
}

type Planner = (
  request: CheckRequest,
  means: Omit<Means, 'release'>,
  budget: TimeBudget,
) => Promise<CheckPlan>;

function checking(options: CheckOptions, planned: Planner): Promise<CheckResult> {
  const { seed = 1, runs = 1000, maxSteps = 200, symmetry = true, properties, bounds } = options;
  const { long } = options;
  return working(options, async means => {
    const { surroundings, limits } = means;
    const { jobs } = surroundings;
    const request = { seed, runs, maxSteps, symmetry, properties, bounds, long, limits, jobs };
    const budget = new TimeBudget(options.budget);
    return carryOut(await planned(request, means, budget), request, budget, surroundings);
  });
}
