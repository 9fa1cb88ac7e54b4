import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import type { Control } from '../../checker/core/control.ts';
import type { Timer } from '../../models/description/timing.ts';
import { measureTime, type TimeOutcome, type TimeTask } from './timeTask.ts';

/** A timer, and the values that it takes one after the other. */
export interface SweptTimer {
  readonly name: string;
  readonly values: readonly Timer[];
}

/** What came of one choice of values. */
export interface SweepPoint {
  /** The swept timers only. */
  readonly values: Readonly<Record<string, Timer>>;
  readonly outcome: TimeOutcome;
}

/** More is no table that anybody reads. */
const MOST_TIMERS = 2;

/**
 * Makes the timed runs of a task for each choice of the swept timers, all by the same seed: what differs between them
 * is the timers and not the draws. Ends early where the control says so; what was measured until then is returned.
 *
 * @throws UsageError where more than two timers are swept, and what measureTime throws.
 */
export async function sweepTimes(
  task: TimeTask,
  swept: readonly SweptTimer[],
  models: readonly ModelEntry[],
  control?: Control,
): Promise<SweepPoint[]> {
  if (swept.length > MOST_TIMERS) {
    throw new UsageError(`--sweep: expected at most ${MOST_TIMERS} timers, found ${swept.length}`);
  }
  const points: SweepPoint[] = [];
  for (const values of choicesOf(swept)) {
    const timers = { ...task.timers, ...values };
    const outcome = await measureTime({ ...task, timers }, models, control);
    points.push({ values, outcome });
    if (outcome.stopped !== undefined) break;
  }
  return points;
}

/** Every choice of one value of each. */
function choicesOf(swept: readonly SweptTimer[]): Readonly<Record<string, Timer>>[] {
  return swept.reduce<Readonly<Record<string, Timer>>[]>(
    (choices, { name, values }) =>
      choices.flatMap(choice => values.map(value => ({ ...choice, [name]: value }))),
    [{}],
  );
}
