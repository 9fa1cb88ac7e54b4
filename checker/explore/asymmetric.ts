import type { AnyModel } from '../model/model.ts';
import type { AnyProperty, TakenAction } from '../model/property.ts';
import { type CompiledRenaming, RenamingCompiler } from '../state/permutation.ts';
import { copyState, equalStates } from '../state/schema.ts';
import {
  type ActionInstance,
  CompiledModel,
  fingerprintText,
  type ModelState,
} from './compiledModel.ts';
import { RandomSource } from './randomSource.ts';
import { type Exchange, exchanges } from './renamings.ts';

/** What treats two interchangeable nodes differently. */
export interface Asymmetry {
  readonly kind: 'property' | 'action';
  /** The property's name, or the action's. */
  readonly name: string;
  /** The two nodes, by name. */
  readonly nodes: readonly [string, string];
}

/** States looked at with every step from them, nearest first. */
const NEAR_STATES = 100;
/** Runs at random beyond those, and the most steps of each: what is far has other steps and shapes. */
const RUNS = 8;
const RUN_STEPS = 25;
const SEED = 20_261_122;

/**
 * Whether a property or an action tells nodes apart that the model declares interchangeable: then
 * a search that counts renamed states as one may leave out a violation. Returns the first that is found,
 * or undefined.
 *
 * It is a test, not a proof: up to 300 states, always the same, of which 100 are nearest to the initial
 * states and the others on eight runs at random, are compared with what they are when two nodes change
 * names, for each two of a type (all renamings are made of such exchanges). Invariants must say the same
 * of both; an instance must be enabled in one where the renamed one is in the other, and must lead to
 * states that are renamings of each other; properties of steps must say the same of both steps. What
 * names a node in every state, or at some common kind of step, is found at once. What does so only under
 * conditions that none of these states meets is not.
 *
 * The renamed states need not be ones that the model gets to: a search may go on from such a one in place
 * of the other, so it must be treated alike as well. Initial states may prefer nodes: if everything else
 * treats them alike, states that are renamings of each other have the same future, and one of them is
 * enough wherever the search begins.
 */
export function asymmetryOf(
  model: AnyModel,
  properties: readonly AnyProperty[],
): Asymmetry | undefined {
  const compiled = new CompiledModel(model);
  const interchangeable = exchanges(compiled).filter(({ type }) => type.interchangeable);
  if (interchangeable.length === 0) return undefined;
  const [first] = new Comparison(compiled, properties, interchangeable).asymmetries();
  return first;
}

/** The exchange of two nodes, for states and for instances. */
interface CompiledExchange extends Exchange {
  readonly states: CompiledRenaming;
  /** By instance: what it is after the exchange. */
  readonly instances: Uint32Array;
}

class Comparison {
  readonly #model: CompiledModel;
  readonly #invariants: readonly AnyProperty[];
  readonly #ofSteps: readonly AnyProperty[];
  readonly #exchanges: readonly CompiledExchange[];
  /** A step, the same step with two nodes exchanged, and what it ought to be. */
  readonly #before: ModelState;
  readonly #after: ModelState;
  readonly #renamedBefore: ModelState;
  readonly #renamedAfter: ModelState;
  readonly #expected: ModelState;

