import {
  type ActionInstance,
  type CompiledModel,
  labelOf,
  type ModelState,
} from '../../core/compiledModel.ts';
import { Judge, saidBy } from '../../core/judge.ts';
import type { AnyProperty } from '../../model/property.ts';
import { ByteTrace } from '../../state/byteTrace.ts';
import { diffJson } from '../../state/diff.ts';
import { stateToJson } from '../../state/json.ts';
import { copyState } from '../../state/schema.ts';
import type { ExpanderOptions } from '../expander.ts';
import { Identity } from '../identity.ts';
import { StateRecords } from '../stateRecords.ts';
import type { StateKey } from '../stateTable.ts';
import { type Conduct, type ConductOfStep, THREW, thrownStep } from './conduct.ts';

/** How a model is computed. */
export interface PlainOptions extends Pick<ExpanderOptions, 'symmetry' | 'actions'> {
  /** The answers that conducts refer to with which others are to be compared. */
  readonly answers?: readonly (readonly number[])[] | undefined;
}

/** A model and its properties as they are: nothing is learned of them. */
export class PlainModel {
  readonly properties: readonly AnyProperty[];
  /** Every different answer of properties: a conduct has the number of an answer. */
  readonly answers: (readonly number[])[];
  readonly #numbers: Map<string, number>;
  readonly #model: CompiledModel;
  readonly #instances: Uint32Array;
  readonly #identity: Identity;
  readonly #judge: Judge;
  readonly #records: StateRecords;
  /** The bytes that were looked at, in order: of the state before, and behind these of the one after. */
  readonly #read: number[] = [];
  readonly #traces: readonly [ByteTrace, ByteTrace];
  readonly #before: ModelState;
  readonly #after: ModelState;

  constructor(
    model: CompiledModel,
    properties: readonly AnyProperty[],
    { symmetry, actions, answers = [] }: PlainOptions,
  ) {
    this.properties = properties;
    this.answers = [...answers];
    this.#numbers = new Map(this.answers.map((answer, number) => [answer.join(), number]));
    this.#model = model;
    this.#instances = model.instancesOf(actions);
    this.#identity = new Identity(model.schema, symmetry);
    this.#judge = new Judge(properties);
    this.#records = new StateRecords(model.schema);
    const size = model.schema.wordLength * Uint32Array.BYTES_PER_ELEMENT;
    const traceFrom = (from: number): ByteTrace => new ByteTrace(size, { read: this.#read, from });
    this.#traces = [traceFrom(0), traceFrom(size)];
    this.#before = model.createTracedState(this.#traces[0]);
    this.#after = model.createTracedState(this.#traces[1]);
  }

  /** Words of a record. */
  get recordLength(): number {
    return this.#records.wordLength;
  }
  /** Guards and properties that are asked at most in one state, but for those on steps. */
  get questions(): number {
    return this.#instances.length + this.properties.length;
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
    this.#lookAnew();
    const said = this.#said(this.#judge.invariants, place =>
      this.#judge.state(place, this.#before),
    );
    const ofInvariants = this.#looks;
    let ofGuards = 0;
    const steps: number[] = [];
    for (const instance of this.#instances) {
      this.#lookAnew();
      const isEnabled = this.#isEnabled(instance);
      ofGuards = mixed(ofGuards, this.#looks);
      if (isEnabled === false) continue;
      const step = isEnabled === undefined ? thrownStep : this.#step(instance);
      steps.push(instance, step.low, step.high, step.said, step.looks);
    }
    return [said, ofInvariants, ofGuards, ...steps];
  }

  /** An instance as people read it. */
  labelOf(instance: number): string {
    return labelOf((this.#model.instances[instance] as ActionInstance).taken);
  }

  /** The state of a record in words: what is not as in the first initial state. */
  inWords(records: Uint32Array, at: number): string {
    const { schema } = this.#model;
    this.#model.initialize(this.#after, 0);
    this.#records.read(records, at, this.#before.bytes);
    const changes = diffJson(stateToJson(schema, this.#after), stateToJson(schema, this.#before));
    if (changes.length === 0) return 'the initial state';
    const values = changes.map(({ path, after }) => `${path}=${JSON.stringify(after)}`);
    return `the state with ${values.join(', ')}`;
  }

  /** Begins to note what is looked at. */
  #lookAnew(): void {
    for (const trace of this.#traces) trace.clear();
    this.#read.length = 0;
  }

  /** A number for what was looked at since. */
  get #looks(): number {
    return this.#read.reduce(mixed, this.#read.length);
  }

  /** Whether an instance is enabled in the state before; undefined where asking throws. */
  #isEnabled(instance: number): boolean | undefined {
    try {
      return this.#model.enabled(this.#before, instance) === true;
    } catch {
      return undefined;
    }
  }

  /** What an instance does that is enabled in the state before. */
  #step(instance: number): ConductOfStep {
    this.#lookAnew();
    copyState(this.#before, this.#after);
    try {
      this.#model.step(this.#after, instance);
    } catch {
      return thrownStep;
    }
    const ofStep = this.#looks;
    this.#lookAnew();
    const { taken } = this.#model.instances[instance] as ActionInstance;
    const states = { before: this.#before, after: this.#after };
    const said = this.#said(this.#judge.onSteps, place => this.#judge.step(place, states, taken));
    return { ...this.#keyAfter(), said, looks: mixed(ofStep, this.#looks) };
  }

  #keyAfter(): StateKey {
    const { low, high } = this.#identity.of(this.#after);
    return { low: low | 0, high: high | 0 };
  }

  /** The number of an answer, which is a new one if there was none like it. */
  #said(places: readonly number[], ask: (place: number) => number): number {
    try {
      const answer = saidBy(places, ask);
      const key = answer.join();
      const known = this.#numbers.get(key);
      if (known !== undefined) return known;
      this.#numbers.set(key, this.answers.length);
      return this.answers.push(answer) - 1;
    } catch {
      return THREW;
    }
  }
}

/** One number for two, which another two hardly have. */
function mixed(number: number, more: number): number {
  return Math.imul(number ^ more, 0x9e3779b1) ^ (number >>> 15);
}
