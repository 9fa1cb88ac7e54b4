import { nodesOf, type Participants, participantsOf } from '../../../checker/trace/participants.ts';
import type {
  TraceFile,
  TraceJson,
  TraceMessage,
  TraceStepComment,
} from '../../../checker/trace/traceFile.ts';
import type { Cut, Frame, LaneState } from '../frames/frame.ts';

/** A span of states through which something stays as it is; both ends belong to it. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** A stretch of a lane on which its node does not change. */
export interface Segment extends Span {
  readonly state: LaneState;
}

/** What happened to a node in a step, where it shows. */
export type LaneEventKind =
  | 'stopped'
  | 'started'
  | 'paused'
  | 'resumed'
  | 'fenced'
  | 'unfenced'
  | 'elected';

interface LaneEvent {
  readonly step: number;
  readonly kind: LaneEventKind;
}

/** While a node is cut off from others, in whichever direction. */
export interface CutSpan extends Span {
  /** Whom nothing gets through to. */
  readonly to: readonly string[];
  /** Whom nothing comes from. */
  readonly from: readonly string[];
}

export interface Lane {
  readonly name: string;
  readonly segments: readonly Segment[];
  readonly events: readonly LaneEvent[];
  readonly cuts: readonly CutSpan[];
}

/** A step on the lane of whoever acts. */
export interface Mark {
  readonly step: number;
  readonly lane: number;
  readonly kind: TraceStepComment['kind'] | 'unknown';
  /** The lane of another node that it concerns, where no message says so. */
  readonly concerns?: number;
}

/** A message between two lanes. */
export interface Arrow {
  readonly message: TraceMessage;
  readonly from: number;
  readonly to: number;
}

/** A run as a space-time diagram, without any measure: columns are states, rows are lanes. */
export interface Layout {
  /** The number of the last state. */
  readonly last: number;
  readonly lanes: readonly Lane[];
  /** One for each step, in their order. */
  readonly marks: readonly Mark[];
  readonly arrows: readonly Arrow[];
}

type LaneView = Pick<Frame, 'lanes' | 'laneState' | 'cuts'>;

/** Lays out a run; `states` are those of the trace, the initial one first. */
export function layoutOf(trace: TraceFile, states: readonly TraceJson[], view: LaneView): Layout {
  const names = laneNames(trace, view);
  const laneOf = new Map(names.map((name, lane) => [name, lane]));
  const cuts = states.map(state => view.cuts(state));
  const lanes = names.map((name): Lane => {
    const segments = segmentsOf(states.map(state => view.laneState(state, name)));
    return { name, segments, events: eventsOf(segments), cuts: cutSpansOf(name, cuts) };
  });
  const arrows = (trace.commentary?.messages ?? []).flatMap((message): Arrow[] => {
    const [from, to] = [laneOf.get(message.from), laneOf.get(message.to)];
    return from === undefined || to === undefined ? [] : [{ message, from, to }];
  });
  return { last: states.length - 1, lanes, marks: marksOf(trace, laneOf), arrows };
}

/** Everybody whom the view knows, and after them whoever acts or is written to besides. */
function laneNames(trace: TraceFile, view: LaneView): string[] {
  return [
    ...new Set([
      ...view.lanes(trace),
      ...trace.steps.map(({ actor }) => actor),
      ...(trace.commentary?.messages ?? []).flatMap(({ from, to }) => [from, to]),
    ]),
  ];
}

function segmentsOf(states: readonly LaneState[]): Segment[] {
  return spansOf(states, isSameState).map(({ first, last, value }) => ({
    first,
    last,
    state: value,
  }));
}

function isSameState(a: LaneState, b: LaneState): boolean {
  return (
    a.condition === b.condition && a.role === b.role && a.epoch === b.epoch && a.leads === b.leads
  );
}

function eventsOf(segments: readonly Segment[]): LaneEvent[] {
  return segments.slice(1).flatMap(({ first, state }, index) => {
    const before = segments[index]?.state ?? state;
    return kindsOf(before, state).map(kind => ({ step: first, kind }));
  });
}

function kindsOf(before: LaneState, after: LaneState): LaneEventKind[] {
  const elected = after.leads && (!before.leads || before.epoch !== after.epoch);
  const change = before.condition === after.condition ? [] : [conditionChange(before, after)];
  return elected ? [...change, 'elected'] : change;
}

function conditionChange(before: LaneState, after: LaneState): LaneEventKind {
  if (after.condition === 'down') return 'stopped';
  if (before.condition === 'down') return 'started';
  if (after.condition === 'paused') return 'paused';
  if (before.condition === 'paused') return 'resumed';
  return after.condition === 'fenced' ? 'fenced' : 'unfenced';
}

function cutSpansOf(name: string, cuts: readonly (readonly Cut[])[]): CutSpan[] {
  const peers = cuts.map(now => ({
    to: now.filter(cut => cut.from === name).map(cut => cut.to),
    from: now.filter(cut => cut.to === name).map(cut => cut.from),
  }));
  const isSame = (a: string[], b: string[]): boolean => a.join('\0') === b.join('\0');
  return spansOf(peers, (a, b) => isSame(a.to, b.to) && isSame(a.from, b.from)).flatMap(
    ({ first, last, value: { to, from } }) =>
      to.length + from.length === 0 ? [] : [{ first, last, to, from }],
  );
}

function marksOf(trace: TraceFile, laneOf: ReadonlyMap<string, number>): Mark[] {
  const nodes = nodesOf(trace);
  const told = messagesByStep(trace);
  return trace.steps.map((step, index): Mark => {
    const people = participantsOf(step, nodes);
    const mark = {
      step: index + 1,
      lane: laneOf.get(step.actor) ?? 0,
      kind: trace.commentary?.steps[index]?.kind ?? ('unknown' as const),
    };
    const concerns = laneOf.get(otherThan(step.actor, people) ?? '');
    const isTold = (told.get(index + 1) ?? []).some(message => isBetween(message, people));
    return concerns === undefined || isTold ? mark : { ...mark, concerns };
  });
}

function otherThan(actor: string, { from, to }: Participants): string | undefined {
  return to === actor ? from : to;
}

function isBetween(message: TraceMessage, { from, to }: Participants): boolean {
  return (
    (message.from === from && message.to === to) || (message.from === to && message.to === from)
  );
}

/** The messages that a step sends or takes away. */
function messagesByStep({ commentary }: TraceFile): ReadonlyMap<number, readonly TraceMessage[]> {
  const byStep = new Map<number, TraceMessage[]>();
  for (const message of commentary?.messages ?? []) {
    for (const step of new Set([message.sent, message.left ?? 0])) {
      const others = byStep.get(step);
      if (others === undefined) byStep.set(step, [message]);
      else others.push(message);
    }
  }
  return byStep;
}

/** The longest spans of equal neighbours. */
export function spansOf<Value>(
  values: readonly Value[],
  isSame: (a: Value, b: Value) => boolean,
): (Span & { readonly value: Value })[] {
  const starts = values.flatMap((value, index) => {
    const before = values[index - 1];
    return before !== undefined && isSame(before, value) ? [] : [{ first: index, value }];
  });
  return starts.map(({ first, value }, index) => {
    return { first, last: (starts[index + 1]?.first ?? values.length) - 1, value };
  });
}
