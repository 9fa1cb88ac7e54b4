import { expect } from 'vitest';
import { type AnyStateMachine, initialTransition, transition } from 'xstate';
import type { LifecycleTable } from '../../../checker/state/lifecycleTable.ts';

/**
 * Walks every pair of state and event and holds the table to XState's own pure `transition()`: the
 * same events accepted, the same target, the same effects in the same order; the same states, the
 * initial one first; and no state or event missing.
 */
export function expectTableEqualsMachine(
  machine: AnyStateMachine,
  table: LifecycleTable<string, string, string>,
): void {
  const { states, events, next, effects } = table;
  const [initial] = initialTransition(machine);
  expect(table.name, 'name of the machine').toBe(machine.id);
  expect(states[0], 'initial state').toBe(initial.value);
  expect([...states].sort(), 'states').toEqual(Object.keys(machine.states).sort());
  expect([...events].sort(), 'events').toEqual([...declaredEvents(machine)].sort());
  expect(next.length, 'entries of "next"').toBe(states.length * events.length);
  expect(effects.length, 'entries of "effects"').toBe(states.length * events.length);
  states.forEach((state, row) => {
    events.forEach((event, column) => {
      const entry = row * events.length + column;
      const target = next[entry] ?? -1;
      const found = { target: states[target] ?? 'refused', effects: effects[entry] };
      expect(found, `"${event}" in "${state}"`).toEqual(moveOf(machine, state, event));
    });
  });
}

/** What XState says the event does. */
function moveOf(
  machine: AnyStateMachine,
  state: string,
  event: string,
): { target: string; effects: string[] } {
  const before = machine.resolveState({ value: state, context: {} });
  const [after, actions] = transition(machine, before, { type: event });
  if (!before.can({ type: event })) {
    expect(after.value, `refused "${event}" leaves "${state}"`).toBe(state);
    expect(actions, `refused "${event}" has no effects`).toEqual([]);
    return { target: 'refused', effects: [] };
  }
  return { target: String(after.value), effects: actions.map(action => action.type) };
}

/** The events written in the machine's configuration, read without the machine's help. */
function declaredEvents(machine: AnyStateMachine): Set<string> {
  const parts = [machine.config, ...Object.values(machine.config.states ?? {})];
  const moves = parts.flatMap(part => Object.entries((part as { on?: object }).on ?? {}));
  return new Set(moves.filter(([, move]) => doesSomething(move)).map(([event]) => event));
}

/** `GO: undefined` and `GO: {}` forbid an event; everything else is a transition. */
function doesSomething(move: unknown): boolean {
  return move !== undefined && (typeof move !== 'object' || Object.keys(Object(move)).length > 0);
}
