import { printable } from '../../../checker/trace/renderParts.ts';
import { extentOf, LANE, overlap, xOf, yOf } from '../layout/geometry.ts';
import type { Lane, Segment, Span } from '../layout/layout.ts';
import type { Scale } from '../layout/scale.ts';
import { cutText, laneEventText, laneStateText } from './describe.ts';
import { LaneSign } from './LaneSign.tsx';

/** Half of how thick an epoch is drawn. */
const THIN = 7;
const THICK = 12;
/** A number is repeated after so many columns, for its beginning may be out of sight. */
const REPEAT = 12;
const COLOURS = 8;

interface LaneRowProps {
  readonly lane: Lane;
  readonly index: number;
  readonly scale: Scale;
  readonly shown: Span;
}

/** A node through time: its epochs, when it is down, what happens to it, and whom it is cut off from. */
export function LaneRow({ lane, index, scale, shown }: LaneRowProps) {
  const y = yOf(index);
  const { column, end, id } = scale;
  const name = printable(lane.name);
  return (
    <g class="lane" data-lane={lane.name}>
      {lane.cuts
        .filter(cut => overlap(cut, shown))
        .map(cut => (
          <g key={cut.first} class="cut">
            <rect
              {...extentOf(cut, end, column)}
              y={y - LANE / 2 + 1}
              height={LANE - 2}
              fill={`url(#${id}-hatch)`}
            />
            <title>{printable(cutText(lane.name, cut))}</title>
          </g>
        ))}
      {lane.segments
        .filter(segment => overlap(segment, shown))
        .map(segment => (
          <SegmentLine key={segment.first} name={name} segment={segment} y={y} scale={scale} />
        ))}
      {lane.events
        .filter(({ step }) => step >= shown.first && step <= shown.last)
        .map(({ step, kind }, place) => (
          <g
            key={`${step} ${kind}`}
            class="lane-event"
            transform={`translate(${xOf(step, column) + offsetOf(lane, step, place)} ${y - 18})`}
          >
            <LaneSign kind={kind} />
            <title>{`${name} ${laneEventText[kind]} in step ${step}`}</title>
          </g>
        ))}
    </g>
  );
}

/** Two signs of one step stand beside each other. */
function offsetOf({ events }: Lane, step: number, place: number): number {
  const both = events.filter(event => event.step === step).length > 1;
  return both ? (events[place - 1]?.step === step ? 8 : -8) : 0;
}

interface SegmentLineProps {
  readonly name: string;
  readonly segment: Segment;
  readonly y: number;
  readonly scale: Scale;
}

function SegmentLine({ name, segment, y, scale }: SegmentLineProps) {
  const { column, end } = scale;
  const { state, first, last } = segment;
  const { x, width } = extentOf(segment, end, column);
  const half = state.leads ? THICK : THIN;
  const coloured = state.epoch !== undefined && state.condition !== 'down';
  return (
    <g class={`segment ${state.condition} ${state.leads ? 'leads' : ''}`}>
      {coloured && (
        <rect
          class={`epoch epoch-${(state.epoch ?? 0) % COLOURS}`}
          x={x}
          y={y - half}
          width={width}
          height={2 * half}
          rx={2}
        />
      )}
      <line class="line" x1={x} x2={x + width} y1={y} y2={y} />
      {coloured &&
        labelColumns(first, last).map(at => (
          <text
            key={at}
            class="epoch-number"
            x={Math.min(labelX(at, first, column), (end + 1) * column - 7)}
            y={y + 4}
          >
            {state.epoch}
          </text>
        ))}
      {state.leads && first === 0 && (
        <g transform={`translate(${column / 2} ${y - 20})`}>
          <LaneSign kind="elected" />
        </g>
      )}
      <title>{`${name}: ${printable(laneStateText(state))}`}</title>
    </g>
  );
}

function labelColumns(first: number, last: number): number[] {
  return Array.from(
    { length: Math.floor((last - first) / REPEAT) + 1 },
    (_, i) => first + i * REPEAT,
  );
}

/** Between two columns, where no step is marked. */
function labelX(at: number, first: number, column: number): number {
  return at === 0 && first === 0 ? column / 2 : (at + 1) * column;
}
