import { DeclarationError } from '../declarationError.ts';
import { type Arguments, argumentsOf } from '../model/arguments.ts';
import { checkBudgets } from '../model/checkBudgets.ts';
import {
  type ActionKind,
  type AnyAction,
  type AnyModel,
  type Bounds,
  type Enabled,
  expectModel,
  type GuardScope,
  type Recorders,
  type StepScope,
} from '../model/model.ts';
import type { PropertyScope, TakenAction } from '../model/property.ts';
import { enabledOf, expectDone } from '../model/returnValues.ts';
import { addBlock, PLANES } from '../state/blocks.ts';
import { ByteTrace } from '../state/byteTrace.ts';
import type { Fields } from '../state/fields.ts';
import { type Fingerprint, fingerprintOf, formatFingerprint } from '../state/fingerprint.ts';
import { offsetsOf, scalarCode, sizeOf } from '../state/layout.ts';
import {
  type AnySchema,
  type AnyState,
  type BudgetFields,
  copyState,
  equalStates,
  type State,
} from '../state/schema.ts';
import { scopeOf } from '../state/viewObjects.ts';
import { crashMessage, ModelError, NondeterminismError, nondeterminismMessage } from './errors.ts';

/** A state with what code of the model is given of it: each kind of code what its type says, and no more. */
export interface ModelState extends AnyState {
  /** For guards, and what else an action says of a state. */
  readonly guardScope: GuardScope<Fields>;
  readonly stepScope: StepScope<Fields, Recorders<Fields>>;
  /** For properties, temporal ones too. */
  readonly propertyScope: PropertyScope<Fields, Fields>;
  /** For initial states. */
  readonly initialScope: State<Fields, Fields, BudgetFields>;
}

/** A model state that observes what is read of it. */
export interface ObservedModelState extends ModelState {
  readonly reads: Int32Array;
  readonly writes: Int32Array;
}

/** A model state whose views refuse what cannot be traced, and everything while its trace is closed. */
export interface StrictModelState extends ModelState {
  readonly trace: ByteTrace;
}

/** Of initial states that are no code of a model but a state: its words. */
const starts = new WeakMap<object, Uint32Array>();

/**
 * The model continued from a state of its own, in the bounds that are left there.
 *
 * @param given - Budgets that are something else than what is left.
 */
export function continuedFrom(
  model: AnyModel,
  from: Pick<ModelState, 'words'>,
  given: Bounds = {},
): AnyModel {
  const initialize = (): void => undefined;
  const start = model.schema.create();
  copyState(from, start);
  Object.assign(start.budget, given);
  const { budget, words } = start;
  starts.set(initialize, words);
  // The schema has these fields, which are numbers.
  const left = budget as Readonly<Record<string, number>>;
  const names = Object.keys(model.bounds);
  const bounds = Object.fromEntries(names.map(name => [name, left[name] as number]));
  return { ...model, bounds, initialStates: [initialize] };
}

/** How often simulation draws an action of a kind, where the action does not say it itself. */
const usualWeights: Readonly<Record<ActionKind, number>> = {
  protocol: 1,
  client: 1,
  recovery: 1,
  // Rare faults leave the system time to come far enough for a fault to matter.
  fault: 0.1,
};

const NO_INITIAL_STATE =
  'expected at least one function, such as () => {} where every field begins as declared';

/** One action with one choice of arguments: what a step of a run is. */
export interface ActionInstance {
  readonly action: AnyAction;
  /** How often simulation draws it, relative to others that are enabled. */
  readonly weight: number;
  readonly arguments: Arguments;
  readonly taken: TakenAction;
  /** The budget that the action spends, if it does. */
  readonly budget: StoredBudget | undefined;
}

/**
 * A model made ready for the engines: every action with every choice of arguments, in a fixed
 * order, each called by its number. All engines go through this one class.
 */
export class CompiledModel {
  readonly model: AnyModel;
  readonly schema: AnySchema;
  readonly instances: readonly ActionInstance[];
  /** The numbers of the instances that can ever be enabled: their budget starts above zero. */
  readonly live: Uint32Array;
  readonly #byLabel: ReadonlyMap<string, number>;

