import { AsymmetryError } from '../core/asymmetry.ts';
import {
  type ActionInstance,
  type CompiledModel,
  labelOf,
  type ModelState,
} from '../core/compiledModel.ts';
import { errorAt, ModelError, NondeterminismError, nondeterminismMessage } from '../core/errors.ts';
import { evaluate } from '../core/evaluate.ts';
import type { StateTable } from '../core/stateTable.ts';
import type { AnyProperty, TakenAction } from '../model/property.ts';
import { Monitor } from '../results/monitor.ts';
import { copyState } from '../state/schema.ts';
import type { Finding } from './finding.ts';
import { Identity } from './identity.ts';
import { Paths } from './paths.ts';
import type { Failure } from './report.ts';

/** A property that is violated or reached, with the run that shows it. */
export interface ReconstructedRun {
  /** The false clause, or what was reached. */
  readonly clause: string;
  readonly initialState: number;
  readonly steps: readonly TakenAction[];
}

/** Turns findings into runs. */
export class Reconstruction {
  readonly #model: CompiledModel;
  readonly #properties: readonly AnyProperty[];
  readonly #identity: Identity;
  readonly #instances: Uint32Array;
  readonly #after: ModelState;

  constructor(
    model: CompiledModel,
    properties: readonly AnyProperty[],
    options: { readonly symmetry: boolean; readonly actions?: ReadonlySet<string> | undefined },
  ) {
    this.#model = model;
    this.#properties = properties;
    this.#identity = new Identity(model.schema, options.symmetry);
    this.#instances = model.instancesOf(options.actions);
    this.#after = model.createStrictState();
  }

  get isSymmetric(): boolean {
    return this.#identity.canonicalizer !== undefined;
  }

  /** The runs through the states of this table, of at most so many steps. */
  pathsIn(table: StateTable, mostSteps: number): Paths {
    return new Paths({
      model: this.#model,
      table,
      identity: this.#identity,
      instances: this.#instances,
      mostSteps,
    });
  }

  /**
   * The run that ends with what was found.
   *
   * @param action - The name of the action that its last step must be of; any if absent.
   */
  runTo(property: number, finding: Finding, paths: Paths, action?: string): ReconstructedRun {
    const claim = this.#properties[property] as AnyProperty;
    const { initialState, steps, state } = paths.to(finding);
    if (finding.instance < 0) {
      const clause = evaluate(claim, state);
      if (typeof clause === 'string') return { clause, initialState, steps };
    } else {
      for (const instance of this.#instances) {
        const taken = this.#take(state, instance);
        if (taken === undefined || (action !== undefined && taken.name !== action)) continue;
        const clause = evaluate(claim, this.#after, { before: state, taken });
        if (typeof clause === 'string') return { clause, initialState, steps: [...steps, taken] };
      }
    }
    const { name } = claim;
    if (this.isSymmetric) throw new AsymmetryError({ kind: 'property', name, nodes: [] });
    throw new NondeterminismError(nondeterminismMessage(`property "${name}"`), steps);
  }

  /**
   * The error that an expansion met, with the steps that lead there. Goals that were closed were not
   * evaluated in it, and are not here: one of them may throw where the expansion did not ask.
   */
  errorAt(failure: Failure, paths: Paths, closedGoals: ReadonlySet<number>): ModelError {
    // Of guards that are evaluated together it is not known which one failed.
    const instance = this.#model.instances[failure.instance];
    const last = instance === undefined ? [] : [instance.taken];
    if (failure.isNondeterminism) {
      return new NondeterminismError(failure.message, [...stepsTo(failure, paths), ...last]);
    }
    const { steps, state: reached } = paths.to(failure);
    // Code may have been refused to look past its views, which are strict where it is learned.
    const state = this.#model.createStrictState();
    copyState(reached, state);
    const evaluated = this.#properties.filter((_, index) => !closedGoals.has(index));
    for (const index of this.#instances) {
      const error = this.#errorOf(state, index, steps, evaluated);
      if (error !== undefined) return error;
    }
    return new ModelError(failure.message, [...steps, ...last]);
  }

  /** What an instance throws, or the properties on its step, or in the state after it. */
  #errorOf(
    state: ModelState,
    instance: number,
    steps: readonly TakenAction[],
    properties: readonly AnyProperty[],
  ): ModelError | undefined {
    const { taken } = this.#model.instances[instance] as ActionInstance;
    const path = [...steps, taken];
    try {
      if (this.#take(state, instance) === undefined) return undefined;
      const monitor = new Monitor(properties, { violated: () => undefined });
      monitor.checkStep(state, this.#after, taken);
      monitor.checkState(this.#after);
      return undefined;
    } catch (error) {
      return errorAt(error, `action ${labelOf(taken)}`, path);
    }
  }

  /** Takes an instance, if it is enabled. */
  #take(state: ModelState, instance: number): TakenAction | undefined {
    if (this.#model.enabled(state, instance) !== true) return undefined;
    copyState(state, this.#after);
    this.#model.step(this.#after, instance);
    return (this.#model.instances[instance] as ActionInstance).taken;
  }
}

/** The steps that lead to a failure, or none where not even those can be made again. */
function stepsTo(failure: Failure, paths: Paths): readonly TakenAction[] {
  try {
    return paths.to(failure).steps;
  } catch (error) {
    if (error instanceof ModelError || error instanceof AsymmetryError) return [];
    throw error;
  }
}
