import { stepText } from '../../../checker/trace/stepText.ts';
import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { xOf, yOf } from '../layout/geometry.ts';
import type { Mark } from '../layout/layout.ts';
import type { Scale } from '../layout/scale.ts';
import { SignShape } from './Sign.tsx';

const RADIUS = 9;

interface StepMarkProps {
  readonly mark: Mark;
  readonly trace: TraceFile;
  readonly scale: Scale;
}

/** A step: its sign on the lane of whoever acts, and a line to whom it concerns. */
export function StepMark({ mark: { step, lane, kind, concerns }, trace, scale }: StepMarkProps) {
  const x = xOf(step, scale.column);
  const y = yOf(lane);
  return (
    <g class={`mark kind-${kind}`} data-step={step}>
      {concerns !== undefined && <Concern x={x} from={y} to={yOf(concerns)} />}
      <g transform={`translate(${x} ${y})`}>
        <SignShape kind={kind} />
      </g>
      <title>{`${step} ${stepText(trace, step)}`}</title>
    </g>
  );
}

function Concern({
  x,
  from,
  to,
}: {
  readonly x: number;
  readonly from: number;
  readonly to: number;
}) {
  const down = Math.sign(to - from);
  const tip = to - down * 8;
  return (
    <g class="concern">
      <line x1={x} x2={x} y1={from + down * RADIUS} y2={tip - down * 6} />
      <path d={`M${x} ${tip}l-4.5 ${-down * 9}h9z`} />
    </g>
  );
}
