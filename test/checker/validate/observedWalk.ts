import { type ActionInstance, CompiledModel } from '../../../checker/core/compiledModel.ts';
import { RandomSource } from '../../../checker/core/randomSource.ts';
import type { AnyModel } from '../../../checker/model/model.ts';
import { fieldPath } from '../../../checker/state/fieldPath.ts';
import type { JsonValue } from '../../../checker/state/json.ts';
import { copyState } from '../../../checker/state/schema.ts';
import type { Observation, ObservedLine } from '../../../checker/validate/observation.ts';

/** What of a run is observed: every change of these fields, and nothing else. */
interface Observed {
  readonly watched: readonly string[];
  /** A step is taken only if no more than so many lie between two that are observed. */
  readonly mostUnobserved: number;
  readonly steps: number;
}

/** A random run of a model as a log of what it changes in some fields. */
export function observedWalk(model: AnyModel, seed: number, observed: Observed): Observation {
  const compiled = new CompiledModel(model);
  const random = new RandomSource(seed);
  const fields = observed.watched.map(path => fieldPath(model.schema, path));
  const [before, after] = [compiled.createState(), compiled.createState()];
  compiled.initialize(before, 0);
  const lines: ObservedLine[] = [];
  let unobserved = 0;
  for (let step = 0; step < observed.steps; step++) {
    const enabled = [...compiled.live].filter(index => compiled.enabled(before, index) === true);
    // What is seen is preferred where too much was not.
    const draws = Array.from({ length: 4 * enabled.length }, () => random.below(enabled.length));
    const taken = draws.find(draw => {
      copyState(before, after);
      compiled.step(after, enabled[draw] as number);
      const isSeen = fields.some(field => !field.isSame(before.bytes, after.bytes));
      return isSeen || unobserved < observed.mostUnobserved;
    });
    if (taken === undefined) break;
    const changed = fields.filter(field => !field.isSame(before.bytes, after.bytes));
    unobserved = changed.length === 0 ? unobserved + 1 : 0;
    if (changed.length > 0) {
      const { action } = compiled.instances[enabled[taken] as number] as ActionInstance;
      const state = Object.fromEntries(
        changed.map(({ path, read }): [string, JsonValue] => [path, read(after.bytes)]),
      );
      lines.push({ text: action.name, readings: [{ state }] });
    }
    copyState(after, before);
  }
  const { watched, mostUnobserved } = observed;
  return { lines, watched, mostUnobserved };
}

/** The log with one line left out. */
export function dropped(log: Observation, at: number): Observation {
  return { ...log, lines: log.lines.filter((_, index) => index !== at) };
}

/** The log with a line and the next one exchanged. */
export function swapped(log: Observation, at: number): Observation {
  const lines = [...log.lines];
  [lines[at], lines[at + 1]] = [lines[at + 1] as ObservedLine, lines[at] as ObservedLine];
  return { ...log, lines };
}
