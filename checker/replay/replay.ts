import {
  type ActionInstance,
  CompiledModel,
  fingerprintText,
  labelOf,
} from '../core/compiledModel.ts';
import { errorAt } from '../core/errors.ts';
import { checkProperties } from '../model/checkProperty.ts';
import type { AnyModel } from '../model/model.ts';
import type { AnyProperty, TakenAction } from '../model/property.ts';
import { type AnyTemporalProperty, isTemporal } from '../model/temporal.ts';
import { Monitor } from '../results/monitor.ts';
import { copyState } from '../state/schema.ts';
import type { TraceFile, TraceStep } from '../trace/traceFile.ts';
import { replayLiveness } from './replayLiveness.ts';
import type { ReplayOutcome, ReplayWord } from './replayOutcome.ts';

/**
 * Takes the steps of a trace again, by the names of the actions and their arguments, and says what
 * became of the property. The model must have been built from the trace's own configuration.
 */
export function replay(
  model: AnyModel,
  properties: readonly (AnyProperty | AnyTemporalProperty)[],
  trace: TraceFile,
): ReplayOutcome {
  checkProperties(model.name, properties);
  const otherModel = whyOtherModel(model, trace);
  if (otherModel !== undefined) return notApplicable(otherModel);
  const property = properties.find(({ name }) => name === trace.property.name);
  if (property === undefined) return notApplicable(`there is no property "${trace.property.name}"`);
  const otherProperty = whyOtherProperty(property, trace);
  if (otherProperty !== undefined) return notApplicable(otherProperty);
  if (trace.initial.index >= model.initialStates.length) {
    return notApplicable('there is no such initial state');
  }
  const compiled = new CompiledModel(model);
  const unknownStep = unknownStepOf(compiled, trace);
  if (unknownStep !== undefined) return notApplicable(unknownStep);
  return isTemporal(property)
    ? replayLiveness(compiled, property, trace)
    : new Replay(compiled, property, trace).run();
}

function notApplicable(reason: string): ReplayOutcome {
  return { word: 'not-applicable', reason };
}

function whyOtherModel(model: AnyModel, trace: TraceFile): string | undefined {
  const { name, version } = trace.model;
  if (name !== model.name) return `the trace is of model "${name}", not "${model.name}"`;
  if (version === model.version) return undefined;
  return `the trace is of version ${version} of the model; this is version ${model.version}`;
}

function whyOtherProperty(
  property: AnyProperty | AnyTemporalProperty,
  trace: TraceFile,
): string | undefined {
  if (property.kind !== trace.property.kind) return `the property is now of kind ${property.kind}`;
  return property.notApplicable;
}

function unknownStepOf(compiled: CompiledModel, trace: TraceFile): string | undefined {
  const unknown = trace.steps.findIndex(step => compiled.find(takenBy(step)) === undefined);
  const step = trace.steps[unknown];
  return step === undefined
    ? undefined
    : `step ${unknown + 1}: there is no action ${labelOf(takenBy(step))}`;
}

function takenBy(step: TraceStep): { name: string; params: TraceStep['params'] } {
  return { name: step.action, params: step.params };
}

class Replay {
  readonly #compiled: CompiledModel;
  readonly #trace: TraceFile;
  readonly #monitor: Monitor;
  readonly #taken: TakenAction[] = [];
  #decided: string | undefined;
  #differsFrom: number | undefined;

  constructor(compiled: CompiledModel, property: AnyProperty, trace: TraceFile) {
    this.#compiled = compiled;
    this.#trace = trace;
    const decide = (_: AnyProperty, clause: string): void => {
      this.#decided ??= clause;
    };
    this.#monitor = new Monitor([property], { violated: decide, reached: decide });
  }

  /** @throws ModelError when the model crashes, with the steps that lead there. */
  run(): ReplayOutcome {
    try {
      return this.#takeSteps();
    } catch (error) {
      const steps = this.#taken;
      throw errorAt(error, `step ${steps.length} of the trace`, steps);
    }
  }

  #takeSteps(): ReplayOutcome {
    const before = this.#compiled.createState();
    const after = this.#compiled.createState();
    this.#compiled.initialize(after, this.#trace.initial.index);
    if (fingerprintText(after) !== this.#trace.initial.fingerprint) this.#differsFrom = 0;
    this.#monitor.checkInitial(after);
    for (const [position, step] of this.#trace.steps.entries()) {
      if (this.#decided !== undefined) break;
      copyState(after, before);
      const index = this.#compiled.find(takenBy(step)) as number;
      const enabled = this.#compiled.enabled(before, index);
      if (enabled !== true) {
        const guard = typeof enabled === 'string' ? enabled : 'its guard is false';
        return this.#outcome('diverged', position + 1, `${labelOf(takenBy(step))}: ${guard}`);
      }
      const { taken } = this.#compiled.instances[index] as ActionInstance;
      this.#taken.push(taken);
      this.#compiled.step(after, index);
      if (fingerprintText(after) !== step.fingerprint) this.#differsFrom ??= position + 1;
      this.#monitor.checkStep(before, after, taken);
      this.#monitor.checkState(after);
      if (this.#decided !== undefined)
        return this.#outcome('reproduced', position + 1, this.#decided);
    }
    if (this.#decided !== undefined) return this.#outcome('reproduced', 0, this.#decided);
    const { length } = this.#trace.steps;
    return this.#outcome('fixed', length, 'every step can be taken and the property holds');
  }

  #outcome(word: ReplayWord, step: number, reason: string): ReplayOutcome {
    const differs = this.#differsFrom === undefined ? {} : { differsFrom: this.#differsFrom };
    return { word, step, reason, ...differs };
  }
}
