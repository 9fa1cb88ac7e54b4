import type { Fields } from '../state/fields.ts';
import { scopeOf } from '../state/viewObjects.ts';
import type { ReadonlyRecordView, RecordView } from '../state/viewTypes.ts';
import type { AnyAction, Enabled, Recorders, Recording, StepScope } from './model.ts';
import type { AnyProperty, AnyScope, TakenAction } from './property.ts';
import { expectDone } from './returnValues.ts';
import type { AnyTemporalProperty } from './temporal.ts';

type StepSeen = [before: AnyScope, after: AnyScope, action: TakenAction];

/** A model's recorders as the larger model has them: `<part>.<recorder>`, on the part's own ghost. */
export type PartRecorders<Name extends string, G extends Fields, R> = {
  readonly [Recorder in keyof R & string as `${Name}.${Recorder}`]: R[Recorder] extends (
    ghost: never,
    ...facts: infer Facts
  ) => void
    ? (ghost: { readonly [_ in Name]: RecordView<G> }, ...facts: Facts) => void
    : never;
};

/** What a larger model calls the actions of a part. Where nothing is said, the names are the same. */
export interface PartNames {
  /** Names that the larger model changes, by the name in the part. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Actions of the larger model that are to the part what another of its own is. */
  readonly plays?: Readonly<Record<string, string>>;
}

/** How a property of a part stands among those of the larger model. */
export interface LiftedProperty {
  /** Its name there, where another part has a property of the same name. */
  readonly name?: string;
  /**
   * What a step of the larger model is to the part, where that depends on the states; the action has
   * the name that the part knows it by.
   */
  readonly seen?: (action: TakenAction, before: AnyScope, after: AnyScope) => TakenAction;
}

/** The state of a larger model, to read, as far as a part with this name is concerned. */
export type WholeProtocol<Name extends string, P extends Fields> = {
  readonly [_ in Name]: ReadonlyRecordView<P>;
};
/** A step of a larger model, as far as a part with this name is concerned. */
export interface WholeStep<Name extends string, P extends Fields> {
  readonly protocol: { readonly [_ in Name]: RecordView<P> };
  readonly record: object;
}

/**
 * A model as a part of a larger one.
 *
 * The larger model keeps the part's `protocol` and `ghost` as one nested record each, under the
 * part's name, and declares the part's {@link recorders} among its own. The part's actions and
 * properties are written for the part alone: lifted, their guards, steps and clauses see the nested
 * record and nothing else of the larger state.
 *
 * A budget is looked up in the larger model by its name. Two parts that name a budget alike share
 * it: what one of them spends is gone for the other. Budgets of their own need names of their own.
 */
export class Part<Name extends string, P extends Fields, G extends Fields, R extends Recorders<G>> {
  readonly name: Name;
  /** To be declared, with those of other parts, as recorders of the larger model. */
  readonly recorders: PartRecorders<Name, G, R>;
  readonly #recorderNames: readonly string[];
  readonly #renamed: ReadonlyMap<string, string>;
  readonly #knownAs: ReadonlyMap<string, string>;
  /** Scopes of the part, which would be slow to make for each call: by its protocol in a state. */
  readonly #guardScopes = new WeakMap<object, object>();
  readonly #propertyScopes = new WeakMap<object, AnyScope>();
  /** By the recorders of a state of the larger model: the same under the names of the part. */
  readonly #recordings = new WeakMap<object, Recording<R>>();

  constructor(name: Name, recorders: R, { renamed = {}, plays = {} }: PartNames = {}) {
    this.name = name;
    this.#recorderNames = Object.keys(recorders);
    this.recorders = recordersOf(name, recorders);
    this.#renamed = new Map(Object.entries(renamed));
    const lifted = Object.entries(renamed).map(([own, whole]) => [whole, own] as const);
    this.#knownAs = new Map([...lifted, ...Object.entries(plays)]);
  }

  /** What the larger model calls an action of the part. */
  nameOf(action: string): string {
    return this.#renamed.get(action) ?? action;
  }

