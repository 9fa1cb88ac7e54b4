import { nodesOf, participantsOf } from './participants.ts';
import type { TraceFile, TraceMessage, TraceStep } from './traceFile.ts';

/** A step as a sequence diagram draws it. */
export interface DrawnStep {
  /** Counted from 1. */
  readonly number: number;
  readonly step: TraceStep;
  /** Where its arrow begins; the only one it is about if it has none. */
  readonly from: string;
  /** Where its arrow ends. */
  readonly to?: string;
  /** What the arrow is if it is not the one who acts that turns to somebody: a message. */
  readonly message?: 'arrives' | 'lost';
  readonly isFault: boolean;
}

/**
 * The steps of a run, each with the arrow that shows it best: the message that arrives or gets lost
 * in it if there is one and the trace knows of it, otherwise whom the step names.
 */
export function drawnSteps(trace: TraceFile): DrawnStep[] {
  const { steps, commentary } = trace;
  const nodes = nodesOf(trace);
  const leaving = messagesByEnd(commentary?.messages ?? []);
  return steps.map((step, index): DrawnStep => {
    const number = index + 1;
    const isFault = commentary?.steps[index]?.kind === 'fault';
    const people = participantsOf(step, nodes);
    const message = messageOf(leaving.get(number) ?? [], [step.actor, people.from, people.to]);
    if (message === undefined) return { number, step, isFault, ...people };
    const { from, to, fate } = message;
    return { number, step, isFault, from, to, message: fate === 'lost' ? 'lost' : 'arrives' };
  });
}

/**
 * The message to draw of those that are not in flight any more: one that is received by somebody whom
 * the step is about, or the only one. What gets lost is drawn only if the step is about both of its ends: a node that
 * breaks down takes its messages with it, and is what there is to see.
 */
function messageOf(
  left: readonly TraceMessage[],
  people: readonly (string | undefined)[],
): TraceMessage | undefined {
  const received = left.filter(({ fate }) => fate === 'delivered' || fate === 'ignored');
  const lost = left.filter(({ fate }) => fate === 'lost');
  return (
    received.find(({ to }) => people.includes(to)) ??
    (received.length === 1 ? received[0] : undefined) ??
    lost.find(({ from, to }) => people.includes(from) && people.includes(to))
  );
}

/** The messages that are not in flight any more after a step, by that step. */
function messagesByEnd(messages: readonly TraceMessage[]): Map<number, TraceMessage[]> {
  const found = new Map<number, TraceMessage[]>();
  for (const message of messages) {
    if (message.left === undefined) continue;
    found.set(message.left, [...(found.get(message.left) ?? []), message]);
  }
  return found;
}

/**
 * Everybody that the steps are drawn for, in the order of appearance; but those who are numbered
 * stand together, in the order of their numbers.
 */
export function lanesOf(steps: readonly DrawnStep[]): string[] {
  const names = steps.flatMap(({ from, to }) => (to === undefined ? [from] : [from, to]));
  const families = new Map<string, Set<string>>();
  for (const name of names) {
    const family = name.replace(/\d+$/, '');
    families.set(family, (families.get(family) ?? new Set()).add(name));
  }
  return [...families.values()].flatMap(family =>
    [...family].sort((a, b) => numberIn(a) - numberIn(b)),
  );
}

function numberIn(name: string): number {
  return Number(/\d+$/.exec(name)?.[0] ?? 0);
}

/**
 * The action with its arguments: `append(records=2)`. Those that the arrow tells are left out; who acts
 * comes first where the arrow does not tell it.
 */
export function callOf({ step, from, to }: DrawnStep, isToldByArrow: boolean): string {
  const { actor, action, params } = step;
  const told: readonly unknown[] = isToldByArrow ? [from, to, actor] : [];
  const given = Object.entries(params)
    .filter(([, value]) => !told.includes(value))
    .map(([name, value]) => `${name}=${value ?? 'none'}`);
  const who = isToldByArrow && (actor === from || actor === to) ? '' : `${actor}: `;
  return `${who}${action}${given.length === 0 ? '' : `(${given.join(', ')})`}`;
}
