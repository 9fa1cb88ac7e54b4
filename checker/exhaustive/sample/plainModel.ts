import {
  type ActionInstance,
  type CompiledModel,
  labelOf,
  type ModelState,
} from '../../core/compiledModel.ts';
import { Evaluator, outcomesOf } from '../../core/evaluator.ts';
import type { StateKey } from '../../core/stateHash.ts';
import type { AnyProperty } from '../../model/property.ts';
import { ByteTrace } from '../../state/byteTrace.ts';
import { diffJson } from '../../state/diff.ts';
import { stateToJson } from '../../state/json.ts';
import { copyState } from '../../state/schema.ts';
import type { ExpanderOptions } from '../expander.ts';
import { Identity } from '../identity.ts';
import { StateRecords } from '../stateRecords.ts';
import { type ExpandedState, type Successor, THREW, thrownSuccessor } from './expandedState.ts';

/** How a model is computed. */
export interface PlainOptions extends Pick<ExpanderOptions, 'symmetry' | 'actions'> {
  /** The outcomes that other expanded states refer to, with which these are to be compared. */
  readonly outcomes?: readonly (readonly number[])[] | undefined;
}

/** A model and its properties as they are: nothing is learned of them. */
export class PlainModel {
  readonly properties: readonly AnyProperty[];
  /** Every different outcome of properties: an expanded state has the number of one. */
  readonly outcomes: (readonly number[])[];
  readonly #numbers: Map<string, number>;
  readonly #model: CompiledModel;
  readonly #instances: Uint32Array;
  readonly #identity: Identity;
  readonly #evaluator: Evaluator;
  readonly #records: StateRecords;
  /** The bytes that were read, in order: of the state before, and behind these of the one after. */
  readonly #read: number[] = [];
  readonly #traces: readonly [ByteTrace, ByteTrace];
  readonly #before: ModelState;
  readonly #after: ModelState;

  constructor(
    model: CompiledModel,
    properties: readonly AnyProperty[],
    { symmetry, actions, outcomes = [] }: PlainOptions,
  ) {
    this.properties = properties;
    this.outcomes = [...outcomes];
    this.#numbers = new Map(this.outcomes.map((outcome, number) => [outcome.join(), number]));
    this.#model = model;
    this.#instances = model.instancesOf(actions);
    this.#identity = new Identity(model.schema, symmetry);
    this.#evaluator = new Evaluator(properties);
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
  /** Guards and properties that are evaluated at most in one state, but for those on steps. */
  get evaluations(): number {
    return this.#instances.length + this.properties.length;
  }

  /** The initial states, in their order. */
  initialKeys(): StateKey[] {
    return this.#model.model.initialStates.map((_, index) => {
      this.#model.initialize(this.#after, index);
      return this.#keyAfter();
    });
  }

  /** What the model does in the state of the record at this word. */
  expand(records: Uint32Array, at: number): ExpandedState {
    this.#records.read(records, at, this.#before.bytes);
    this.#clearReads();
    const outcome = this.#outcome(this.#evaluator.invariants, index =>
      this.#evaluator.inState(index, this.#before),
    );
    const ofInvariants = this.#reads;
    let ofGuards = 0;
    const steps: number[] = [];
    for (const instance of this.#instances) {
      this.#clearReads();
      const isEnabled = this.#isEnabled(instance);
      ofGuards = mixed(ofGuards, this.#reads);
      if (isEnabled === false) continue;
      const step = isEnabled === undefined ? thrownSuccessor : this.#step(instance);
      steps.push(instance, step.low, step.high, step.outcome, step.reads);
    }
    return [outcome, ofInvariants, ofGuards, ...steps];
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

  /** Begins to note what is read. */
  #clearReads(): void {
    for (const trace of this.#traces) trace.clear();
    this.#read.length = 0;
  }

  /** A number for what was read since. */
  get #reads(): number {
    return this.#read.reduce(mixed, this.#read.length);
  }

  /** Whether an instance is enabled in the state before; undefined where its guard throws. */
  #isEnabled(instance: number): boolean | undefined {
    try {
      return this.#model.enabled(this.#before, instance) === true;
    } catch {
      return undefined;
    }
  }

  /** What an instance does that is enabled in the state before. */
  #step(instance: number): Successor {
    this.#clearReads();
    copyState(this.#before, this.#after);
    try {
      this.#model.step(this.#after, instance);
    } catch {
      return thrownSuccessor;
    }
    const ofStep = this.#reads;
    this.#clearReads();
    const { taken } = this.#model.instances[instance] as ActionInstance;
    const states = { before: this.#before, after: this.#after };
    const outcome = this.#outcome(this.#evaluator.onSteps, index =>
      this.#evaluator.onStep(index, states, taken),
    );
    return { ...this.#keyAfter(), outcome, reads: mixed(ofStep, this.#reads) };
  }

  #keyAfter(): StateKey {
    const { low, high } = this.#identity.of(this.#after);
    return { low: low | 0, high: high | 0 };
  }

  /** The number of an outcome, which is a new one if there was none like it. */
  #outcome(indices: readonly number[], evaluate: (index: number) => number): number {
    try {
      const outcome = outcomesOf(indices, evaluate);
      const key = outcome.join();
      const known = this.#numbers.get(key);
      if (known !== undefined) return known;
      this.#numbers.set(key, this.outcomes.length);
      return this.outcomes.push(outcome) - 1;
    } catch {
      return THREW;
    }
  }
}

/** One number for two, which another two hardly have. */
function mixed(number: number, more: number): number {
  return Math.imul(number ^ more, 0x9e3779b1) ^ (number >>> 15);
}
