import type { ToldStep } from '../../application/time/timedStory.ts';
import type { TimeOutcome } from '../../application/time/timeTask.ts';
import { timerText } from './timeText.ts';

/** What was measured, for programs. Lengths are virtual milliseconds. */
export function timeJson(outcome: TimeOutcome, story?: readonly ToldStep[]) {
  const { task, fault, timers, runs, passedOver, steps, measured, stopped } = outcome;
  // Named for the schema that is made of this type.
  const byName: Readonly<Record<string, string>> = Object.fromEntries(
    timers.map(({ name, value }) => [name, timerText(value)]),
  );
  return {
    model: task.model,
    config: task.config,
    fault: task.fault,
    happens: fault,
    timers: byName,
    seed: task.seed,
    first: task.first ?? 0,
    runs,
    passedOver,
    steps,
    stopped: stopped ?? null,
    measured: measured.map(({ name, text, lengths, summary, expected }) => ({
      name,
      text,
      expected: expected ?? null,
      summary: summary ?? null,
      lengths: lengths.map(length => length ?? null),
    })),
    story: story ?? null,
  };
}
