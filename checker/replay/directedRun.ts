import {
  type ActionInstance,
  CompiledModel,
  fingerprintText,
  labelOf,
  type ModelState,
} from '../core/compiledModel.ts';
import { errorAt } from '../core/errors.ts';
import { checkProperties } from '../model/checkProperty.ts';
import type { AnyModel } from '../model/model.ts';
import type { AnyProperty, TakenAction } from '../model/property.ts';
import type { Specification } from '../model/specification.ts';
import { Monitor } from '../results/monitor.ts';
import type { Fields } from '../state/fields.ts';
import { type BudgetFields, copyState, type Schema } from '../state/schema.ts';
import type { ReadonlyRecordView } from '../state/viewTypes.ts';
import type { TraceFile } from '../trace/traceFile.ts';
import { recordTrace } from './record.ts';

const MOST_SETTLING_STEPS = 1000;

/**
 * A model that is played by hand, step by step, to see what comes of it. A step is written as traces print it, in
 * any order of arguments: `fetch(from=server-2, to=server-1)`. Every property is watched on the way.
 */
export class DirectedRun<P extends Fields = Fields, G extends Fields = Fields> {
  readonly #model: CompiledModel;
  readonly #properties: readonly AnyProperty[];
  readonly #initialState: number;
  readonly #monitor: Monitor;
  readonly #before: ModelState;
  readonly #state: ModelState;
  readonly #taken: TakenAction[] = [];
  /** The states that it has been in, by fingerprint. */
  readonly #seen = new Set<string>();
  /** What was broken or reached, first things first: the false clause, and after how many steps. */
  readonly #found = new Map<string, { readonly clause: string; readonly after: number }>();
  readonly #broken: string[] = [];
  readonly #reached: string[] = [];

