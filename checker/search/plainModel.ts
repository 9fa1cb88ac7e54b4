import {
  type ActionInstance,
  type CompiledModel,
  labelOf,
  type ModelState,
} from '../explore/compiledModel.ts';
import type { AnyProperty } from '../model/property.ts';
import { diffJson } from '../state/diff.ts';
import { stateToJson } from '../state/json.ts';
import { copyState } from '../state/schema.ts';
import { Identity } from './identity.ts';
import { Judge } from './judge.ts';
import { StateRecords } from './stateRecords.ts';
import type { StateKey } from './stateTable.ts';

/**
 * What a model does in a state, as numbers: what invariants say there, and then four for each instance
 * that is enabled: itself, the two halves of the hash that it leads to, and what properties say of the step.
 */
export type Conduct = readonly number[];

/** What one instance does in a state. */
interface ConductOfStep extends StateKey {
  readonly said: number;
}

const STEP = 4;
/** In place of what is said: code of the model or of a property threw. */
const THREW = -1;

/** A model and its properties as they are, computed each time. */
export class PlainModel {
  readonly #model: CompiledModel;
  readonly #properties: readonly AnyProperty[];
  readonly #instances: Uint32Array;
  readonly #identity: Identity;
  readonly #judge: Judge;
  readonly #records: StateRecords;
  readonly #before: ModelState;
  readonly #after: ModelState;
  /** Every different answer of properties: a conduct has the number of an answer. */
  readonly answers: (readonly number[])[];
  readonly #numbers: Map<string, number>;

  /** @param answers - Those that conducts refer to with which others are to be compared. */
  constructor(
    model: CompiledModel,
    properties: readonly AnyProperty[],
    options: {
      readonly symmetry: boolean;
      readonly actions?: ReadonlySet<string> | undefined;
      readonly answers?: readonly (readonly number[])[] | undefined;
    },
  ) {
    this.#model = model;
    this.#properties = properties;
    this.#instances = model.instancesOf(options.actions);
    this.#identity = new Identity(model.schema, options.symmetry);
    this.#judge = new Judge(properties);
    this.#records = new StateRecords(model.schema);
    this.#before = model.createState();
    this.#after = model.createState();
    this.answers = [...(options.answers ?? [])];
    this.#numbers = new Map(this.answers.map((answer, number) => [answer.join(), number]));
  }

  /** Words of a record. */
  get recordLength(): number {
    return this.#records.wordLength;
  }
  /** Guards and properties that are asked at most in one state, but for those on steps. */
  get questions(): number {
    return this.#instances.length + this.#properties.length;
  }

