import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import { DirectedRun } from '../../checker/replay/directedRun.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';

/** What came of a directed scenario. */
export interface Played {
  /** The run to the step that broke the property; absent if none did. */
  readonly trace?: TraceFile;
  /** Which step cannot be taken and why; absent if every step could be taken. */
  readonly stuck?: string;
}

/**
 * Takes the steps of a scenario, from the first initial state on, until the property breaks. A step is
 * written as traces print it, in any order of arguments: `electionTimeout(node=node-1)`.
 *
 * @throws ModelError when the model crashes, with the steps that lead there.
 */
export function playScenario(
  model: AnyModel,
  property: AnyProperty,
  steps: readonly string[],
): Played {
  const { name, notApplicable } = property;
  if (notApplicable !== undefined) return { stuck: `${name} is not applicable: ${notApplicable}` };
  const run = new DirectedRun(model, [property]);
  for (const [position, step] of steps.entries()) {
    if (run.broken.length > 0) break;
    const words = run.guard(step);
    if (words !== 'enabled') {
      return { stuck: `step ${position + 1}, ${step}, cannot be taken: ${words}` };
    }
    run.take(step);
  }
  return run.broken.length === 0 ? {} : { trace: run.trace(name) };
}