  /** @param initialState - Which initial state of the model it begins in. */
  constructor(
    model: AnyModel | CompiledModel,
    properties: readonly AnyProperty[] = [],
    initialState = 0,
  ) {
    this.#model = model instanceof CompiledModel ? model : new CompiledModel(model);
    checkProperties(this.#model.model.name, properties, 'state');
    this.#properties = properties;
    this.#initialState = initialState;
    this.#before = this.#model.createState();
    this.#state = this.#model.createState();
    this.#monitor = new Monitor(properties, {
      violated: ({ name }, clause) => this.#note(this.#broken, name, clause),
      reached: ({ name }, clause) => this.#note(this.#reached, name, clause),
    });
    this.#model.initialize(this.#state, initialState);
    this.#seen.add(fingerprintText(this.#state));
    this.#monitor.checkInitial(this.#state);
  }

  #note(names: string[], name: string, clause: string): void {
    names.push(name);
    this.#found.set(name, { clause, after: this.#taken.length });
  }

  /** What the protocol knows now. It changes with the next step. */
  get protocol(): ReadonlyRecordView<P> {
    // The state is one of the schema that the run is typed by.
    return this.#state.protocol as unknown as ReadonlyRecordView<P>;
  }
  /** What really happened until now. It changes with the next step. */
  get ghost(): ReadonlyRecordView<G> {
    return this.#state.ghost as unknown as ReadonlyRecordView<G>;
  }
  /** The properties that the steps so far have broken, first things first. */
  get broken(): readonly string[] {
    return this.#broken;
  }
  /** The goals that the steps so far have reached. */
  get reached(): readonly string[] {
    return this.#reached;
  }
  /** The steps taken so far, as traces print them. */
  get steps(): readonly string[] {
    return this.#taken.map(labelOf);
  }

  /** The same, with their arguments. */
  get taken(): readonly TakenAction[] {
    return this.#taken;
  }

  /**
   * Takes the steps in order.
   *
   * @throws Error naming the step that cannot be taken and the guard that is false; ModelError when the
   * model crashes, with the steps that lead there.
   */
  take(...steps: readonly (string | readonly string[])[]): this {
    for (const step of steps.flat()) {
      const words = this.guard(step);
      if (words !== 'enabled') {
        throw new Error(`step ${this.#taken.length + 1}, ${step}, cannot be taken: ${words}`);
      }
      this.#step(this.#numberOf(step) as number);
    }
    return this;
  }

  /**
   * Takes steps of the named actions, in the order of the model, until none of them changes
   * anything any more.
   *
   * @throws Error when they do not come to an end.
   */
  settle(names: readonly string[]): this {
    const candidates = [...this.#model.instances.keys()].filter(index =>
      names.includes(this.#instance(index).action.name),
    );
    for (let steps = 0; steps < MOST_SETTLING_STEPS; steps++) {
      const next = candidates.find(index => this.#changesSomething(index));
      if (next === undefined) return this;
      this.#step(next);
    }
    throw new Error(`the model does not settle within ${MOST_SETTLING_STEPS} steps`);
  }

  /** `enabled`, or the words of the guard that keeps the step from being taken now. */
  guard(step: string): string {
    const index = this.#numberOf(step);
    if (index === undefined) return this.#whyUnknown(step);
    const enabled = this.#model.enabled(this.#state, index);
    if (enabled === true) return 'enabled';
    return enabled === false ? 'its guard is false' : enabled;
  }

  /**
   * The trace of the steps until a property broke, or a goal was reached.
   *
   * @throws Error when that has not happened.
   */
  trace(name: string): TraceFile {
    const found = this.#found.get(name);
    const property = this.#properties.find(one => one.name === name);
    if (found === undefined || property === undefined) {
      throw new Error(`"${name}" is neither broken nor reached by these steps`);
    }
    const steps = this.#taken.slice(0, found.after);
    const run = { property, clause: found.clause, initialState: this.#initialState, steps };
    return recordTrace(this.#model.model, run, {
      engine: 'script',
      distinctStates: this.#seen.size,
      generatedStates: this.#taken.length + 1,
      depth: this.#taken.length,
      shortest: false,
    });
  }

  #changesSomething(index: number): boolean {
    if (this.#model.enabled(this.#state, index) !== true) return false;
    copyState(this.#state, this.#before);
    this.#model.step(this.#before, index);
    return this.#before.words.some((word, at) => word !== this.#state.words[at]);
  }

  #step(index: number): void {
    const { taken } = this.#instance(index);
    copyState(this.#state, this.#before);
    this.#taken.push(taken);
    try {
      this.#model.step(this.#state, index);
      this.#seen.add(fingerprintText(this.#state));
      this.#monitor.checkStep(this.#before, this.#state, taken);
      this.#monitor.checkState(this.#state);
    } catch (error) {
      throw errorAt(error, `step ${this.#taken.length}, ${labelOf(taken)}`, this.#taken);
    }
  }

  /** What is wrong with a step that no action is. */
  #whyUnknown(step: string): string {
    const read = readStep(step);
    if (read === undefined) return 'it is not written as name(parameter=value)';
    const own = this.#model.instances.filter(({ action }) => action.name === read.name);
    const [first] = own;
    if (first === undefined) return 'there is no such action';
    const wanted = Object.keys(first.taken.params);
    const given = Object.keys(read.params);
    const missing = wanted.filter(name => !given.includes(name));
    if (missing.length > 0) return `it has no argument ${missing.join(', ')}`;
    const unknown = given.filter(name => !wanted.includes(name));
    if (unknown.length > 0) return `there is no parameter ${unknown.join(', ')}`;
    const wrong = given.find(name =>
      own.every(({ taken }) => textOf(taken.params[name]) !== read.params[name]),
    );
    if (wrong === undefined) return 'these arguments do not go together';
    const choices = [...new Set(own.map(({ taken }) => textOf(taken.params[wrong])))];
    return `${wrong} is one of ${choices.join(', ')}`;
  }

  #instance(index: number): ActionInstance {
    return this.#model.instances[index] as ActionInstance;
  }

  #numberOf(step: string): number | undefined {
    const read = readStep(step);
    return read === undefined ? undefined : this.#model.find(read);
  }
}

/**
 * Plays a model by hand: `directedRun(schema, specification).take('acquire(client=client-1)')`.
 *
 * @param _schema - That of the model, for the types of its state.
 */
export function directedRun<P extends Fields, G extends Fields, B extends BudgetFields>(
  _schema: Schema<P, G, B>,
  { model, properties }: Pick<Specification, 'model'> & Partial<Specification>,
): DirectedRun<P, G> {
  return new DirectedRun<P, G>(model, properties);
}

/** An argument as labels write it. */
function textOf(value: string | number | null | undefined): string {
  return String(value ?? 'none');
}

/** Reads `name(key=value, key=value)`; undefined where it is something else. */
export function readStep(
  text: string,
): { readonly name: string; readonly params: Readonly<Record<string, string>> } | undefined {
  const [, name, list] = /^([\w.-]+)\((.*)\)$/.exec(text.trim()) ?? [];
  if (name === undefined || list === undefined) return undefined;
  const pairs = list.split(',').filter(pair => pair.trim() !== '');
  const params = pairs.map(pair => {
    const [key = '', ...value] = pair.split('=');
    return [key.trim(), value.join('=').trim()] as const;
  });
  return { name, params: Object.fromEntries(params) };
}