  /**
   * @throws ModelError when an initial state cannot be made; DeclarationError when the model is not written
   * as its type says, or begins with other budgets than its bounds say.
   */
  constructor(model: AnyModel) {
    expectModel(model);
    this.model = model;
    this.schema = model.schema;
    this.instances = model.actions.flatMap(action => {
      const budget = budgetOfAction(model.schema, action);
      return argumentsOf(action.params).map(choice => ({
        action,
        weight: action.weight ?? usualWeights[action.kind],
        arguments: choice,
        taken: { name: action.name, actor: actorOf(action, choice), params: choice.names },
        budget,
      }));
    });
    this.#byLabel = new Map(
      this.instances.map(({ taken }, index) => [labelOf(taken), index] as const),
    );
    this.live = this.#liveInstances();
  }

  /** The instances whose budget is not empty in every initial state. */
  #liveInstances(): Uint32Array {
    const most = this.#budgetsAtFirst();
    checkBudgets(this.model, most);
    return Uint32Array.from(
      [...this.instances.keys()].filter(index => {
        const { spends } = (this.instances[index] as ActionInstance).action;
        return spends === undefined || (most.get(spends) as number) > 0;
      }),
    );
  }

  /** Of each budget the most that an initial state has. */
  #budgetsAtFirst(): ReadonlyMap<string, number> {
    const names = Object.keys(this.schema.budget.fields);
    const most = new Map(names.map(name => [name, 0]));
    const [state, again] = [this.createState(), this.createState()];
    // The schema has these fields, which are numbers.
    const budget = state.budget as Readonly<Record<string, number>>;
    if (this.model.initialStates.length === 0) {
      throw DeclarationError.at(`model "${this.model.name}": initialStates`, NO_INITIAL_STATE);
    }
    for (const index of this.model.initialStates.keys()) {
      this.initialize(state, index);
      this.initialize(again, index);
      if (!equalStates(state, again)) {
        throw new NondeterminismError(nondeterminismMessage(`initialStates[${index}]`), []);
      }
      for (const name of names) {
        most.set(name, Math.max(most.get(name) as number, budget[name] as number));
      }
    }
    return most;
  }

  /** Of the live instances those of actions with these names; all if absent. */
  instancesOf(actions: ReadonlySet<string> | undefined): Uint32Array {
    if (actions === undefined) return this.live;
    return this.live.filter(index =>
      actions.has((this.instances[index] as ActionInstance).action.name),
    );
  }

  /** A new zeroed state, in memory of its own or in the words that are given. */
  createState(words?: Uint32Array): ModelState {
    const state = this.schema.create(words);
    return Object.assign(state, this.#scopesOf(state));
  }

  /** A new zeroed state that tells the trace what is read and written. */
  createTracedState(trace: ByteTrace): ModelState {
    const state = this.schema.createTraced(trace);
    return Object.assign(state, this.#scopesOf(state));
  }

  /**
   * A new zeroed state whose views refuse whatever an object cannot see for itself (see strictView.ts), as
   * those that are traced do, and which traces nothing for anybody.
   */
  createStrictState(): StrictModelState {
    const size = 4 * this.schema.wordLength;
    const trace = new ByteTrace(size, { read: [], from: 0 });
    return Object.assign(this.createTracedState(trace), { trace });
  }

  /** A new zeroed state that observes what is read of it. */
  createObservedState(): ObservedModelState {
    const state = this.schema.createObserved();
    return Object.assign(state, this.#scopesOf(state));
  }

  #scopesOf({
    protocol,
    ghost,
    budget,
    memory,
  }: AnyState): Pick<ModelState, 'guardScope' | 'stepScope' | 'propertyScope' | 'initialScope'> {
    // What is evaluated in a state must not change it: only steps and initial states may, see beginChange.
    memory.isWritable = false;
    const record = this.#recordersOn(ghost);
    return {
      guardScope: scopeOf({ protocol }),
      stepScope: scopeOf({ protocol, record }),
      propertyScope: scopeOf({ protocol, ghost }),
      initialScope: scopeOf({ protocol, ghost, budget }),
    };
  }

  #recordersOn(ghost: AnyState['ghost']): Recorders<Fields> {
    const bound = Object.entries(this.model.recorders).map(([name, recorder]) => [
      name,
      (...facts: unknown[]) => {
        const returned = (recorder as Recorder)(ghost, ...facts);
        if (returned !== undefined) expectDone(returned, `record.${name}`);
      },
    ]);
    return Object.freeze(Object.fromEntries(bound));
  }

  /** Marks what {@link enabled} reads by itself: the budget, which it does not read through views. */
  markBudget(index: number, reads: Int32Array): void {
    const { budget } = this.instances[index] as ActionInstance;
    if (budget === undefined) return;
    addBlock(reads, this.schema.blocks.ofByte[budget.at] as number);
  }

  /** The same for a trace. */
  traceBudget(index: number, trace: ByteTrace): void {
    const { budget } = this.instances[index] as ActionInstance;
    if (budget !== undefined) trace.reads(budget.at, budget.width);
  }

  /** The first byte of the budgets, and the one after their last. */
  budgetBytes(): readonly [start: number, end: number] {
    const budget = offsetsOf(this.schema.whole.fields).find(({ name }) => name === 'budget');
    return budget === undefined ? [0, 0] : [budget.offset, budget.offset + sizeOf(budget.field)];
  }

  /** The blocks that hold nothing but budgets. */
  budgetBlocks(): Int32Array {
    const { blocks, whole } = this.schema;
    const [start, end] = this.budgetBytes();
    const [inside, outside] = [new Int32Array(PLANES), new Int32Array(PLANES)];
    blocks.ofByte.forEach((block, at) => {
      if (at < sizeOf(whole)) addBlock(at >= start && at < end ? inside : outside, block);
    });
    return inside.map((word, plane) => word & ~(outside[plane] as number));
  }

  /**
   * Makes `state` the initial state with this number.
   *
   * @throws ModelError when the model's own code throws.
   */
  initialize(state: ModelState, index: number): void {
    const initialize = this.model.initialStates[index] as (
      scope: ModelState['initialScope'],
    ) => unknown;
    const start = starts.get(initialize);
    if (start !== undefined) {
      state.words.set(start);
      return;
    }
    state.words.fill(0);
    try {
      beginChange(state);
      expectDone(initialize(state.initialScope), `initialStates[${index}]`);
    } catch (cause) {
      throw new ModelError(crashMessage('the initial state', cause), [], cause);
    } finally {
      state.memory.isWritable = false;
    }
  }

  /** Whether the instance can be taken in `state`, or the guard that is false. */
  enabled(state: ModelState, index: number): Enabled {
    const { action, arguments: choice, budget } = this.instances[index] as ActionInstance;
    if (budget !== undefined && isSpent(state, budget)) return budget.spentText;
    const returned = action.enabled(state.guardScope, choice.values as never);
    return returned === true || returned === false ? returned : enabledOf(returned);
  }

  /** Takes the instance, which must be enabled, in `state`. */
  step(state: ModelState, index: number): void {
    const { action, arguments: choice } = this.instances[index] as ActionInstance;
    beginChange(state);
    try {
      if (action.spends !== undefined) {
        const budget = state.budget as Record<string, number>;
        budget[action.spends] = (budget[action.spends] as number) - 1;
      }
      const returned: unknown = action.step(state.stepScope, choice.values as never);
      if (returned !== undefined) expectDone(returned, 'step');
    } finally {
      state.memory.isWritable = false;
    }
  }

  /** The steps that these instances make. */
  stepsOf(instances: readonly number[]): TakenAction[] {
    return instances.map(index => (this.instances[index] as ActionInstance).taken);
  }

  /** How often each action was taken, from the counts of its instances. */
  actionCoverage(taken: Float64Array): Record<string, number> {
    const counts: Record<string, number> = {};
    this.instances.forEach(({ action }, index) => {
      counts[action.name] = (counts[action.name] ?? 0) + (taken[index] as number);
    });
    return counts;
  }

  /** The number of the instance with this name and these arguments, or undefined. */
  find(taken: Pick<TakenAction, 'name' | 'params'>): number | undefined {
    return this.#byLabel.get(labelOf(taken));
  }
}

