import type { TraceFile } from '../../../../checker/trace/traceFile.ts';
import type { Cut } from '../frame.ts';
import { nothing, type Said } from './said.ts';
import type { Fact, MadeCut, MessageRow, Part } from './view.ts';

/**
 * The messages that are in flight after a step: those that the commentary tells of, or else those
 * that can be found in the state.
 */
export function messagesPart(
  trace: TraceFile,
  step: number,
  inState: () => readonly MessageRow[],
): Part {
  const told = trace.commentary?.messages;
  const rows = told === undefined ? inState() : told.flatMap(message => rowOf(message, step));
  return { kind: 'messages', title: 'In flight', rows };
}

type Message = NonNullable<TraceFile['commentary']>['messages'][number];

function rowOf({ name, from, to, content, sent, left }: Message, step: number): MessageRow[] {
  const isInFlight = sent <= step && (left === undefined || left > step);
  return isInFlight ? [{ name, from, to, content, sent, isNew: sent === step && step > 0 }] : [];
}

/** The cuts of a state, and which of them were not there before. */
export function madeCuts(now: readonly Cut[], before: readonly Cut[] | undefined): MadeCut[] {
  const known = new Set((before ?? now).map(keyOf));
  return now.map(cut => ({ ...cut, isNew: !known.has(keyOf(cut)) }));
}

/** The cuts in words, those that go both ways as one. */
export function cutFacts(cuts: readonly MadeCut[]): readonly Fact[] {
  const keys = new Set(cuts.map(keyOf));
  const facts = cuts.flatMap(cut => {
    const back = { from: cut.to, to: cut.from };
    const isBoth = keys.has(keyOf(back));
    if (isBoth && cut.to < cut.from) return [];
    const isBackNew = cuts.some(other => keyOf(other) === keyOf(back) && other.isNew);
    return {
      label: 'cut',
      text: isBoth ? `${cut.from} ⇹ ${cut.to}, both ways` : `${cut.from} ⇸ ${cut.to}`,
      changed: cut.isNew || isBackNew,
      tone: 'bad' as const,
      hint: isBoth
        ? `no message gets through between ${cut.from} and ${cut.to}`
        : `no message of ${cut.from} gets through to ${cut.to}`,
    };
  });
  return facts.length > 0 ? facts : [{ label: 'cuts', ...none }];
}

const none: Said = { text: nothing, changed: false, tone: 'quiet' };

function keyOf({ from, to }: Cut): string {
  return JSON.stringify([from, to]);
}
