import { printable, shorten } from '../../../checker/trace/renderParts.ts';
import { LANE, lineOf, yOf } from '../layout/geometry.ts';
import type { Layout } from '../layout/layout.ts';
import type { Scale } from '../layout/scale.ts';

/** Characters for each pixel that a column is wide: the wider, the more room there is. */
const LABEL_SHARE = 0.6;
/** From one label to the next below it, in pixels. */
const LINE = 13;

interface MessageLabelsProps {
  readonly layout: Layout;
  readonly scale: Scale;
  readonly step: number;
}

/** What the messages say that the chosen step sends or that end with it. */
export function MessageLabels({ layout, scale, step }: MessageLabelsProps) {
  const now = layout.arrows.filter(({ message: { sent, left } }) => sent === step || left === step);
  const labels = new Map<number, number>();
  return (
    <g class="message-labels">
      {now.map((arrow, index) => {
        const { x1, y1, x2, y2 } = lineOf(arrow, scale.end, scale.column);
        // Between two lanes, where no step is marked, at the end that belongs to the chosen step.
        const isSent = arrow.message.sent === step;
        const lane = yOf(isSent ? arrow.from : arrow.to);
        const y = lane + (Math.sign(y2 - y1) * (isSent ? LANE : -LANE)) / 2;
        const x = x1 + ((x2 - x1) * (y - y1)) / (y2 - y1 || 1);
        const isLate = step > scale.end / 2;
        // Messages that leave one lane in one direction have their labels below each other.
        const before = labels.get(y) ?? 0;
        labels.set(y, before + 1);
        const { name, content } = arrow.message;
        const text = content === '' ? name : `${name}: ${content}`;
        return (
          <g key={`${step} ${index}`}>
            <line class="chosen" x1={x1} y1={y1} x2={x2} y2={y2} />
            <text
              x={x + (isLate ? -8 : 8)}
              y={y + 4 + before * LINE}
              text-anchor={isLate ? 'end' : 'start'}
            >
              {shorten(printable(text), Math.round(LABEL_SHARE * scale.column))}
            </text>
          </g>
        );
      })}
    </g>
  );
}
