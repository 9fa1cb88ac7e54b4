import type { TraceMachine } from '../../../checker/trace/traceFile.ts';
import { holderName } from './machineState.ts';

/** A state as a box. The boxes stand below each other, the initial one on top. */
export interface MachineBox {
  readonly state: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** All moves from one state to another, as one arc: down on the right, up on the left. */
export interface MachineArc {
  readonly from: string;
  readonly to: string;
  /** Every event that moves it there. */
  readonly events: readonly string[];
  /** As an SVG path has it. */
  readonly path: string;
  /** Where there is room for the name of an event: between two boxes. */
  readonly label: { readonly x: number; readonly y: number };
}

export interface MachineLayout {
  readonly width: number;
  readonly height: number;
  /** So many of those who are in a state stand side by side. */
  readonly perRow: number;
  readonly boxes: readonly MachineBox[];
  readonly arcs: readonly MachineArc[];
}

/** The size of everything, in the units of the drawing. */
export const sizes = {
  width: 320,
  boxWidth: 192,
  /** Between two boxes; the name of an event fits in. */
  gap: 20,
  /** For the name of the state. */
  nameHeight: 24,
  /** For a row of those who are in the state. */
  rowHeight: 22,
} as const;

/** The width of a character in a marker, near enough. */
const CHARACTER = 5.8;
/** A marker shows no more characters of a name than that. */
export const MOST_NAME = 24;

/** How far arcs reach to the side: the longer, the further. */
const REACH = 14;
const MOST_REACH = 60;

/**
 * Where the states and moves of a lifecycle are drawn. Every box has room for everybody, so that
 * nothing moves from step to step.
 */
export function machineLayout({ states, moves, fields }: TraceMachine): MachineLayout {
  const { width, boxWidth, gap, nameHeight, rowHeight } = sizes;
  const names = [...new Set(states)];
  const longest = fields.reduce((most, field) => Math.max(most, holderName(field).length), 0);
  const room = Math.floor(boxWidth / (Math.min(longest, MOST_NAME) * CHARACTER + 14));
  const perRow = Math.max(1, Math.min(3, room));
  const rows = Math.max(1, Math.ceil(fields.length / perRow));
  const height = nameHeight + rows * rowHeight;
  const boxes = names.map((state, index) => ({
    state,
    x: (width - boxWidth) / 2,
    y: gap / 2 + index * (height + gap),
    width: boxWidth,
    height,
  }));
  return {
    width,
    height: names.length * (height + gap),
    perRow,
    boxes,
    arcs: arcsOf(boxes, moves),
  };
}

function arcsOf(boxes: readonly MachineBox[], moves: TraceMachine['moves']): readonly MachineArc[] {
  const index = new Map(boxes.map(({ state }, place) => [state, place]));
  const byWay = new Map<string, { from: number; to: number; events: string[] }>();
  for (const move of moves) {
    const [from, to] = [index.get(move.from), index.get(move.to)];
    if (from === undefined || to === undefined) continue;
    const way = byWay.get(`${from} ${to}`) ?? { from, to, events: [] };
    if (!way.events.includes(move.event)) way.events.push(move.event);
    byWay.set(`${from} ${to}`, way);
  }
  return [...byWay.values()].flatMap(({ from, to, events }) => {
    const [start, end] = [boxes[from], boxes[to]];
    if (start === undefined || end === undefined) return [];
    return [{ from: start.state, to: end.state, events, ...curve(start, end, to - from) }];
  });
}

/** An arc that leaves a box in its lower half, and enters one in its upper half if that is below it. */
function curve(
  start: MachineBox,
  end: MachineBox,
  distance: number,
): Pick<MachineArc, 'path' | 'label'> {
  const isDown = distance > 0;
  const side = isDown ? start.x + start.width : start.x;
  const reach = Math.min(MOST_REACH, REACH * (Math.abs(distance) + 1)) * (isDown ? 1 : -1);
  const spread = Math.min(3, Math.abs(distance)) * (start.height / 9);
  const sign = isDown ? 1 : -1;
  const from = start.y + start.height / 2 + (distance === 0 ? 8 : sign * spread);
  const to = end.y + end.height / 2 - (distance === 0 ? 8 : sign * spread);
  // The control points of a cubic curve lie a third further out than the curve comes.
  const out = side + (reach * 4) / 3;
  const upper = Math.min(start.y, end.y);
  const below = Math.ceil(Math.abs(distance) / 2);
  return {
    path: `M${side} ${round(from)}C${round(out)} ${round(from)} ${round(out)} ${round(to)} ${side} ${round(to)}`,
    label: {
      x: side + reach / 2,
      y: upper + below * (start.height + sizes.gap) - sizes.gap / 2,
    },
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
