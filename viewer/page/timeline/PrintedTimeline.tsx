import { printable } from '../../../checker/trace/renderParts.ts';
import { HEAD, LANE, yOf } from '../layout/geometry.ts';
import type { Run } from '../run.ts';
import { Diagram } from './Diagram.tsx';

/** Columns of a row, as many as can be read on A4 beside the names. */
const MOST_COLUMNS = 14;
const COLUMN = 42;
const NAMES = 92;

interface PrintedTimelineProps {
  readonly run: Run;
  readonly id: string;
}

/** The whole diagram in rows, one below the other: paper does not scroll. */
export function PrintedTimeline({ run: { layout, trace }, id }: PrintedTimelineProps) {
  const { last: end, lanes } = layout;
  const height = HEAD + lanes.length * LANE;
  const count = Math.ceil((end + 1) / MOST_COLUMNS);
  // All rows about as long: none has a single column.
  const columns = Math.ceil((end + 1) / count);
  const rows = Array.from({ length: count }, (_, index) => index);
  return (
    <div class="printed">
      {rows.map(row => {
        const first = row * columns;
        const last = Math.min(end, first + columns - 1);
        const width = columns * COLUMN;
        const scale = { column: COLUMN, end, lanes: lanes.length, id: `${id}-${row}` };
        return (
          <svg
            key={row}
            role="img"
            aria-label={`Steps ${first} to ${last}`}
            viewBox={`0 0 ${NAMES + width} ${height}`}
          >
            <defs>
              <clipPath id={`${id}-${row}-clip`}>
                <rect
                  x={first * COLUMN}
                  y={0}
                  width={(last - first + 1) * COLUMN}
                  height={height}
                />
              </clipPath>
            </defs>
            {lanes.map(({ name }, index) => (
              <text key={name} class="printed-name" x={4} y={yOf(index) + 4}>
                {printable(name)}
              </text>
            ))}
            <g transform={`translate(${NAMES - first * COLUMN} 0)`}>
              <g clip-path={`url(#${id}-${row}-clip)`}>
                <Diagram layout={layout} trace={trace} scale={scale} shown={{ first, last }} />
              </g>
            </g>
          </svg>
        );
      })}
    </div>
  );
}
