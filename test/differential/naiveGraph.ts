import {
  type DrawnAction,
  type DrawnDomain,
  type DrawnField,
  type DrawnModel,
  type DrawnParams,
  type DrawnVariants,
  functionsOf,
  type ModelFunctions,
} from './drawnModel.ts';
import { type Data, elementOf, isLike, kindOf, seenAs, valuesOf } from './naiveKeyed.ts';
import { initialRecord, NaiveViews } from './naiveState.ts';

/** An action with arguments. */
export interface NaiveInstance {
  readonly action: number;
  readonly name: string;
  readonly actor: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Of those that are to be in the state: as it has them. */
  readonly present: readonly { readonly field: string; readonly item: Data }[];
  /** The arguments as traces name them. */
  readonly names: Readonly<Record<string, number | string | null>>;
}

/** What one property says: it does not apply, it holds (or is not reached), is broken (or reached), or throws. */
export type Said = 'nothing' | 'fine' | 'found' | Thrown;
/** That code threw: the name of the error, and whose code it was. */
export interface Thrown {
  readonly error: string;
  readonly by: string;
}
export const threw = (said: unknown): said is Thrown => typeof said === 'object';

export interface NaiveStep {
  readonly instance: number;
  /** Where it leads, or what the action throws. */
  readonly to: number | Thrown;
  /** By property; for invariants nothing. */
  said: readonly Said[];
}
export interface NaiveState {
  readonly key: string;
  /** Steps of a shortest run to it. */
  readonly depth: number;
  /** By property; only of invariants. */
  said: readonly Said[];
  readonly steps: NaiveStep[];
  /** What guards throw. */
  readonly thrown: Thrown[];
}

export interface WholeState {
  readonly protocol: { [name: string]: Data };
  readonly ghost: { [name: string]: Data };
  readonly budget: { [name: string]: number };
}

/** All states of a model and the steps between them, by plain breadth-first search. */
export class NaiveGraph {
  readonly drawn: DrawnModel;
  readonly instances: readonly NaiveInstance[];
  readonly states: NaiveState[] = [];
  /** For each initial state of the model, its number. */
  readonly initial: number[] = [];
  readonly functions: ModelFunctions;
  readonly counts: ReadonlyMap<string, number>;
  readonly #numbers = new Map<string, number>();
  readonly #views: NaiveViews;
  readonly #scopes: object[] = [];

  constructor(drawn: DrawnModel) {
    this.drawn = drawn;
    this.functions = functionsOf(drawn);
    this.counts = new Map(drawn.nodeTypes.map(({ name, count }) => [name, count]));
    this.instances = drawn.actions.flatMap((action, index) => this.#instancesOf(action, index));
    const code = JSON.stringify(drawn);
    this.#views = new NaiveViews(this.counts, /JSON\.|\.\.\./.test(code));
  }

  /**
   * Finds all states.
   *
   * @returns false where there are more than `most`, or an initial state cannot be made.
   */
  explore(most: number): boolean {
    const fills = this.#fills();
    if (fills.length === 0) return false;
    for (const fill of fills) {
      const state = this.#initialState(fill);
      if (state === undefined) return false;
      this.initial.push(this.#numberOf(JSON.stringify(state), 0));
    }
    for (let id = 0; id < this.states.length; id++) {
      if (this.states.length > most) return false;
      this.#expand(id);
    }
    for (const id of this.states.keys()) this.#judge(id);
    return true;
  }

  /** The number of the initial state after these steps, or undefined where they cannot be taken. */
  follow(
    initialState: number,
    steps: readonly { readonly name: string; readonly params: Readonly<Record<string, unknown>> }[],
  ): { readonly states: number[]; readonly taken: NaiveStep[] } | undefined {
    const states = [this.initial[initialState] as number];
    const taken: NaiveStep[] = [];
    for (const { name, params } of steps) {
      const step = this.states[states.at(-1) as number]?.steps.find(({ instance }) => {
        const own = this.instances[instance] as NaiveInstance;
        return own.name === name && sameNames(own.names, params);
      });
      if (step === undefined || typeof step.to !== 'number') return undefined;
      taken.push(step);
      states.push(step.to);
    }
    return { states, taken };
  }

  /** What fills each of the initial states; nothing where no choice is left of those that are declared. */
  #fills(): ((scope: object) => unknown)[] {
    const stated = this.functions.initialStates.map(fill => (scope: object) => fill(scope));
    const { when, fill } = this.functions.initialChoice ?? {};
    if (fill === undefined) return stated;
    const chosen = this.#choicesOfAll('', this.drawn.initialChoice?.params ?? {})
      .filter(({ value }) => when?.(value) !== false)
      .map(
        ({ value }) =>
          (scope: object) =>
            fill(scope, value),
      );
    return chosen.length === 0 ? [] : [...stated, ...chosen];
  }

  #initialState(fill: (scope: object) => unknown): WholeState | undefined {
    const { protocol, ghost, budget } = this.drawn;
    const state: WholeState = {
      protocol: initialRecord(protocol, this.counts),
      ghost: initialRecord(ghost, this.counts),
      budget: { ...budget },
    };
    try {
      fill(this.scopeOf(state));
      return state;
    } catch {
      return undefined;
    }
  }