  /** An action of the part as an action of the larger model. */
  lift(action: AnyAction): AnyAction {
    const { heldBack, due } = action;
    return {
      ...action,
      name: this.nameOf(action.name),
      // The larger model keeps a record of the part's shape under the part's name.
      enabled: ({ protocol }, params) => this.enabled(action, protocol as never, params),
      step: (step, params) => this.take(action, step as never, params),
      ...(heldBack === undefined
        ? {}
        : {
            heldBack: ({ protocol }, params) =>
              heldBack(this.#guardScope(protocol as never), params),
          }),
      ...(due === undefined
        ? {}
        : { due: ({ protocol }, params) => due(this.#guardScope(protocol as never), params) }),
    };
  }

  /** Whether the part's action can be taken in this state of the larger model. */
  enabled(
    action: AnyAction,
    protocol: WholeProtocol<Name, P>,
    params: Readonly<Record<string, unknown>>,
  ): Enabled {
    // As in the engines: an action is called with the views and arguments that its type asks for.
    return action.enabled(this.#guardScope(protocol), params as never);
  }

  #guardScope(protocol: WholeProtocol<Name, P>): never {
    const own: object = protocol[this.name];
    const known = this.#guardScopes.get(own);
    if (known !== undefined) return known as never;
    const scope = scopeOf({ protocol: own });
    this.#guardScopes.set(own, scope);
    return scope as never;
  }

  /** Takes an action of the part as a piece of a step of the larger model. */
  take(
    action: AnyAction,
    step: WholeStep<Name, P>,
    params: Readonly<Record<string, unknown>>,
  ): void {
    const returned: unknown = action.step(this.stepScope(step) as never, params as never);
    if (returned !== undefined) expectDone(returned, 'step');
  }

  /** What code of the part may touch in a step of the larger model. */
  stepScope({ protocol, record }: WholeStep<Name, P>): StepScope<P, R> {
    return { protocol: protocol[this.name], record: this.#recordingOf(record) };
  }

  #recordingOf(record: object): Recording<R> {
    const known = this.#recordings.get(record);
    if (known !== undefined) return known;
    const whole = record as Readonly<Record<string, unknown>>;
    const own = this.#recorderNames.map(name => [name, whole[`${this.name}.${name}`]] as const);
    // The larger model declares every recorder of the part under this name.
    const recording = Object.fromEntries(own) as Recording<R>;
    this.#recordings.set(record, recording);
    return recording;
  }

  /**
   * A property of the part as a property of the larger model. It sees the part's protocol and ghost,
   * and the action that was taken as the part knows it.
   */
  liftProperty(
    property: AnyProperty,
    { name = property.name, seen }: LiftedProperty = {},
  ): AnyProperty {
    const own = (state: AnyScope): AnyScope => this.#ownPartOf(state);
    const step = (before: AnyScope, after: AnyScope, action: TakenAction): StepSeen => {
      const known = this.#asKnown(action);
      return [own(before), own(after), seen?.(known, before, after) ?? known];
    };
    if (property.kind === 'invariant') {
      const { when } = property;
      return {
        ...property,
        name,
        ...(when === undefined ? {} : { when: (state: AnyScope) => when(own(state)) }),
        holds: (state: AnyScope) => property.holds(own(state)),
      };
    }
    if (property.kind === 'sometimes') {
      return {
        ...property,
        name,
        reaches: (...taken: StepSeen) => property.reaches(...step(...taken)),
      };
    }
    const { when, initially } = property;
    return {
      ...property,
      name,
      ...(when === undefined ? {} : { when: (...taken: StepSeen) => when(...step(...taken)) }),
      ...(initially === undefined ? {} : { initially: (state: AnyScope) => initially(own(state)) }),
      holds: (...taken: StepSeen) => property.holds(...step(...taken)),
    };
  }

  /** The same of a temporal property. */
  liftTemporal(property: AnyTemporalProperty, name: string = property.name): AnyTemporalProperty {
    const goal = (state: AnyScope): boolean => property.goal(this.#ownPartOf(state));
    if (property.kind === 'eventually') return { ...property, name, goal };
    const { when } = property;
    return { ...property, name, goal, when: state => when(this.#ownPartOf(state)) };
  }

  #ownPartOf({ protocol, ghost }: AnyScope): AnyScope {
    // The larger model keeps a record of this shape under the part's name.
    const own = { protocol: protocol[this.name], ghost: ghost[this.name] } as unknown as AnyScope;
    const known = this.#propertyScopes.get(own.protocol);
    if (known !== undefined) return known;
    const scope = scopeOf(own);
    this.#propertyScopes.set(own.protocol, scope);
    return scope;
  }

  #asKnown(action: TakenAction): TakenAction {
    const name = this.#knownAs.get(action.name);
    return name === undefined ? action : { ...action, name };
  }
}

/** Keyed by the name in the larger model, and writing to the part's own ghost there. */
function recordersOf<Name extends string, G extends Fields, R extends Recorders<G>>(
  part: Name,
  recorders: R,
): PartRecorders<Name, G, R> {
  const all = Object.entries(recorders).map(([name, recorder]) => [
    `${part}.${name}`,
    (ghost: { readonly [_ in Name]: RecordView<G> }, ...facts: never[]) =>
      recorder(ghost[part], ...facts),
  ]);
  // One for each recorder of the part, which the compiler cannot follow through the entries.
  return Object.fromEntries(all) as PartRecorders<Name, G, R>;
}
