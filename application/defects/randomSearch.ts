import { runAll } from '../tasks/runAll.ts';
import type { Surroundings } from '../tasks/surroundings.ts';
import type { Task, TaskResult } from '../tasks/task.ts';
import type { DefectPlan } from './defectPlan.ts';

/** How defects are looked for by random runs alone. */
export interface RandomRun {
  /** Each defect is looked for with the seeds 1 to this. */
  readonly seeds: number;
  /** Milliseconds for each defect and seed. */
  readonly timeLimit: number;
}

/** One seed's search for a defect. */
interface RandomSearch {
  readonly seed: number;
  readonly found: boolean;
  /** Until it was found, or until the time was over. */
  readonly steps: number;
  readonly seconds: number;
  /** The steps of the counterexample after shrinking. */
  readonly length: number | undefined;
}

/**
 * `found`: by most seeds. `beyond`: not, and it is known that it takes another way. `missed`: not,
 * although random runs should. `interrupted`: before every seed had its turn.
 */
export type RandomVerdict = 'found' | 'beyond' | 'missed' | 'interrupted';

/** What random runs made of one defect. */
export interface RandomOutcome {
  readonly plan: DefectPlan;
  readonly verdict: RandomVerdict;
  /** In the order of the seeds. */
  readonly searches: readonly RandomSearch[];
}

/** The longest run: defects are near in the scopes that show them. */
const MAX_STEPS = 100;
const MOST_RUNS = 1_000_000_000;

/**
 * Looks for each defect by random runs, in the scope that shows it, once for each seed.
 *
 * @throws ModelError when the model crashes.
 */
export async function searchAtRandom(
  plans: readonly DefectPlan[],
  { seeds, timeLimit }: RandomRun,
  surroundings: Surroundings,
): Promise<RandomOutcome[]> {
  const tasks = plans.map(plan =>
    Array.from({ length: seeds }, (_, index) => taskOf(plan, index + 1, timeLimit)),
  );
  const results = await runAll(tasks.flat(), surroundings);
  return plans.map((plan, index) => {
    const own = (tasks[index] ?? []).map(task => results.get(task));
    const ended = own.filter(result => result !== undefined);
    const isInterrupted =
      ended.length < own.length || ended.some(({ result }) => result.stopped === 'interrupted');
    const searches = ended.map(searchOf);
    return { plan, searches, verdict: isInterrupted ? 'interrupted' : verdictOf(plan, searches) };
  });
}

function taskOf({ model, request, defect }: DefectPlan, seed: number, milliseconds: number): Task {
  return {
    model: model.name,
    request,
    engine: { kind: 'simulate', seed, runs: MOST_RUNS, maxSteps: MAX_STEPS, proofStates: 0 },
    properties: [defect.caughtBy],
    limits: { milliseconds },
  };
}

function searchOf({ task, result, seconds }: TaskResult, index: number): RandomSearch {
  const [violation] = result.violations;
  return {
    seed: task.engine.kind === 'simulate' ? task.engine.seed : index + 1,
    found: violation !== undefined,
    steps: result.steps,
    seconds,
    length: violation?.steps.length,
  };
}

function verdictOf(
  { defect, way }: DefectPlan,
  searches: readonly RandomSearch[],
): 'found' | 'beyond' | 'missed' {
  const found = searches.filter(search => search.found).length;
  if (2 * found > searches.length) return 'found';
  const isKnown = defect.beyondRandomRuns !== undefined || way.foundBy === 'directed scenario';
  return isKnown ? 'beyond' : 'missed';
}

/** The middle of several numbers; the larger of two in the middle. */
export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
}
