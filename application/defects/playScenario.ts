import { CompiledModel, fingerprintText } from '../../checker/core/compiledModel.ts';
import { crashMessage, ModelError } from '../../checker/core/errors.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty, TakenAction } from '../../checker/model/property.ts';
import { recordTrace } from '../../checker/replay/record.ts';
import { Monitor } from '../../checker/results/monitor.ts';
import { copyState } from '../../checker/state/schema.ts';
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
  return new Play(model, property).run(steps);
}

class Play {
  readonly #compiled: CompiledModel;
  readonly #property: AnyProperty;
  readonly #monitor: Monitor;
  readonly #taken: TakenAction[] = [];
  readonly #seen = new Set<string>();
  #broken: string | undefined;

  constructor(model: AnyModel, property: AnyProperty) {
    this.#compiled = new CompiledModel(model);
    this.#property = property;
    this.#monitor = new Monitor([property], {
      violated: (_, clause) => {
        this.#broken = clause;
      },
    });
  }

  run(steps: readonly string[]): Played {
    try {
      const stuck = this.#take(steps);
      if (stuck !== undefined) return { stuck };
      return this.#broken === undefined ? {} : { trace: this.#trace(this.#broken) };
    } catch (error) {
      const taken = this.#taken;
      if (error instanceof ModelError) throw new ModelError(error.message, taken, error.cause);
      const where = `step ${taken.length} of the scenario`;
      throw new ModelError(crashMessage(where, error), taken, error);
    }
  }

  /** Takes the steps, and returns why one of them cannot be taken. */
  #take(steps: readonly string[]): string | undefined {
    const compiled = this.#compiled;
    const [before, after] = [compiled.createState(), compiled.createState()];
    compiled.initialize(after, 0);
    this.#seen.add(fingerprintText(after));
    this.#monitor.checkInitial(after);
    for (const [position, step] of steps.entries()) {
      if (this.#broken !== undefined) break;
      const stuck = (why: string): string =>
        `step ${position + 1}, ${step}, cannot be taken: ${why}`;
      const index = numberOf(compiled, step);
      const taken = index === undefined ? undefined : compiled.instances[index]?.taken;
      if (index === undefined || taken === undefined) return stuck('there is no such action');
      const enabled = compiled.enabled(after, index);
      if (enabled !== true) return stuck(enabled === false ? 'its guard is false' : enabled);
      copyState(after, before);
      this.#taken.push(taken);
      compiled.step(after, index);
      this.#seen.add(fingerprintText(after));
      this.#monitor.checkStep(before, after, taken);
      this.#monitor.checkState(after);
    }
    return undefined;
  }

  #trace(clause: string): TraceFile {
    const steps = this.#taken;
    const run = { property: this.#property, clause, initialState: 0, steps };
    return recordTrace(this.#compiled.model, run, {
      engine: 'script',
      distinctStates: this.#seen.size,
      generatedStates: steps.length + 1,
      depth: steps.length,
      shortest: false,
    });
  }
}

/** The number of the step `name(key=value, key=value)`, if the model has it. */
function numberOf(compiled: CompiledModel, step: string): number | undefined {
  const [, name, list] = /^(\w+)\((.*)\)$/.exec(step.trim()) ?? [];
  if (name === undefined || list === undefined) return undefined;
  const pairs = list.split(',').filter(pair => pair.trim() !== '');
  const params = pairs.map(pair => {
    const [key = '', value = ''] = pair.split('=');
    return [key.trim(), value.trim()] as const;
  });
  return compiled.find({ name, params: Object.fromEntries(params) });
}
