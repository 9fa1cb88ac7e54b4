import { findNamed } from '../../catalogue/findNamed.ts';
import { runAll } from '../tasks/runAll.ts';
import type { Surroundings } from '../tasks/surroundings.ts';
import type { Task } from '../tasks/task.ts';
import {
  type Attempt,
  attemptOfScenario,
  attemptOfSearch,
  type DefectOutcome,
  outcomeOf,
} from './defectOutcome.ts';
import type { DefectPlan } from './defectPlan.ts';
import { attemptsByLiveness } from './livenessAttempts.ts';
import { playScenario } from './playScenario.ts';

/**
 * Switches each defect on and looks for it in the way that its plan names.
 *
 * @throws ModelError when the model crashes.
 */
export async function runDefects(
  plans: readonly DefectPlan[],
  surroundings: Surroundings,
): Promise<DefectOutcome[]> {
  // Scenarios first: they take no time, and show at once which steps do not fit the model any more.
  const played = new Map(surroundings.interrupt.isSet ? [] : plans.flatMap(attemptByScenario));
  const results = await runAll(plans.flatMap(tasksOf), surroundings);
  const awaited = await attemptsByLiveness(plans, surroundings);
  const attemptOf = (task: Task | undefined): Attempt | undefined => {
    const result = task && results.get(task);
    return result && attemptOfSearch(result);
  };
  return plans.map(plan => {
    const { way } = plan;
    const attempt =
      way.foundBy === 'exhaustive search'
        ? attemptOf(way.task)
        : (played.get(plan) ?? awaited.get(plan));
    return outcomeOf(plan, { attempt, alone: attemptOf(plan.alone) });
  });
}

function tasksOf({ way, alone }: DefectPlan): Task[] {
  const search = way.foundBy === 'exhaustive search' ? [way.task] : [];
  return alone === undefined ? search : [...search, alone];
}

/** The plan with what came of its scenario, if it has one. */
function attemptByScenario(plan: DefectPlan): (readonly [DefectPlan, Attempt])[] {
  const { defect, model, request, way } = plan;
  if (way.foundBy !== 'directed scenario') return [];
  const built = model.build(request);
  const all = [...built.properties, ...built.questions];
  const property = findNamed('property', defect.caughtBy, all);
  return [[plan, attemptOfScenario(playScenario(built.model, property, way.steps))]];
}
