import type { Arrow, Span } from './layout.ts';

/** Height of the row of step numbers, and of a lane, in pixels. */
export const HEAD = 30;
export const LANE = 52;
const NARROWEST = 32;
const WIDEST = 150;
/** Columns that are drawn beyond what is to be seen, so that scrolling meets no gap. */
const MARGIN = 12;

/** How wide a column is: a short run is stretched, a long one scrolls. */
export function columnWidth(room: number, columns: number): number {
  return Math.min(WIDEST, Math.max(NARROWEST, Math.floor(room / Math.max(1, columns))));
}

/** Where a step is on the time axis: the middle of its column. State 0 has a column of its own. */
export function xOf(step: number, column: number): number {
  return step * column + column / 2;
}

/** The middle of a lane. */
export function yOf(lane: number): number {
  return HEAD + lane * LANE + LANE / 2;
}

/** From where to where a span of states reaches: a state lasts until the step that ends it. */
export function extentOf(
  { first, last }: Span,
  end: number,
  column: number,
): { readonly x: number; readonly width: number } {
  const x = first === 0 ? 0 : xOf(first, column);
  const right = last === end ? (end + 1) * column : xOf(last + 1, column);
  return { x, width: right - x };
}

/** The columns that are drawn while some part of the axis is to be seen. */
export function shownColumns(left: number, width: number, column: number, end: number): Span {
  // In whole margins, so that scrolling by a little draws nothing anew.
  const first = Math.floor(left / column / MARGIN) * MARGIN - MARGIN;
  const last = Math.ceil((left + width) / column / MARGIN) * MARGIN + MARGIN;
  return { first: Math.max(0, first), last: Math.min(end, last) };
}

/** Whether two spans have a state in common. */
export function overlap(a: Span, b: Span): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** The line of a message. One that does not arrive ends short of the lane it was meant for. */
export interface Line {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** Half of the height that the mark of a step takes on its lane. */
const MARK = 10;

export function lineOf({ message, from, to }: Arrow, end: number, column: number): Line {
  const { sent, left, fate } = message;
  const [x1, x2] = [xOf(sent, column), left === undefined ? (end + 1) * column : xOf(left, column)];
  const [y1, y2] = [yOf(from), yOf(to)];
  const down = Math.sign(y2 - y1);
  const start = y1 + down * MARK;
  const isGone = fate === 'lost' || fate === 'givenUp';
  if (isGone || left === undefined) {
    const part = isGone ? 0.7 : 0.8;
    return {
      x1,
      y1: start,
      x2: x1 + (x2 - x1) * (left === undefined ? 1 : part),
      y2: y1 + (y2 - y1) * part,
    };
  }
  return { x1, y1: start, x2, y2: y2 - down * MARK };
}
