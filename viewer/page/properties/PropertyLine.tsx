import { useMemo } from 'preact/hooks';
import { printable } from '../../../checker/trace/renderParts.ts';
import type { GoTo } from '../controls/useStep.ts';
import { boxOf } from '../layout/boxOf.ts';
import { overlap } from '../layout/geometry.ts';
import type { Span } from '../layout/layout.ts';
import {
  type PropertyRow,
  rowText,
  type Truth,
  type TruthSpan,
  truthText,
} from '../layout/propertyRows.ts';
import type { Scale } from '../layout/scale.ts';
import { stepAt } from '../layout/stepAt.ts';

const HEIGHT = 24;
/** Half of how high each truth is drawn: what matters stands out. */
const halves: Readonly<Record<Truth, number>> = {
  holds: 4,
  silent: 1,
  violated: 10,
  reached: 10,
  due: 7,
};
const signs: Readonly<Partial<Record<Truth, string>>> = {
  violated: 'M-4-4L4 4M-4 4L4-4',
  reached: 'M-5 0L-1.5 4 5-4',
  due: 'M-3.5-4.5h7L-3.5 4.5h7z',
};

interface PropertyLineProps {
  readonly row: PropertyRow;
  readonly scale: Scale;
  readonly shown: Span;
  readonly step: number;
  readonly goTo: GoTo;
}

/** A property from state to state. */
export function PropertyLine({ row, scale, shown, step, goTo }: PropertyLineProps) {
  const { column, end } = scale;
  const [x, width] = [shown.first * column, (shown.last - shown.first + 1) * column];
  const bars = useMemo(
    () => (
      <g>
        {row.spans
          .filter(span => overlap(span, shown))
          .map(span => (
            <TruthBar key={span.first} span={span} column={column} />
          ))}
      </g>
    ),
    [row, shown, column],
  );
  const now = row.spans.find(({ first, last }) => first <= step && step <= last)?.truth ?? 'silent';
  return (
    <div class={`property now-${now}`}>
      <div class="property-label" title={printable(row.statement)}>
        {printable(row.name)}
      </div>
      <div class="plot" style={boxOf({ width: (end + 1) * column, height: HEIGHT })}>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys step through the page as a whole */}
        <svg
          role="img"
          aria-label={printable(rowText(row))}
          viewBox={`${x} 0 ${width} ${HEIGHT}`}
          style={boxOf({ left: x, width, height: HEIGHT })}
          onClick={event => goTo(stepAt(event, x, column))}
        >
          <rect class="current" x={step * column} y={0} width={column} height={HEIGHT} />
          {bars}
        </svg>
      </div>
    </div>
  );
}

function TruthBar({ span, column }: { readonly span: TruthSpan; readonly column: number }) {
  const { first, last, truth } = span;
  const half = halves[truth];
  const sign = signs[truth];
  const x = first * column;
  return (
    <g class={`truth ${truth}`}>
      <rect
        x={x + 1}
        y={HEIGHT / 2 - half}
        width={(last - first + 1) * column - 2}
        height={2 * half}
        rx={Math.min(3, half)}
      />
      {sign !== undefined && (
        <path class="sign-line" d={sign} transform={`translate(${x + column / 2} ${HEIGHT / 2})`} />
      )}
      <title>{truthText[truth]}</title>
    </g>
  );
}
