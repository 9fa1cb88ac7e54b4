import type { CliIo } from '../../cli/output/io.ts';
import { ProgressReporter } from '../../cli/output/progress.ts';
import type { LivenessOutcome, LivenessTask } from '../liveness/livenessTask.ts';
import { runLiveness } from '../liveness/runLiveness.ts';
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
  quiet: boolean,
  io: CliIo,
): Promise<ReadonlyMap<DefectPlan, Attempt>> {
  const attempts = new Map<DefectPlan, Attempt>();
  const reporter = new ProgressReporter(io.stderr, { quiet });
  const search = (task: LivenessTask, name: string): Promise<LivenessOutcome> =>
    runLiveness(task, {
      isInterrupted: () => io.interrupt.isSet,
      onProgress: progress => reporter.update(`defects: ${name}`, progress),
    });
  try {
    for (const plan of plans) {
      const { way, defect } = plan;
      if (!('liveness' in way)) continue;
      if (io.interrupt.isSet) break;
      attempts.set(plan, attemptOf(await search(way.liveness, defect.name)));
    }
  } finally {
    reporter.end();
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