  constructor(
    model: CompiledModel,
    properties: readonly AnyProperty[],
    interchangeable: readonly Exchange[],
  ) {
    this.#model = model;
    const applicable = properties.filter(({ notApplicable }) => notApplicable === undefined);
    this.#invariants = applicable.filter(({ kind }) => kind === 'invariant');
    this.#ofSteps = applicable.filter(({ kind }) => kind !== 'invariant');
    const types = model.schema.nodeTypes.filter(type => type.interchangeable);
    const compiler = new RenamingCompiler(model.schema.whole, types);
    this.#exchanges = interchangeable.map(exchange => ({
      ...exchange,
      instances: Uint32Array.from(model.instances.keys(), exchange.rename),
      states: compiler.compile(
        types.map(type => (type === exchange.type ? exchanged(exchange) : [...type.all])),
      ),
    }));
    this.#before = model.createState();
    this.#after = model.createState();
    this.#renamedBefore = model.createState();
    this.#renamedAfter = model.createState();
    this.#expected = model.createState();
  }

  /** Every difference that is found, in a fixed order. */
  *asymmetries(): Generator<Asymmetry> {
    yield* this.#near();
    for (let run = 0; run < RUNS; run++) yield* this.#far(new RandomSource(SEED + run));
  }

  /** Compares the first states of a breadth-first search and all steps from them. */
  *#near(): Generator<Asymmetry> {
    const known = new Set<string>();
    const queue: Uint32Array[] = [];
    const arrive = (state: ModelState): void => {
      const text = fingerprintText(state);
      if (known.size >= NEAR_STATES || known.has(text)) return;
      known.add(text);
      queue.push(state.words.slice());
    };
    this.#model.model.initialStates.forEach((_, index) => {
      this.#model.initialize(this.#before, index);
      arrive(this.#before);
    });
    for (const words of queue) {
      this.#before.words.set(words);
      const enabled = this.#enabledIn(this.#before);
      yield* this.#compare(enabled, enabled);
      for (const instance of enabled) {
        if (this.#take(this.#before, this.#after, instance)) arrive(this.#after);
      }
    }
  }

  /** Compares the states and steps of a run at random. */
  *#far(random: RandomSource): Generator<Asymmetry> {
    const { initialStates } = this.#model.model;
    this.#model.initialize(this.#before, random.below(initialStates.length));
    for (let step = 0; step < RUN_STEPS; step++) {
      const enabled = this.#enabledIn(this.#before);
      const instance = enabled[random.below(enabled.length)];
      yield* this.#compare(enabled, instance === undefined ? [] : [instance]);
      if (instance === undefined) return;
      // An action that throws is for the search to report.
      if (!this.#take(this.#before, this.#after, instance)) return;
      copyState(this.#after, this.#before);
    }
  }

  /** Compares the state, in which these instances are enabled, and some steps from it. */
  *#compare(enabled: readonly number[], steps: readonly number[]): Generator<Asymmetry> {
    for (const exchange of this.#exchanges) {
      exchange.states.apply(this.#before, this.#renamedBefore);
      yield* this.#inState(exchange, enabled);
      for (const instance of steps) yield* this.#inStep(exchange, instance);
    }
  }

  /** Compares what is said of the state, and which instances are enabled there. */
  *#inState(exchange: CompiledExchange, enabled: readonly number[]): Generator<Asymmetry> {
    for (const property of this.#invariants) {
      const said = saidOf(property, this.#before);
      if (said !== saidOf(property, this.#renamedBefore)) {
        yield asymmetry('property', property, exchange);
      }
    }
    const expected = new Set(enabled.map(index => exchange.instances[index]));
    for (const index of this.#model.live) {
      if (this.#isEnabled(this.#renamedBefore, index) !== expected.has(index)) {
        yield asymmetry('action', this.#instance(index).action, exchange);
      }
    }
  }

  /** Compares what an instance, which is enabled, comes to, and what is said of the step. */
  *#inStep(exchange: CompiledExchange, index: number): Generator<Asymmetry> {
    const { action, taken } = this.#instance(index);
    const renamed = exchange.instances[index] as number;
    const isTaken = this.#take(this.#before, this.#after, index);
    const isTakenToo = this.#take(this.#renamedBefore, this.#renamedAfter, renamed);
    exchange.states.apply(this.#after, this.#expected);
    if (isTakenToo !== isTaken || !equalStates(this.#renamedAfter, this.#expected)) {
      yield asymmetry('action', action, exchange);
    }
    const takenToo = this.#instance(renamed).taken;
    for (const property of this.#ofSteps) {
      const said = saidOf(property, this.#before, this.#after, taken);
      const saidToo = saidOf(property, this.#renamedBefore, this.#renamedAfter, takenToo);
      if (said !== saidToo) yield asymmetry('property', property, exchange);
    }
  }

  #enabledIn(state: ModelState): number[] {
    return [...this.#model.live].filter(index => this.#isEnabled(state, index));
  }

  /** False where the guard throws, too: in states that the model never gets into it may. */
  #isEnabled(state: ModelState, index: number): boolean {
    return outcomeOf(() => this.#model.enabled(state, index) === true) === true;
  }

  /** Takes the instance; false if it throws. */
  #take(before: ModelState, after: ModelState, index: number): boolean {
    copyState(before, after);
    return outcomeOf(() => this.#model.step(after, index)) !== 'threw';
  }

  #instance(index: number): ActionInstance {
    return this.#model.instances[index] as ActionInstance;
  }
}

/** Where each node of the type goes. */
function exchanged({ type, nodes: [one, other] }: Exchange): number[] {
  return type.all.map(node => (node === one ? other : node === other ? one : node));
}

function asymmetry(
  kind: Asymmetry['kind'],
  { name }: { readonly name: string },
  { type, nodes: [one, other] }: Exchange,
): Asymmetry {
  return { kind, name, nodes: [type.nameOf(one), type.nameOf(other)] };
}

type Said = boolean | 'nothing' | 'threw';

/** What a property says of a state, or of a step; the words in which it does so may name nodes. */
function saidOf(
  property: AnyProperty,
  before: ModelState,
  after: ModelState = before,
  taken: TakenAction = noAction,
): Said {
  const [from, to] = [before.propertyScope, after.propertyScope];
  return outcomeOf((): Said => {
    switch (property.kind) {
      case 'invariant':
        if (property.when?.(from) === false) return 'nothing';
        return property.holds(from) === true;
      case 'step':
        if (property.when?.(from, to, taken) === false) return 'nothing';
        return property.holds(from, to, taken) === true;
      case 'sometimes':
        return property.reaches(from, to, taken);
    }
  });
}

const noAction: TakenAction = { name: '', actor: '', params: {} };

function outcomeOf<Outcome>(compute: () => Outcome): Outcome | 'threw' {
  try {
    return compute();
  } catch {
    return 'threw';
  }
}
