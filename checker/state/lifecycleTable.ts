import { isObject } from '../declarations.ts';

/**
 * A lifecycle machine as a flat transition table. `compileLifecycle` in `checker/model` makes one
 * from an XState machine; the state kit only stores its states and takes its transitions.
 */
export interface LifecycleTable<
  State extends string,
  Event extends string,
  Effect extends string = never,
> {
  readonly name: string;
  /** The initial state comes first, so that zeroed memory is the initial state. */
  readonly states: readonly State[];
  readonly events: readonly Event[];
  /** `next[stateIndex * events.length + eventIndex]`: index of the target state, -1 if refused. */
  readonly next: readonly number[];
  /** The effects named by each transition, in XState's order: exit, transition, entry. */
  readonly effects: readonly (readonly Effect[])[];
}

/** Whether a value has the shape of a table, each of whose transitions leads to a state of it. */
export function isLifecycleTable(value: unknown): value is LifecycleTable<string, string, string> {
  if (!isObject(value)) return false;
  const { name, states, events, next, effects }: Readonly<Record<string, unknown>> = { ...value };
  if (typeof name !== 'string' || !isNames(states) || !isNames(events)) return false;
  const entries = states.length * events.length;
  if (!Array.isArray(next) || !Array.isArray(effects)) return false;
  return (
    next.length === entries &&
    effects.length === entries &&
    next.every(to => Number.isInteger(to) && Number(to) >= -1 && Number(to) < states.length)
  );
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(name => typeof name === 'string');
}

/** An event sent to a lifecycle in a state that does not accept it: a mistake of the model. */
export class LifecycleError extends Error {
  override readonly name = 'LifecycleError';

  constructor(
    path: string,
    table: LifecycleTable<string, string, string>,
    from: string,
    event: string,
  ) {
    super(
      `${path}: lifecycle "${table.name}" does not accept event "${event}" in state "${from}"` +
        ` (accepted there: ${acceptedEvents(table, from).join(', ') || 'nothing'})`,
    );
  }
}

/** The events that the lifecycle accepts in `state`, in the table's order. */
export function acceptedEvents<State extends string, Event extends string, Effect extends string>(
  table: LifecycleTable<State, Event, Effect>,
  state: State,
): Event[] {
  const row = table.states.indexOf(state) * table.events.length;
  return table.events.filter((_, column) => (table.next[row + column] ?? -1) >= 0);
}