  stateOf(id: number): WholeState {
    return JSON.parse((this.states[id] as NaiveState).key);
  }

  /** What code that only looks sees of the state with this number. */
  scopeAt(id: number): object {
    let scope = this.#scopes[id];
    if (scope === undefined) {
      scope = this.scopeOf(this.stateOf(id));
      this.#scopes[id] = scope;
    }
    return scope;
  }

  /** What code sees of a state. */
  scopeOf(state: WholeState) {
    const ghost = this.#views.record(this.drawn.ghost, state.ghost);
    const record: Record<string, (fact: unknown) => void> = {};
    for (const [name, recorder] of Object.entries(this.functions.recorders)) {
      record[name] = fact => recorder(ghost, fact);
    }
    return { protocol: this.#views.record(this.drawn.protocol, state.protocol), ghost, record };
  }

  #numberOf(key: string, depth: number): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.states.length;
    this.#numbers.set(key, number);
    this.states.push({ key, depth, said: [], steps: [], thrown: [] });
    return number;
  }

  #expand(id: number): void {
    const { key, depth, steps, thrown } = this.states[id] as NaiveState;
    const before = this.stateOf(id);
    const scope = this.scopeAt(id);
    for (const index of this.instances.keys()) {
      const isEnabled = this.isEnabled(before, scope, index);
      if (threw(isEnabled)) thrown.push(isEnabled);
      if (isEnabled !== true) continue;
      const after = this.taken(key, index);
      if (threw(after)) {
        steps.push({ instance: index, to: after, said: [] });
        continue;
      }
      const to = this.#numberOf(after, depth + 1);
      steps.push({ instance: index, to, said: [] });
    }
  }

  /** The key of the state after a step, or what the step throws. */
  taken(key: string, index: number): string | Thrown {
    const { action, name, values } = this.instances[index] as NaiveInstance;
    const after: WholeState = JSON.parse(key);
    const { spends } = this.drawn.actions[action] as DrawnAction;
    if (spends !== undefined) after.budget[spends] = (after.budget[spends] as number) - 1;
    const error = caught(name, () => {
      this.functions.actions[action]?.step(this.scopeOf(after), values);
    });
    return error ?? JSON.stringify(after);
  }

  /** Asks the properties about a state and the steps from it. */
  #judge(id: number): void {
    const state = this.states[id] as NaiveState;
    state.said = this.saidOfState(this.scopeAt(id));
    for (const step of state.steps) {
      if (typeof step.to !== 'number') continue;
      step.said = this.saidOfStep(this.scopeAt(id), this.scopeAt(step.to), step.instance);
    }
  }

  /** Whether an instance can be taken, or what its guard throws. */
  isEnabled(state: WholeState, scope: object, index: number): boolean | Thrown {
    const { action } = this.instances[index] as NaiveInstance;
    const { spends } = this.drawn.actions[action] as DrawnAction;
    if (spends !== undefined && state.budget[spends] === 0) return false;
    return this.asked('guard', scope, index);
  }

  /** Whether what the arguments name is in the state. */
  #isPresent(scope: object, { field, item }: NaiveInstance['present'][number]): boolean {
    const holder = Object(scope).protocol[field];
    const isList = this.drawn.protocol[field]?.kind === 'list';
    return isList ? holder.length > Number(item) : holder.has(seenAs(item));
  }

  /** What a function of an action says of a state, without regard to budgets. */
  asked(what: 'guard' | 'heldBack' | 'due', scope: object, index: number): boolean | Thrown {
    const { action, name, values, present } = this.instances[index] as NaiveInstance;
    if (what !== 'due' && !present.every(one => this.#isPresent(scope, one))) return false;
    let answer: unknown;
    const error = caught(name, () => {
      answer = this.functions.actions[action]?.[what]?.(scope, values);
    });
    return error ?? answer === true;
  }

  /** What each property says of a state. */
  saidOfState(scope: object): Said[] {
    return this.drawn.properties.map(({ kind, name }, index): Said => {
      if (kind !== 'invariant') return 'nothing';
      const { when, holds } = this.functions.properties[index] ?? {};
      return said1(name, () =>
        when?.(scope) === false ? 'nothing' : holds?.(scope) === true ? 'fine' : 'found',
      );
    });
  }

  /** What each property says of a step, from what code sees before and after it. */
  saidOfStep(before: object, scope: object, instance: number): Said[] {
    const { name, actor, names } = this.instances[instance] as NaiveInstance;
    const action = { name, actor, params: names };
    return this.drawn.properties.map(({ kind, name: property }, index): Said => {
      if (kind === 'invariant') return 'nothing';
      const { when, holds } = this.functions.properties[index] ?? {};
      return said1(property, () => {
        if (when?.(before, scope, action) === false) return 'nothing';
        const isTrue = holds?.(before, scope, action) === true;
        if (kind === 'sometimes') return isTrue ? 'found' : 'nothing';
        return isTrue ? 'fine' : 'found';
      });
    });
  }

  #instancesOf({ name, actor, params }: DrawnAction, action: number): NaiveInstance[] {
    return this.#choicesOfAll('', params).map(({ value, names, present }) => {
      const values = value as NaiveInstance['values'];
      return { action, name, actor: String(names[actor] ?? actor), values, names, present };
    });
  }

  /** Every choice of a value for each of these, as one record; `before` stands before their names in traces. */
  #choicesOfAll(before: string, params: DrawnParams): Required<NaiveChoice>[] {
    let choices: Required<NaiveChoice>[] = [{ value: {}, names: {}, present: [] }];
    for (const [param, domain] of Object.entries(params)) {
      const values = this.#choicesOf(`${before}${param}`, domain);
      choices = choices.flatMap(choice =>
        values.map(({ value, names, present = [] }) => ({
          value: { ...Object(choice.value), [param]: value },
          names: { ...choice.names, ...names },
          present: [...choice.present, ...present],
        })),
      );
    }
    return choices;
  }

  #choicesOf(param: string, domain: DrawnDomain): NaiveChoice[] {
    const one = (value: unknown, name: number | string | null): NaiveChoice => ({
      value,
      names: { [param]: name },
    });
    switch (domain.kind) {
      case 'record':
        return this.#choicesOfAll(`${param}.`, domain.params);
      case 'int': {
        const { min, max } = domain;
        return Array.from({ length: max - min + 1 }, (_, at) => one(min + at, min + at));
      }
      case 'choice':
        return domain.names.map(value => one(value, value));
      case 'subset':
      case 'quorum': {
        const count = this.counts.get(domain.type) ?? 0;
        const isOne = (size: number): boolean =>
          domain.kind === 'subset'
            ? size >= Math.min(domain.atLeast, count)
            : // With one less it would be no majority.
              size > count / 2 && size - 1 <= count / 2;
        return Array.from({ length: 2 ** count }, (_, bits) =>
          [...Array(count).keys()].filter(node => (bits >> node) & 1),
        )
          .filter(({ length }) => isOne(length))
          .map(nodes => {
            const names = nodes.map(node => `${domain.type}-${node + 1}`).join('+');
            return one(nodes, names === '' ? 'nobody' : names);
          });
      }
      case 'index': {
        const list = this.drawn.protocol[domain.field];
        const most = list?.kind === 'list' ? list.capacity : 0;
        return Array.from({ length: most }, (_, at) => ({
          ...one(at, at),
          present: [{ field: domain.field, item: at }],
        }));
      }
      case 'element':
      case 'key': {
        const { field } = domain;
        const element = elementOf(this.drawn.protocol[field]);
        if (element === undefined) return [];
        const pattern = domain.kind === 'element' ? (domain.pattern ?? {}) : {};
        const items = valuesOf(element, this.counts).filter(item => isLike(item, pattern));
        return items.map(item => ({
          value: seenAs(item),
          names: this.#flat(param, item, element),
          present: [{ field, item }],
        }));
      }
      default: {
        const { kind, type } = domain;
        const nodes = Array.from({ length: this.counts.get(type) ?? 0 }, (_, value) =>
          one(value, `${type}-${value + 1}`),
        );
        return kind === 'node' ? nodes : [one(undefined, null), ...nodes];
      }
    }
  }

  /** The parts of an element by the names that traces have for them. */
  #flat(name: string, item: Data, element: DrawnField | DrawnVariants): NaiveChoice['names'] {
    if (item === null) return { [name]: null };
    switch (element.kind) {
      case 'node':
        return { [name]: `${element.type}-${Number(item) + 1}` };
      case 'optional':
        return this.#flat(name, item, element.inner);
      case 'record': {
        const parts = Object.entries(element.fields).map(([part, field]) =>
          this.#flat(`${name}.${part}`, Object(item)[part] ?? null, field),
        );
        return Object.assign({}, ...parts);
      }
      case 'variants': {
        const fields = element.cases[kindOf(item)] ?? {};
        const parts = this.#flat(name, item, { kind: 'record', fields });
        return { [`${name}.kind`]: kindOf(item), ...parts };
      }
      default:
        return { [name]: typeof item === 'boolean' ? String(item) : (item as number | string) };
    }
  }
}

interface NaiveChoice {
  readonly value: unknown;
  readonly names: Readonly<Record<string, number | string | null>>;
  readonly present?: NaiveInstance['present'];
}

function sameNames(
  own: NaiveInstance['names'],
  params: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(own).every(([name, value]) => params[name] === value);
}

function said1(by: string, ask: () => Said): Said {
  let said: Said = 'nothing';
  const error = caught(by, () => {
    said = ask();
  });
  return error ?? said;
}

function caught(by: string, run: () => void): Thrown | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return { by, error: error instanceof Error ? error.name : String(error) };
  }
}
