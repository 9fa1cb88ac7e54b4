import { endingOf } from '../../../checker/trace/endingOf.ts';
import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { HEAD, LANE, xOf } from '../layout/geometry.ts';
import type { Scale } from '../layout/scale.ts';

/** Where the line that leads back runs, below the numbers of the steps. */
const TRACK = 23;
/** Where its head ends, above the signs on the lanes. */
const TIP = HEAD + 1;

interface EndingProps {
  readonly trace: TraceFile;
  readonly scale: Scale;
}

/** How a run goes on after its last step: what repeats, where that leads back to, or that it stays so. */
export function Ending({ trace, scale }: EndingProps) {
  const ending = endingOf(trace);
  if (ending === undefined) return null;
  const { column, end, lanes } = scale;
  const from = ending.step - 1;
  const text = `${ending.text.charAt(0).toUpperCase()}${ending.text.slice(1)}`;
  const x = ending.step * column;
  return (
    <g class="ending">
      {from < end && (
        <rect
          class="repeated"
          x={x}
          y={1}
          width={(end - from) * column - 1}
          height={HEAD + lanes * LANE - 2}
          rx={4}
        />
      )}
      {trace.loop !== undefined &&
        (from < end ? (
          <WayBack first={xOf(from, column)} last={xOf(end, column)} />
        ) : (
          <Stay x={xOf(end, column) + Math.min(22, column / 2 - 8)} />
        ))}
      <title>{text}</title>
    </g>
  );
}

/** From the last state to the one that it is the same as. */
function WayBack({ first, last }: { readonly first: number; readonly last: number }) {
  return (
    <g class="way-back">
      <path class="way" d={`M${last} ${TIP}V${TRACK}H${first}V${TIP - 6}`} />
      <path class="head" d={`M${first} ${TIP}l-4-7h8z`} />
    </g>
  );
}

/** A turn on the spot. */
function Stay({ x }: { readonly x: number }) {
  return (
    <g class="way-back" transform={`translate(${x} 15)`}>
      <path class="way" d="M4.5-3.5A6 6 0 1 0 6 1" />
      <path class="head" d="M7.5-7.5l-.5 7-6-3z" />
    </g>
  );
}
