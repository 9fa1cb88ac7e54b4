import { findNamed } from '../../catalogue/findNamed.ts';
import type { ModelEntry, TimingEntry } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import type { Control } from '../../checker/core/control.ts';
import { measureTimes } from '../../checker/timed/measure.ts';
import { type Summary, summaryOf } from '../../checker/timed/statistics.ts';
import type { Settings } from '../../models/description/settings.ts';
import type { Expected, Timer } from '../../models/description/timing.ts';

/** A measurement of how long something takes after a fault, as plain data. */
export interface TimeTask {
  readonly model: string;
  readonly config: Settings;
  readonly fault: string;
  /** Over the model's own. */
  readonly timers: Readonly<Record<string, Timer>>;
  readonly seed: number;
  readonly runs: number;
  /** The number of the first run; 0 if absent. */
  readonly first?: number;
}

/** What was measured of one thing that is awaited. */
export interface MeasuredTime {
  readonly name: string;
  readonly text: string;
  /** Virtual milliseconds after the fault, in the order of the runs; undefined where a run was given up before. */
  readonly lengths: readonly (number | undefined)[];
  /** Undefined where no run has come to it. */
  readonly summary: Summary | undefined;
  readonly expected?: Expected;
}

/** What came of it. */
export interface TimeOutcome {
  readonly task: TimeTask;
  /** What happened, in a few words. */
  readonly fault: string;
  /** Every timer, as it counted. */
  readonly timers: readonly {
    readonly name: string;
    readonly value: Timer;
    readonly meaning: string;
  }[];
  readonly runs: number;
  readonly passedOver: number;
  /** The numbers of the runs that were measured, in the order of their lengths. */
  readonly meant: readonly number[];
  readonly steps: number;
  readonly measured: readonly MeasuredTime[];
  readonly stopped?: string;
}

/** How a model is played in virtual time. @throws UsageError where it is not. */
export function timingOf({ name, timing }: ModelEntry, models: readonly ModelEntry[]): TimingEntry {
  if (timing !== undefined) return timing;
  const timed = models.filter(model => model.timing !== undefined).map(model => model.name);
  throw new UsageError(`model "${name}" has no timers: of these it is known (${timed.join(', ')})`);
}

/**
 * Makes the timed runs of a task.
 *
 * @throws UsageError when the task names something that does not exist; ModelError when the model crashes.
 */
export async function measureTime(
  task: TimeTask,
  models: readonly ModelEntry[],
  control?: Control,
): Promise<TimeOutcome> {
  const timing = timingOf(findNamed('model', task.model, models), models);
  const scene = timing.scene(task.fault, task.config, task.timers);
  const given = { ...timing.otherDefaults(task.config), ...task.timers };
  const { seed, runs, first } = task;
  const options = { seed, runs, ...(first === undefined ? {} : { first }) };
  const { model, schedule, question, expected } = scene;
  const result = await measureTimes(model, schedule, question, {
    ...options,
    ...(control === undefined ? {} : { control }),
  });
  return {
    task,
    fault: findNamed('fault', task.fault, timing.faults).text,
    timers: timing.timers.map(timer => ({
      ...timer,
      value: given[timer.name] ?? timer.value,
    })),
    ...result,
    measured: result.measured.map(({ name, text, lengths }) => {
      const formula = expected[name];
      const summary = summaryOf(lengths);
      return {
        name,
        text,
        lengths,
        summary,
        ...(formula === undefined ? {} : { expected: formula }),
      };
    }),
  };
}
