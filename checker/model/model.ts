import type { KeysOf } from '../declarations.ts';
import type { Fields } from '../state/fields.ts';
import type { JsonValue } from '../state/json.ts';
import { type BudgetFields, isSchema, type Schema, type State } from '../state/schema.ts';
import type { ReadonlyRecordView, RecordView } from '../state/viewTypes.ts';
import { checkAction } from './checkAction.ts';
import { checkModel, type ModelShape } from './checkModel.ts';
import type { ParamDomains, ParamValues } from './params.ts';
import { type IsPresent, presenceOf } from './present.ts';

/**
 * How protocol code tells the ghost state what happened. A recorder may read and write the ghost;
 * protocol code can only call it, so that nothing the protocol decides depends on the ghost.
 */
export type Recorders<G extends Fields> = {
  readonly [name: string]: (ghost: RecordView<G>, ...facts: never[]) => void;
};
/** The recorders as protocol code sees them. */
export type Recording<R> = {
  readonly [Name in keyof R]: R[Name] extends (ghost: never, ...facts: infer Facts) => void
    ? (...facts: Facts) => void
    : never;
};

/** What a guard may look at: the protocol, to read. Neither ghost nor budget. */
export interface GuardScope<P extends Fields> {
  readonly protocol: ReadonlyRecordView<P>;
}
/** What a step may touch: the protocol, and the recorders of the ghost. */
export interface StepScope<P extends Fields, R> {
  readonly protocol: RecordView<P>;
  readonly record: Recording<R>;
}

/** `true`, or the guard that is false in words ("the server is down"). */
export type Enabled = boolean | string;

/** What an action is to the search: what the system does by itself, or what the environment does. */
export type ActionKind = 'protocol' | 'client' | 'fault' | 'recovery';

/**
 * One atomic step of the system or of its environment. Every choice is a parameter with a finite
 * domain; `enabled` and `step` read nothing but their arguments.
 */
export interface Action<
  P extends Fields,
  R,
  Budget extends string,
  Domains extends ParamDomains = ParamDomains,
> {
  readonly name: string;
  readonly kind: ActionKind;
  /** Who acts: the name of a node parameter, or a fixed word such as "controller". */
  readonly actor: string;
  readonly params: Domains;
  /**
   * What happens, as a sentence in the present tense in the protocol's words, with parameters in
   * braces: "{client} sends {server} a request". Behind a bar is what an absent one reads as, if that
   * is not "none": "{server|every server}".
   */
  readonly phrase?: string | undefined;
  /** The budget of which each occurrence takes one. Recovery is never limited. */
  readonly spends?: Budget;
  /** How often simulation draws it, relative to 1. */
  readonly weight?: number;
  /**
   * Whether an instance of it that can be taken from some time on for ever is taken again and again
   * (weak fairness), or, if this is `strong`, one that can be taken again and again. If it does not say, what the
   * system does by itself is weakly fair (`protocol`, `recovery`), and what the environment does is not fair
   * (`client`, `fault`).
   */
  readonly fair?: boolean | 'strong';
  enabled(scope: GuardScope<P>, params: ParamValues<Domains>): Enabled;
  step(scope: StepScope<P, R>, params: ParamValues<Domains>): void;
  /**
   * Whether only a bound of the scope keeps it from happening, although the guard is false: a run in
   * which it waits so is the scope's doing, and no counterexample of a temporal property.
   */
  heldBack?(scope: GuardScope<P>, params: ParamValues<Domains>): boolean;
  /**
   * Where a fair action has to happen, if that is not wherever it can: a timer runs out at last where
   * nobody stops it. Elsewhere it may happen now and then (it ran out early), but not for ever. It is
   * asked only where the action can be taken or is held back, and says nothing of one that is not fair.
   */
  due?(scope: GuardScope<P>, params: ParamValues<Domains>): boolean;
}

/** An action of which only the shape is known; made by {@link ActionBuilder}. */
export type AnyAction = Action<Fields, Recorders<Fields>, string>;

/** Types the actions of one model: `const action = actionsOf(schema, recorders)`. */
export type ActionBuilder<P extends Fields, R, Budget extends string> = <
  const Domains extends ParamDomains,
>(
  action: Action<P, R, Budget, Domains>,
) => AnyAction;

const actionKeys: KeysOf<AnyAction> = {
  name: true,
  kind: true,
  actor: true,
  params: true,
  phrase: true,
  spends: true,
  weight: true,
  fair: true,
  enabled: true,
  step: true,
  heldBack: true,
  due: true,
};
const kinds: Readonly<Record<ActionKind, true>> = {
  protocol: true,
  client: true,
  fault: true,
  recovery: true,
};

/**
 * Returns a function that checks an action, and its type against the model's schema.
 *
 * @throws DeclarationError when an action is not written as its type says; the function does.
 */
export function actionsOf<
  P extends Fields,
  G extends Fields,
  B extends BudgetFields,
  R extends Recorders<G>,
