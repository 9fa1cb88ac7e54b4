import type { ActionInstance, CompiledModel, ModelState } from '../core/compiledModel.ts';
import type { AnyAction } from '../model/model.ts';
import { enabledOf, isTrue } from '../model/returnValues.ts';

/**
 * Weak fairness: an instance that can be taken from some time on for ever is taken again and again.
 * Strong fairness: so is one that can be taken again and again. That of an action is said by the action, or
 * follows from its kind.
 */
export class Fairness {
  /** By instance: 1 if it is fair, weakly or strongly. */
  readonly isFair: Uint8Array;
  /** By instance: 1 if it is strongly fair. */
  readonly isStrong: Uint8Array;
  /** The instances that may have to wait for no other reason than the bounds of the scope. */
  readonly bounded: readonly number[];
  /** The actions that have said of themselves that only a bound holds them back. */
  readonly #saying = new Set<string>();
  readonly #instances: readonly ActionInstance[];
  readonly #model: CompiledModel;

  constructor(model: CompiledModel) {
    this.#model = model;
    this.#instances = model.instances;
    this.isFair = Uint8Array.from(model.instances, ({ action: { fair, kind } }) =>
      (fair ?? (kind === 'protocol' || kind === 'recovery')) ? 1 : 0,
    );
    this.isStrong = Uint8Array.from(model.instances, ({ action }) =>
      action.fair === 'strong' ? 1 : 0,
    );
    this.bounded = [...model.instances.keys()].filter(index => {
      const { action, budget } = this.#instances[index] as ActionInstance;
      const isBounded = budget !== undefined || action.heldBack !== undefined;
      return isBounded && this.isFair[index] === 1;
    });
  }

  /** Those actions, in the order of the model. */
  get saidHeldBack(): readonly string[] {
    return this.#model.model.actions.map(({ name }) => name).filter(name => this.#saying.has(name));
  }

  /**
   * Whether an instance is fair only elsewhere: it may be taken here, but not for ever, and it does not
   * have to be.
   */
  isEarly(state: ModelState, index: number): boolean {
    const { action, arguments: choice } = this.#instances[index] as ActionInstance;
    if (action.due === undefined || this.isFair[index] === 0) return false;
    return !isTrue(action.due(state.guardScope, choice.values as never), 'due');
  }

  /**
   * Whether a {@link bounded} instance cannot be taken in a state, but could without the bounds of the
   * scope: its budget is spent, or its action says that it is held back.
   */
  isHeldBack(state: ModelState, index: number): boolean {
    if (this.#model.enabled(state, index) === true) return false;
    const { action, arguments: choice } = this.#instances[index] as ActionInstance;
    const values = choice.values as never;
    const isOverspent =
      action.spends !== undefined && enabledOf(action.enabled(state.guardScope, values)) === true;
    const isBounded = isOverspent || this.#saysHeldBack(action, state, values);
    return isBounded && !this.isEarly(state, index);
  }

  #saysHeldBack(action: AnyAction, state: ModelState, values: never): boolean {
    if (action.heldBack === undefined) return false;
    const says = isTrue(action.heldBack(state.guardScope, values), 'heldBack');
    if (says) this.#saying.add(action.name);
    return says;
  }
}
