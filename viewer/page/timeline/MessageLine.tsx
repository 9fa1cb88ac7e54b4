import { printable } from '../../../checker/trace/renderParts.ts';
import { lineOf } from '../layout/geometry.ts';
import type { Arrow } from '../layout/layout.ts';
import type { Scale } from '../layout/scale.ts';
import { messageText } from './describe.ts';

interface MessageLineProps {
  readonly arrow: Arrow;
  readonly scale: Scale;
}

/** A message from where it was sent to where it arrived, or did not. */
export function MessageLine({ arrow, scale }: MessageLineProps) {
  const { column, end, id } = scale;
  const { x1, y1, x2, y2 } = lineOf(arrow, end, column);
  const { fate } = arrow.message;
  const angle = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  const place = { x1, y1, x2, y2 };
  return (
    <g class={`message ${fate}`}>
      <line class="reach" {...place} />
      <line
        class="way"
        {...place}
        {...(fate === 'inFlight' ? { stroke: `url(#${id}-fade)` } : {})}
      />
      <g transform={`translate(${x2} ${y2}) rotate(${angle})`}>
        {fate === 'delivered' && <path class="head" d="M0 0L-9-4V4z" />}
        {fate === 'ignored' && <circle class="ring" cx={-4} r={4} />}
        {fate === 'givenUp' && <path class="bar-end" d="M0-6V6" />}
        {fate === 'lost' && <path class="cross" d="M-5-5L5 5M-5 5L5-5" />}
      </g>
      <title>{printable(messageText(arrow.message))}</title>
    </g>
  );
}
