import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { printable } from '../../../checker/trace/renderParts.ts';
import type { GoTo } from '../controls/useStep.ts';
import { boxOf } from '../layout/boxOf.ts';
import { columnWidth, HEAD, LANE, shownColumns, xOf, yOf } from '../layout/geometry.ts';
import type { Scale } from '../layout/scale.ts';
import { stepAt } from '../layout/stepAt.ts';
import { PropertyStrip } from '../properties/PropertyStrip.tsx';
import type { Run } from '../run.ts';
import { Diagram } from './Diagram.tsx';
import { Legend } from './Legend.tsx';
import { MessageLabels } from './MessageLabels.tsx';
import { PrintedTimeline } from './PrintedTimeline.tsx';
import { usePrinting } from './usePrinting.ts';
import { useView } from './useView.ts';
import { Zoom } from './Zoom.tsx';

/** A run of so many steps is seen as a whole on most screens. */
const FEW_STEPS = 12;

interface TimelineProps {
  readonly run: Run;
  readonly id: string;
  readonly step: number;
  readonly goTo: GoTo;
}

/** The run as a space-time diagram, with what became of the properties below it. */
export function Timeline({ run, id, step, goTo }: TimelineProps) {
  const { layout, trace } = run;
  const box = useRef<HTMLDivElement>(null);
  const names = useRef<HTMLDivElement>(null);
  const view = useView(box, names);
  const isPrinted = usePrinting();
  const [zoom, setZoom] = useState(1);
  const end = layout.last;
  const column = columnWidth(view.width, end + 1) * zoom;
  const { first, last } = shownColumns(view.left, view.width, column, end);
  const lanes = layout.lanes.length;
  const scale = useMemo((): Scale => ({ column, end, lanes, id }), [column, end, lanes, id]);
  const shown = useMemo(() => ({ first, last }), [first, last]);
  const isMeasured = view.width > 0;
  useEffect(() => {
    const x = xOf(step, column);
    const { left, width } = view;
    const isSeen = x >= left + column / 2 && x <= left + width - column / 2;
    if (isMeasured && !isSeen) box.current?.scrollTo({ left: x - width / 2 });
    // Only a step moves the view: whoever scrolls away from it may.
  }, [step, column, isMeasured]);
  const fixed = useMemo(
    () => <Diagram layout={layout} trace={trace} scale={scale} shown={shown} />,
    [layout, trace, scale, shown],
  );
  const height = HEAD + lanes * LANE;
  const [x, width] = [first * column, (last - first + 1) * column];
  return (
    <section class="panel timeline" aria-label="Timeline">
      {isPrinted && <PrintedTimeline run={run} id={`${id}-printed`} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard */}
      <section class="time-scroller" ref={box} tabIndex={0} aria-label="Timeline, scrolls sideways">
        <div class="lanes">
          <div class="names" ref={names}>
            <LaneNames layout={layout} />
          </div>
          <div class="plot" style={boxOf({ width: (end + 1) * column, height })}>
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys step through the page as a whole */}
            <svg
              onClick={event => goTo(stepAt(event, x, column))}
              role="img"
              aria-label={`Space-time diagram of ${end} steps. The list of steps says the same.`}
              viewBox={`${x} 0 ${width} ${height}`}
              style={boxOf({ left: x, width, height })}
            >
              {layout.lanes.map(({ name }, index) => (
                <rect
                  key={name}
                  class={index % 2 === 0 ? 'row' : 'row odd'}
                  x={x}
                  y={yOf(index) - LANE / 2}
                  width={width}
                  height={LANE}
                />
              ))}
              <rect class="current" x={step * column} y={0} width={column} height={height} rx={4} />
              {fixed}
              <MessageLabels layout={layout} scale={scale} step={step} />
            </svg>
          </div>
        </div>
        <PropertyStrip rows={run.properties} scale={scale} shown={shown} step={step} goTo={goTo} />
      </section>
      {end > FEW_STEPS && <Zoom zoom={zoom} setZoom={setZoom} />}
      <Legend />
    </section>
  );
}

function LaneNames({ layout: { lanes } }: Pick<Run, 'layout'>) {
  return (
    <>
      {lanes.map(({ name }) => (
        <div key={name} class="lane-name" title={printable(name)}>
          {printable(name)}
        </div>
      ))}
    </>
  );
}
