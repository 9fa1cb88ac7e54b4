import { CompiledModel, labelOf, type ModelState } from '../../checker/core/compiledModel.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import { Monitor } from '../../checker/results/monitor.ts';
import { copyState } from '../../checker/state/schema.ts';

const mostSettlingSteps = 1000;

/**
 * A model that is played by hand, step by step. A step is written as traces print it, in any order
 * of arguments: `produce(leader=broker-1, acks=all)`. Every property is watched on the way.
 */
export class Script {
  readonly #model: CompiledModel;
  readonly #monitor: Monitor;
  readonly #before: ModelState;
  readonly #taken: string[] = [];
  readonly #broken: string[] = [];
  readonly #reached: string[] = [];
  protected readonly state: ModelState;

  constructor(model: AnyModel | CompiledModel, properties: readonly AnyProperty[] = []) {
    this.#model = model instanceof CompiledModel ? model : new CompiledModel(model);
    this.#before = this.#model.createState();
    this.state = this.#model.createState();
    this.#monitor = new Monitor(properties, {
      violated: ({ name }) => this.#broken.push(name),
      reached: ({ name }) => this.#reached.push(name),
    });
    this.#model.initialize(this.state, 0);
    this.#monitor.checkInitial(this.state);
  }

  /** The properties that the steps so far have broken, first things first. */
  get broken(): readonly string[] {
    return this.#broken;
  }
  /** The goals that the steps so far have reached. */
  get reached(): readonly string[] {
    return this.#reached;
  }
  /** The steps taken so far. */
  get steps(): readonly string[] {
    return this.#taken;
  }

  /**
   * Takes the steps in order.
   *
   * @throws Error naming the step that cannot be taken and the guard that is false.
   */
  take(...steps: readonly (string | readonly string[])[]): this {
    for (const step of steps.flat()) {
      const words = this.guard(step);
      if (words !== 'enabled') {
        throw new Error(`step ${this.#taken.length + 1}, ${step}: cannot be taken: ${words}`);
      }
      this.#step(this.#numberOf(step), step);
    }
    return this;
  }

  /**
   * Takes steps of the named actions, in the order of the model, until none of them changes
   * anything any more.
   */
  settle(names: readonly string[]): this {
    const candidates = this.#model.instances
      .map(({ action, taken }, index) => ({ name: action.name, label: labelOf(taken), index }))
      .filter(({ name }) => names.includes(name));
    for (let steps = 0; steps < mostSettlingSteps; steps++) {
      const next = candidates.find(({ index }) => this.#changesSomething(index));
      if (next === undefined) return this;
      this.#step(next.index, next.label);
    }
    throw new Error(`the model does not settle within ${mostSettlingSteps} steps`);
  }

  #changesSomething(index: number): boolean {
    if (this.#model.enabled(this.state, index) !== true) return false;
    copyState(this.state, this.#before);
    this.#model.step(this.#before, index);
    return this.#before.words.some((word, at) => word !== this.state.words[at]);
  }

  #step(index: number, label: string): void {
    copyState(this.state, this.#before);
    this.#model.step(this.state, index);
    this.#taken.push(label);
    const { taken } = this.#model.instances[index] ?? { taken: undefined };
    if (taken !== undefined) this.#monitor.checkStep(this.#before, this.state, taken);
    this.#monitor.checkState(this.state);
  }

  /** `enabled`, or the words of the guard that keeps the step from being taken now. */
  guard(step: string): string {
    const enabled = this.#model.enabled(this.state, this.#numberOf(step));
    if (enabled === true) return 'enabled';
    return enabled === false ? 'its guard is false' : enabled;
  }

  #numberOf(step: string): number {
    const index = this.#model.find(parseStep(step));
    if (index === undefined) throw new Error(`${step}: the model has no such action`);
    return index;
  }
}

/** Reads `name(key=value, key=value)`. */
export function parseStep(text: string): { name: string; params: Record<string, string> } {
  const [, name, list] = /^(\w+)\((.*)\)$/.exec(text.trim()) ?? [];
  if (name === undefined || list === undefined) {
    throw new Error(`${text}: expected a step such as fetch(follower=broker-2, leader=broker-1)`);
  }
  const pairs = list === '' ? [] : list.split(',').map(pair => pair.trim().split('='));
  const params = Object.fromEntries(pairs.map(([key, value]) => [key, value ?? '']));
  return { name, params };
}

/** The step as a trace prints it. */
export function step(name: string, params: Readonly<Record<string, string | number>>): string {
  return labelOf({ name, params });
}
