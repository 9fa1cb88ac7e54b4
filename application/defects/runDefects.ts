import { findNamed } from '../../catalogue/findNamed.ts';
import type { CliIo } from '../../cli/output/io.ts';
import { runWithProgress } from '../../cli/output/runWithProgress.ts';
import { saveTrace } from '../../cli/output/saveTrace.ts';
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

/** How defects are looked for. */
export interface DefectRun {
  readonly jobs: number;
  /** Show no progress. */
  readonly quiet: boolean;
  /** The folder that takes the trace of every defect. */
  readonly out: string | undefined;
}

/**
 * Switches each defect on and looks for it in the way that its plan names.
 *
 * @throws UsageError when a trace cannot be saved; ModelError when the model crashes.
 */
export async function runDefects(
  plans: readonly DefectPlan[],
  { jobs, quiet, out }: DefectRun,
  io: CliIo,
): Promise<DefectOutcome[]> {
  // Scenarios first: they take no time, and show at once which steps do not fit the model any more.
  const played = new Map(io.interrupt.isSet ? [] : plans.flatMap(attemptByScenario));
  const tasks = plans.flatMap(tasksOf);
  const title = `${plans.length} defects ...`;
  const label = ({ request }: Task): string => `defects: ${request.defects[0]}`;
  const results = await runWithProgress(tasks, { jobs, quiet, title, label }, io);
  const awaited = await attemptsByLiveness(plans, quiet, io);
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
    return outcomeOf(plan, { attempt, alone: attemptOf(plan.alone) }, saved(plan, attempt, out));
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

function saved(
  { defect }: DefectPlan,
  attempt: Attempt | undefined,
  out: string | undefined,
): string | undefined {
  const trace = attempt?.trace;
  if (trace === undefined || out === undefined) return undefined;
  return saveTrace(out, `${defect.name}--${trace.property.name}`, trace);
}