>(schema: Schema<P, G, B>, _recorders: R): ActionBuilder<P, R, keyof B & string> {
  // Only its type is asked for, so that it may be forced.
  const budgets = isSchema(schema) ? schema.budget.fields : undefined;
  return action => {
    checkAction(action, { keys: actionKeys, kinds }, budgets);
    const isPresent = presenceOf(
      `action "${action.name}"`,
      action.params,
      isSchema(schema) ? schema.protocol : undefined,
    );
    // The engine only ever calls an action with the views and arguments that its type asks for.
    const erased = action as unknown as AnyAction;
    return isPresent === undefined ? erased : whereItIs(erased, isPresent);
  };
}

/** The same action where what its arguments name is in the state. */
function whereItIs(action: AnyAction, isPresent: IsPresent): AnyAction {
  const { heldBack } = action;
  return {
    ...action,
    enabled: (scope, params) =>
      isPresent(scope.protocol, params) ? action.enabled(scope, params) : 'it is not there',
    ...(heldBack === undefined
      ? {}
      : {
          heldBack: (scope: GuardScope<Fields>, params: never) =>
            isPresent(scope.protocol, params) && heldBack(scope, params),
        }),
  };
}

/** The bounds of a model's scope, by name: what `--bound name=value` sets. */
export type Bounds = Readonly<Record<string, number>>;

/** A message that is in flight in a state. */
export interface InFlight {
  /** What kind of message, in the protocol's words. */
  readonly name: string;
  /** Who sent it: the name of a node, as traces have it, or a fixed word such as "clock". */
  readonly from: string;
  readonly to: string;
  /** What it says, in few words. It stays the same while the message is in flight. */
  readonly content: string;
}

/** A model, written once and consumed by every engine. */
export interface Model<
  P extends Fields = Fields,
  G extends Fields = Fields,
  B extends BudgetFields = BudgetFields,
  R extends Recorders<G> = Recorders<G>,
> {
  readonly name: string;
  /** Grows when traces of the previous version may mean something else. */
  readonly version: number;
  /** What is modelled, as recorded in traces: enough to build the same model again. */
  readonly config: Readonly<Record<string, JsonValue>>;
  readonly bounds: Bounds;
  /** The deliberate defects that are switched on. */
  readonly defects: readonly string[];
  readonly schema: Schema<P, G, B>;
  readonly recorders: R;
  /** Each fills a zeroed state; there is one per initial state. */
  readonly initialStates: readonly ((state: State<P, G, B>) => void)[];
  readonly actions: readonly AnyAction[];
  /**
   * Every message that is in flight in a state, for people: no engine depends on it. Two that are
   * equal are listed twice. It reads only the fields that messages are kept in.
   */
  readonly messages?: ((protocol: ReadonlyRecordView<P>) => readonly InFlight[]) | undefined;
  /**
   * Whether the system has come to an end that is meant, so that nothing has to be able to happen any more:
   * see `noDeadlock`. No state is one if absent.
   */
  readonly ends?: ((protocol: ReadonlyRecordView<P>) => boolean) | undefined;
}

/** A model of which only the shape is known; what engines consume. */
export interface AnyModel
  extends Omit<Model, 'schema' | 'recorders' | 'initialStates' | 'messages' | 'ends'> {
  readonly schema: Schema<Fields, Fields, BudgetFields>;
  readonly recorders: Readonly<Record<string, unknown>>;
  readonly initialStates: readonly ((state: never) => void)[];
  readonly messages?: ((protocol: never) => readonly InFlight[]) | undefined;
  readonly ends?: ((protocol: never) => boolean) | undefined;
}

const shape: ModelShape = {
  keys: {
    name: true,
    version: true,
    config: true,
    bounds: true,
    defects: true,
    schema: true,
    recorders: true,
    initialStates: true,
    actions: true,
    messages: true,
    ends: true,
  } satisfies KeysOf<AnyModel>,
  action: { keys: actionKeys, kinds },
};

/** Models that were looked at already: they are handed from engine to engine. */
const checked = new WeakSet<object>();

/**
 * Holds a model to what its type says, and its parts to each other. Engines ask as well: a model may be
 * made of another.
 *
 * @throws DeclarationError naming the model, the place in it and what is to be written instead.
 */
export function expectModel(model: AnyModel): void {
  if (checked.has(model)) return;
  checkModel(model, shape);
  checked.add(model);
}

/**
 * Checks a model, and the types of its parts against each other.
 *
 * @throws DeclarationError naming the model, the place in it and what is to be written instead.
 */
export function defineModel<
  P extends Fields,
  G extends Fields,
  B extends BudgetFields,
  R extends Recorders<G>,
>(model: Model<P, G, B, R>): AnyModel {
  // Erases the field types: engines work on any schema, through names and bytes.
  const erased = model as unknown as AnyModel;
  expectModel(erased);
  return erased;
}
