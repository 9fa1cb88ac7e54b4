import type { LivenessOutcome } from '../liveness/livenessTask.ts';
import { runLiveness } from '../liveness/runLiveness.ts';
import type { Surroundings } from '../tasks/surroundings.ts';
import type { Attempt } from './defectOutcome.ts';
import type { DefectPlan } from './defectPlan.ts';

/**
 * Looks, one after the other, for the defects that a temporal property must notice. After an interrupt
 * the last ones have no attempt.
 *
 * @throws UsageError when a plan names something unknown; ModelError when the model crashes.
 */
export async function attemptsByLiveness(
  plans: readonly DefectPlan[],
  { project, interrupt, onProgress }: Surroundings,
): Promise<ReadonlyMap<DefectPlan, Attempt>> {
  const attempts = new Map<DefectPlan, Attempt>();
  const sought = plans.flatMap(plan => ('liveness' in plan.way ? [[plan, plan.way] as const] : []));
  for (const [plan, { liveness: task }] of sought) {
    if (interrupt.isSet) break;
    const outcome = await runLiveness(task, project.models, {
      isInterrupted: () => interrupt.isSet,
      onProgress: progress =>
        onProgress?.({ task, done: attempts.size, of: sought.length, progress }),
    });
    attempts.set(plan, attemptOf(outcome));
  }
  return attempts;
}

function attemptOf({ result, seconds, traces }: LivenessOutcome): Attempt {
  const { engine, stopped, distinctStates } = result;
  // That all runs were made is how random runs end.
  const ended = stopped === undefined || stopped === 'run limit' ? {} : { stopped };
  const states = engine === 'exhaustive' ? { distinctStates } : {};
  return { trace: traces[0], ...ended, ...states, seconds };
}