  /** The initial states, in their order. */
  initialKeys(): StateKey[] {
    return this.#model.model.initialStates.map((_, index) => {
      this.#model.initialize(this.#after, index);
      return this.#keyAfter();
    });
  }

  /** What is done in the state of the record at this word. */
  conductAt(records: Uint32Array, at: number): Conduct {
    this.#records.read(records, at, this.#before.bytes);
    const conduct = [this.#said(() => this.#judge.state(this.#before))];
    for (const instance of this.#instances) {
      const step = this.#step(instance);
      if (step !== undefined) conduct.push(instance, step.low, step.high, step.said);
    }
    return conduct;
  }

  /** Where the steps of a conduct lead, as far as they could be taken. */
  successorsIn(conduct: Conduct): StateKey[] {
    return [...stepsIn(conduct).values()].filter(({ said }) => said !== THREW);
  }

  /** The first difference between what was done in a state and what is done there, in words. */
  differenceAt(records: Uint32Array, at: number, was: Conduct): string | undefined {
    const is = this.conductAt(records, at);
    if (was.length === is.length && was.every((number, index) => number === is[index])) {
      return undefined;
    }
    const said = this.#changeOfAnswer(was[0] as number, is[0] as number);
    if (said !== undefined) return said;
    const [before, now] = [stepsIn(was), stepsIn(is)];
    for (const instance of this.#instances) {
      const change = this.#changeOfStep(before.get(instance), now.get(instance));
      if (change !== undefined) return `${this.#labelOf(instance)} ${change}`;
    }
    return 'the model does something else';
  }

  /** The state of a record in words: what is not as in the first initial state. */
  inWords(records: Uint32Array, at: number): string {
    const { schema } = this.#model;
    this.#model.initialize(this.#after, 0);
    this.#records.read(records, at, this.#before.bytes);
    const [initial, state] = [this.#after, this.#before].map(each => stateToJson(schema, each));
    const changes = diffJson(initial ?? null, state ?? null);
    if (changes.length === 0) return 'the initial state';
    const values = changes.map(({ path, after }) => `${path}=${JSON.stringify(after)}`);
    return `the state with ${values.join(', ')}`;
  }

  /** What an instance does in the state before, if it is enabled. */
  #step(instance: number): ConductOfStep | undefined {
    try {
      if (this.#model.enabled(this.#before, instance) !== true) return undefined;
      copyState(this.#before, this.#after);
      this.#model.step(this.#after, instance);
    } catch {
      return { low: 0, high: 0, said: THREW };
    }
    const { taken } = this.#model.instances[instance] as ActionInstance;
    const states = { before: this.#before, after: this.#after };
    const said = this.#said(() => this.#judge.step(states, taken));
    return { ...this.#keyAfter(), said };
  }

  #keyAfter(): StateKey {
    const { low, high } = this.#identity.of(this.#after);
    return { low: low | 0, high: high | 0 };
  }

  #said(ask: () => readonly number[]): number {
    try {
      return this.#numberOf(ask());
    } catch {
      return THREW;
    }
  }

  #numberOf(answer: readonly number[]): number {
    const key = answer.join();
    const known = this.#numbers.get(key) ?? this.answers.length;
    if (known === this.answers.length) {
      this.answers.push(answer);
      this.#numbers.set(key, known);
    }
    return known;
  }

  #labelOf(instance: number): string {
    return labelOf((this.#model.instances[instance] as ActionInstance).taken);
  }

  #changeOfStep(was: ConductOfStep | undefined, is: ConductOfStep | undefined): string | undefined {
    if (was === undefined) return is === undefined ? undefined : 'could not be taken, and can now';
    if (is === undefined) return 'could be taken, and cannot now';
    if (was.low !== is.low || was.high !== is.high) return 'led to another state than it does now';
    const said = this.#changeOfAnswer(was.said, is.said);
    return said === undefined ? undefined : `is another step to properties: ${said}`;
  }

  #changeOfAnswer(was: number, is: number): string | undefined {
    if (was === is) return undefined;
    const [before, now] = [was, is].map(number => this.answers[number]);
    if (before === undefined || now === undefined) {
      return `code ${was === THREW ? 'threw an error, and does not now' : 'throws an error now'}`;
    }
    for (const [place, property] of this.#properties.entries()) {
      const [wasSaid, isSaid] = [before, now].map(answer => saidOf(property, place, answer));
      if (wasSaid !== isSaid) return `property "${property.name}" ${wasSaid}, and ${isSaid} now`;
    }
    return undefined;
  }
}

function stepsIn(conduct: Conduct): Map<number, ConductOfStep> {
  const steps = new Map<number, ConductOfStep>();
  for (let at = 1; at < conduct.length; at += STEP) {
    const [instance = 0, low = 0, high = 0, said = 0] = conduct.slice(at, at + STEP);
    steps.set(instance, { low, high, said });
  }
  return steps;
}

function saidOf({ kind }: AnyProperty, place: number, answer: readonly number[]): string {
  if (answer.includes(2 * place + 1)) return kind === 'sometimes' ? 'is reached' : 'is violated';
  return answer.includes(2 * place) ? 'holds' : 'says nothing';
}
