import { findNamed } from '../../catalogue/findNamed.ts';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { type ActionInstance, CompiledModel, labelOf } from '../../checker/core/compiledModel.ts';
import { phraseOf } from '../../checker/model/phrase.ts';
import { playTimedRun } from '../../checker/timed/measure.ts';
import { type TimeTask, timingOf } from './timeTask.ts';

/** A step of a timed run in words. */
export interface ToldStep {
  /** Virtual milliseconds after the fault; less than 0 before it. */
  readonly at: number;
  readonly name: string;
  readonly words: string;
}

/**
 * One of the runs of a task, from the fault on.
 *
 * @param number - The number of the run, counted from 0.
 */
export function timedStory(
  task: TimeTask,
  models: readonly ModelEntry[],
  number: number,
): readonly ToldStep[] {
  const timing = timingOf(findNamed('model', task.model, models), models);
  const { model, schedule, question } = timing.scene(task.fault, task.config, task.timers);
  const { steps, faultAt } = playTimedRun(model, schedule, question, { seed: task.seed, number });
  const { instances } = new CompiledModel(model);
  return steps
    .filter(({ at }) => at >= faultAt)
    .map(({ at, instance }) => {
      const { action, taken } = instances[instance] as ActionInstance;
      const words = phraseOf(action, taken.params) ?? labelOf(taken);
      return { at: at - faultAt, name: taken.name, words };
    });
}
