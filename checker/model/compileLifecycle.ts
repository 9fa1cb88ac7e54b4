import {
  type AnyStateMachine,
  type EventFromLogic,
  type StateMachine,
  type StateValueFrom,
  transition,
} from 'xstate';
import { SchemaError } from '../state/errors.ts';
import type { LifecycleTable } from '../state/lifecycleTable.ts';

type StateOf<M extends AnyStateMachine> = StateValueFrom<M> & string;
type EventOf<M extends AnyStateMachine> = EventFromLogic<M>['type'] & string;
type EffectOf<M> =
  M extends StateMachine<
    infer _Context,
    infer _Event,
    infer _Children,
    infer _Actor,
    infer Action,
    infer _Guard,
    infer _Delay,
    infer _StateValue,
    infer _Tag,
    infer _Input,
    infer _Output,
    infer _Emitted,
    infer _StateMeta,
    infer _StateSchema
  >
    ? Action['type'] & string
    : never;

/**
 * Compiles an XState machine into a flat transition table by asking XState itself, once, for every
 * pair of state and event. The machine stays the truth; the table is its cache, because XState's
 * pure `transition()` builds an actor on every call and is some hundred times slower than a table
 * look-up (docs/decisions/0002-xstate-compiled-to-tables.md).
 *
 * @throws SchemaError when the machine is not flat, or has context, guards, delays, eventless
 * transitions or invocations: a lifecycle says which states exist and what moves between them, the
 * model says when.
 */
export function compileLifecycle<M extends AnyStateMachine>(
  machine: M,
): LifecycleTable<StateOf<M>, EventOf<M>, EffectOf<M>> {
  rejectUnsupported(machine);
  // Names read from the machine at run time are those that its type lists at compile time.
  return tableOf(machine) as unknown as LifecycleTable<StateOf<M>, EventOf<M>, EffectOf<M>>;
}

function tableOf(machine: AnyStateMachine): LifecycleTable<string, string, string> {
  const initial = String(machine.config.initial);
  const states = [initial, ...Object.keys(machine.states).filter(state => state !== initial)];
  const events = machine.events.map(String);
  const next: number[] = [];
  const effects: string[][] = [];
  for (const value of states) {
    const snapshot = machine.resolveState({ value, context: {} });
    for (const type of events) {
      if (!snapshot.can({ type })) {
        next.push(-1);
        effects.push([]);
        continue;
      }
      const [target, actions] = transition(machine, snapshot, { type });
      next.push(states.indexOf(String(target.value)));
      effects.push(actions.map(action => action.type));
    }
  }
  return { name: machine.id, states, events, next, effects };
}

type Refuse = (what: string) => void;

function rejectUnsupported(machine: AnyStateMachine): void {
  const refuse: Refuse = what => {
    throw new SchemaError(`lifecycle "${machine.id}": ${what}`);
  };
  if (typeof machine.config.initial !== 'string') refuse('expected an initial state');
  const context: unknown = machine.config.context;
  const hasContext = typeof context === 'function' || Object.keys(Object(context)).length > 0;
  if (hasContext) {
    refuse('a lifecycle has no context; keep data in the state schema');
  }
  rejectUnsupportedState(machine.root, 'the root', refuse);
  for (const [name, state] of Object.entries(machine.states)) {
    if (state.type !== 'atomic' && state.type !== 'final') refuse(`state "${name}" is not flat`);
    rejectUnsupportedState(state, `state "${name}"`, refuse);
  }
}

type AnyState = AnyStateMachine['root'];

function rejectUnsupportedState(state: AnyState, where: string, refuse: Refuse): void {
  if (state.invoke.length > 0) refuse(`${where} invokes an actor`);
  if (state.after.length > 0) refuse(`${where} has a delayed transition`);
  if ((state.always ?? []).length > 0) refuse(`${where} has an eventless transition`);
  const moves = [...state.transitions.values()].flat();
  for (const { guard, eventType } of moves) {
    if (guard !== undefined) refuse(`event "${eventType}" in ${where} has a guard`);
    if (eventType.includes('*')) refuse(`event "${eventType}" in ${where} is a wildcard`);
  }
  const effects: unknown[] = [state.entry, state.exit, ...moves.map(move => move.actions)].flat();
  if (effects.some(effect => typeof effect === 'function')) {
    refuse(`${where} has an effect without a name; declare effects in setup() and name them`);
  }
}
