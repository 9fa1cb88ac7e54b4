import { type PropertyReport, reportOf } from '../../checker/results/monitor.ts';
import { overallVerdict, type Verdict, type Violation } from '../../checker/results/result.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import type { ModelSource } from '../project/project.ts';
import { buildTask } from '../tasks/buildTask.ts';
import type { ExploredModel, TaskResult } from '../tasks/task.ts';
import { Interrupted, type RunTask } from './playSeeds.ts';
import { type SeedRange, type Swarm, taskOfSeed } from './swarm.ts';
import type { FirstBroken, Tally } from './tally.ts';

/** What broke, shortened, and the seed whose runs broke it first. */
export interface SwarmViolation extends Violation {
  readonly seed: number;
  readonly trace: TraceFile;
}

/** What a whole swarm came to: the same wherever its seeds were played. */
export interface SwarmResult {
  readonly swarm: Swarm;
  readonly model: ExploredModel;
  readonly verdict: Verdict;
  /** The seeds that were played; fewer than were asked for where one of them ended it. */
  readonly seeds: SeedRange;
  readonly properties: readonly PropertyReport[];
  readonly violations: readonly SwarmViolation[];
  readonly tally: Tally;
}

/**
 * Says what all seeds together came to, and shortens what broke: each property once, by playing the first seed that
 * broke it again.
 *
 * @throws ModelError when the model crashes; Error when a seed does not break what it broke before; Interrupted.
 */
export async function conclude(
  swarm: Swarm,
  tally: Tally,
  { models }: ModelSource,
  run: RunTask,
): Promise<SwarmResult> {
  const built = buildTask(taskOfSeed(swarm, swarm.seeds.first, { shorten: false }), models);
  const { name, config, bounds, defects } = built.model;
  const properties = built.properties.map(property => {
    const { evaluated = 0, antecedent = 0 } = tally.properties[property.name] ?? {};
    const broken = tally.broken.find(each => each.property === property.name)?.clause;
    const seen = property.kind === 'sometimes' ? Math.min(antecedent, 1) : antecedent;
    // As in one search: what ended it says nothing of what else may break.
    const isPart = tally.crash !== undefined || (!swarm.keepGoing && tally.broken.length > 0);
    const counts = { property, evaluated, antecedent: seen, broken };
    return reportOf(counts, isPart ? 'part' : 'all runs');
  });
  return {
    swarm,
    model: { name, config, bounds, defects },
    verdict: overallVerdict(properties, tally.crash === undefined ? 'all runs' : 'part'),
    seeds: { first: swarm.seeds.first, count: tally.seeds },
    properties,
    violations: await shortened(swarm, tally.broken, run),
    tally,
  };
}

async function shortened(
  swarm: Swarm,
  broken: readonly FirstBroken[],
  run: RunTask,
): Promise<readonly SwarmViolation[]> {
  const violations: SwarmViolation[] = [];
  for (const seed of new Set(broken.map(each => each.seed))) {
    const again = await run(taskOfSeed(swarm, seed, { shorten: true }), () => undefined);
    if (again.result.stopped === 'interrupted')
      throw new Interrupted('not everything was shortened');
    const own = broken.filter(each => each.seed === seed);
    violations.push(...own.map(({ property }) => violationOf(property, seed, again)));
  }
  return violations;
}

function violationOf(
  property: string,
  seed: number,
  { result, traces }: TaskResult,
): SwarmViolation {
  const index = result.violations.findIndex(each => each.property === property);
  const [violation, trace] = [result.violations[index], traces[index]];
  if (violation === undefined || trace === undefined) {
    throw new Error(
      `seed ${seed} broke ${property}, and does not break it when it is played again`,
    );
  }
  return { ...violation, seed, trace };
}
