import { isNodeName } from '../../../checker/trace/participants.ts';
import { valueAt } from '../../../checker/trace/statesOf.ts';
import type { TraceFile, TraceJson, TraceMachine } from '../../../checker/trace/traceFile.ts';

/** Somebody in a state of a lifecycle. */
export interface Holder {
  /** The name of the node. */
  readonly name: string;
  /** The path of the field that says so. */
  readonly field: string;
  /** Undefined if the field holds no text. */
  readonly state: string | undefined;
}

/** A transition that the step has taken. */
export interface TakenMove {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** The events that lead from one to the other; one alone if the action is called like it. */
  readonly events: readonly string[];
}

/** Who is where in a lifecycle. */
export function holdersOf({ fields }: TraceMachine, state: TraceJson): readonly Holder[] {
  return fields.map(field => {
    const value = valueAt(state, field);
    return { name: holderName(field), field, state: typeof value === 'string' ? value : undefined };
  });
}

/** The transitions that a step has taken; none before the first. A way that no event leads has none. */
export function takenMoves(
  machine: TraceMachine,
  { steps }: Pick<TraceFile, 'steps'>,
  states: readonly TraceJson[],
  step: number,
): readonly TakenMove[] {
  const before = states[step - 1];
  if (before === undefined) return [];
  const earlier = holdersOf(machine, before);
  return holdersOf(machine, states[step] ?? null).flatMap(({ name, state: to }, index) => {
    const from = earlier[index]?.state;
    if (from === undefined || to === undefined || from === to) return [];
    return [{ name, from, to, events: eventsOf(machine, from, to, steps[step - 1]?.action) }];
  });
}

function eventsOf(
  { moves }: TraceMachine,
  from: string,
  to: string,
  action: string | undefined,
): readonly string[] {
  const events = moves.flatMap(move => (move.from === from && move.to === to ? move.event : []));
  const said = events.filter(event => event === action);
  return [...new Set(said.length > 0 ? said : events)];
}

/** The node in the path of a field: what is called `broker-1` and the like, or else the whole path. */
export function holderName(field: string): string {
  return field.split(/[.[\]]/).findLast(isNodeName) ?? field;
}