/** Lets a state be changed through its views. Nobody has views of elements from before any more. */
function beginChange({ memory }: ModelState): void {
  memory.isWritable = true;
  memory.turn++;
}

type Recorder = (ghost: unknown, ...facts: unknown[]) => unknown;

function actorOf(action: AnyAction, choice: Arguments): string {
  const node = choice.names[action.actor];
  return typeof node === 'string' ? node : action.actor;
}

/** Where a budget is stored. Guards ask for it so often that they read the bytes themselves. */
interface StoredBudget {
  readonly at: number;
  readonly width: 1 | 2;
  readonly spentText: string;
}

function budgetOfAction(schema: AnySchema, { spends }: AnyAction): StoredBudget | undefined {
  const part = offsetsOf(schema.whole.fields).find(({ name }) => name === 'budget');
  const field = offsetsOf(schema.budget.fields).find(({ name }) => name === spends);
  const declared = spends === undefined ? undefined : schema.budget.fields[spends];
  if (part === undefined || field === undefined || declared === undefined) return undefined;
  const spentText = `no ${spends} are left in this scope`;
  return { at: part.offset + field.offset, width: scalarCode(declared).width, spentText };
}

/** A budget is stored as its distance from its least value, which is nothing left. */
function isSpent({ bytes }: ModelState, { at, width }: StoredBudget): boolean {
  return bytes[at] === 0 && (width === 1 || bytes[at + 1] === 0);
}

/** An action with its arguments as people read it: `copy(from=server-1, to=server-2)`. */
export function labelOf({ name, params }: Pick<TakenAction, 'name' | 'params'>): string {
  const given = Object.keys(params)
    .sort()
    .map(key => `${key}=${params[key] ?? 'none'}`);
  return `${name}(${given.join(', ')})`;
}

const scratch: Fingerprint = { low: 0, high: 0 };

/** The fingerprint of a state as trace files hold it. */
export function fingerprintText(state: { readonly words: Uint32Array }): string {
  fingerprintOf(state.words, scratch);
  return formatFingerprint(scratch);
}
