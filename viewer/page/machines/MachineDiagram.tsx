import { useId, useMemo } from 'preact/hooks';
import { spaced } from '../frames/view/said.ts';
import {
  type MachineArc,
  type MachineBox,
  type MachineLayout,
  MOST_NAME,
  sizes,
} from './machineLayout.ts';
import type { Holder, TakenMove } from './machineState.ts';

interface Props {
  readonly layout: MachineLayout;
  readonly holders: readonly Holder[];
  readonly taken: readonly TakenMove[];
}

/** The width of a character of the names of events, near enough. */
const CHARACTER = 5.8;

/** States as boxes, moves as arcs, and everybody in the state that they are in. */
export function MachineDiagram({ layout, holders, taken }: Props) {
  const { width, height, boxes, arcs } = layout;
  const arrow = useId();
  const loud = arcs.filter(arc => taken.some(({ from, to }) => from === arc.from && to === arc.to));
  const quiet = useMemo(
    () =>
      arcs.map(arc => (
        <Arc key={keyOf(arc)} arc={arc} class="machine-arc" arrow={`${arrow}-quiet`} />
      )),
    [arcs, arrow],
  );
  return (
    <svg
      class="machine-diagram"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={wordsOf(boxes, holders)}
    >
      <defs>
        <Arrow id={`${arrow}-quiet`} class="machine-arrow" />
        <Arrow id={`${arrow}-loud`} class="machine-arrow taken" />
      </defs>
      {quiet}
      {loud.map(arc => (
        <Arc key={keyOf(arc)} arc={arc} class="machine-arc taken" arrow={`${arrow}-loud`} />
      ))}
      {boxes.map(box => (
        <Box
          key={box.state}
          box={box}
          perRow={layout.perRow}
          holders={holders.filter(({ state }) => state === box.state)}
          moved={taken.filter(({ to }) => to === box.state).map(({ name }) => name)}
        />
      ))}
      {loud.map(arc => (
        <EventName key={keyOf(arc)} arc={arc} taken={taken} width={width} />
      ))}
    </svg>
  );
}

function keyOf({ from, to }: MachineArc): string {
  return `${from} ${to}`;
}

function wordsOf(boxes: readonly MachineBox[], holders: readonly Holder[]): string {
  const known = new Set(boxes.map(({ state }) => state));
  const told = holders.flatMap(({ name, state }) =>
    state !== undefined && known.has(state) ? `${name} is ${spaced(state)}` : [],
  );
  return told.join(', ') || 'nobody is in any state';
}

function Arrow(props: { readonly id: string; readonly class: string }) {
  return (
    <marker
      id={props.id}
      class={props.class}
      viewBox="0 0 8 8"
      refX="7"
      refY="4"
      markerWidth="8"
      markerHeight="8"
      markerUnits="userSpaceOnUse"
      orient="auto"
    >
      <path d="M0 0.5L8 4L0 7.5z" />
    </marker>
  );
}

interface ArcProps {
  readonly arc: MachineArc;
  readonly class: string;
  readonly arrow: string;
}

function Arc({ arc, class: name, arrow }: ArcProps) {
  return (
    <path class={name} d={arc.path} marker-end={`url(#${arrow})`}>
      <title>{`${spaced(arc.from)} → ${spaced(arc.to)}: ${arc.events.map(spaced).join(', ')}`}</title>
    </path>
  );
}

interface BoxProps {
  readonly box: MachineBox;
  readonly perRow: number;
  readonly holders: readonly Holder[];
  readonly moved: readonly string[];
}

function Box({ box: { state, x, y, width, height }, perRow, holders, moved }: BoxProps) {
  const isHeld = holders.length > 0;
  return (
    <g>
      <rect
        class={isHeld ? 'machine-state held' : 'machine-state'}
        x={x}
        y={y}
        width={width}
        height={height}
        rx={8}
      />
      <text
        class={state.length > 20 ? 'machine-name long' : 'machine-name'}
        x={x + width / 2}
        y={y + 17}
      >
        {spaced(state)}
      </text>
      {holders.map(({ name, field }, index) => (
        <Marker
          key={field}
          name={name}
          x={x}
          y={y}
          index={index}
          perRow={perRow}
          isMoved={moved.includes(name)}
        />
      ))}
    </g>
  );
}

interface MarkerProps {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly index: number;
  readonly perRow: number;
  readonly isMoved: boolean;
}

function Marker({ name, x, y, index, perRow, isMoved }: MarkerProps) {
  const { boxWidth, nameHeight, rowHeight } = sizes;
  const width = boxWidth / perRow;
  const left = x + (index % perRow) * width;
  const top = y + nameHeight + Math.floor(index / perRow) * rowHeight;
  const shown =
    name.length > MOST_NAME ? `${name.slice(0, MOST_NAME - 4)}…${name.slice(-3)}` : name;
  return (
    <g class={isMoved ? 'machine-holder moved' : 'machine-holder'}>
      <title>{name}</title>
      <rect x={left + 3} y={top} width={width - 6} height={rowHeight - 5} rx={8} />
      <text x={left + width / 2} y={top + 12.5}>
        {shown}
      </text>
    </g>
  );
}

interface EventNameProps {
  readonly arc: MachineArc;
  readonly taken: readonly TakenMove[];
  readonly width: number;
}

/** The name of the event on the arc that was taken, kept within the drawing. */
function EventName({ arc, taken, width }: EventNameProps) {
  const move = taken.find(({ from, to }) => from === arc.from && to === arc.to);
  const words = (move?.events ?? []).map(spaced).join(' or ');
  const room = Math.min(width, words.length * CHARACTER + 12);
  const x = Math.max(0, Math.min(width - room, arc.label.x - room / 2));
  return (
    <g class="machine-event">
      <rect x={x} y={arc.label.y - 8.5} width={room} height={17} rx={8} />
      <text x={x + room / 2} y={arc.label.y + 3.5}>
        {words}
      </text>
    </g>
  );
}
