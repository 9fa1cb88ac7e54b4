import type { TraceFile, TracePropertyHistory } from '../../../checker/trace/traceFile.ts';
import { type Span, spansOf } from './layout.ts';

/** What a property says of a state. */
export type Truth = 'holds' | 'silent' | 'violated' | 'reached' | 'due';

export interface TruthSpan extends Span {
  readonly truth: Truth;
}

/** A property with what became of it from state to state. */
export interface PropertyRow {
  readonly name: string;
  readonly statement: string;
  readonly spans: readonly TruthSpan[];
  /** It is violated or reached somewhere. */
  readonly decided: boolean;
}

const truths: Readonly<Record<string, Truth>> = {
  h: 'holds',
  n: 'silent',
  v: 'violated',
  r: 'reached',
  d: 'due',
};

/** What each truth is called. */
export const truthText: Readonly<Record<Truth, string>> = {
  holds: 'holds',
  silent: 'has nothing to say',
  violated: 'violated',
  reached: 'reached',
  due: 'due',
};

/**
 * The properties of a run: first the one that it is about, then those that are decided somewhere. What must
 * happen at some time is decided by a run that goes on for ever without it.
 */
export function propertyRows(trace: TraceFile): PropertyRow[] {
  const rows = (trace.commentary?.properties ?? []).map(rowOf);
  const rank = ({ name, decided }: PropertyRow): number =>
    name === trace.property.name ? 0 : decided ? 1 : 2;
  return rows.sort((a, b) => rank(a) - rank(b));
}

const decidedBy: Readonly<Record<TracePropertyHistory['kind'], Truth>> = {
  invariant: 'violated',
  step: 'violated',
  sometimes: 'reached',
  eventually: 'due',
  leadsTo: 'due',
};

function rowOf({ name, kind, statement, truth }: TracePropertyHistory): PropertyRow {
  const letters = [...truth].map(letter => truths[letter] ?? 'silent');
  const spans = spansOf(letters, (a, b) => a === b).map(
    ({ first, last, value }): TruthSpan => ({ first, last, truth: value }),
  );
  const decided = letters.includes(decidedBy[kind]);
  return { name, statement, spans, decided };
}

/** A row in words, for those who do not see it. */
export function rowText({ name, spans }: PropertyRow): string {
  const parts = spans.map(({ first, last, truth }) => {
    const where = first === last ? `in state ${first}` : `in states ${first} to ${last}`;
    return `${truthText[truth]} ${where}`;
  });
  return `${name}: ${parts.join(', ')}`;
}
