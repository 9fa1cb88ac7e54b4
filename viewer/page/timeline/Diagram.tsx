import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { overlap, xOf } from '../layout/geometry.ts';
import type { Layout, Span } from '../layout/layout.ts';
import type { Scale } from '../layout/scale.ts';
import { Ending } from './Ending.tsx';
import { LaneRow } from './LaneRow.tsx';
import { MessageLine } from './MessageLine.tsx';
import { StepMark } from './StepMark.tsx';

interface DiagramProps {
  readonly layout: Layout;
  readonly trace: TraceFile;
  readonly scale: Scale;
  /** The columns that are drawn. */
  readonly shown: Span;
}

/** What of the diagram does not depend on the step that is chosen. */
export function Diagram({ layout, trace, scale, shown }: DiagramProps) {
  const columns = Array.from({ length: shown.last - shown.first + 1 }, (_, i) => shown.first + i);
  return (
    <g>
      <Definitions scale={scale} />
      <Ending trace={trace} scale={scale} />
      {columns.map(step => (
        <StepNumber key={step} step={step} column={scale.column} />
      ))}
      {layout.lanes.map((lane, index) => (
        <LaneRow key={index} lane={lane} index={index} scale={scale} shown={shown} />
      ))}
      {layout.marks.slice(Math.max(0, shown.first - 1), shown.last).map(mark => (
        <StepMark key={mark.step} mark={mark} trace={trace} scale={scale} />
      ))}
      {layout.arrows.map(
        (arrow, index) =>
          overlap(
            { first: arrow.message.sent, last: arrow.message.left ?? layout.last },
            shown,
          ) && <MessageLine key={index} arrow={arrow} scale={scale} />,
      )}
    </g>
  );
}

/** The number of a step, above its column. */
function StepNumber({ step, column }: { readonly step: number; readonly column: number }) {
  return (
    <text class="step-number" x={xOf(step, column)} y={19}>
      {step === 0 ? 'start' : step}
    </text>
  );
}

function Definitions({ scale: { id } }: { readonly scale: Scale }) {
  return (
    <defs>
      <pattern
        id={`${id}-hatch`}
        width="7"
        height="7"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect class="hatch-ground" width="7" height="7" />
        <rect class="hatch-line" width="2" height="7" />
      </pattern>
      <linearGradient id={`${id}-fade`}>
        <stop class="fade-start" offset="0.3" />
        <stop class="fade-end" offset="1" />
      </linearGradient>
    </defs>
  );
}
