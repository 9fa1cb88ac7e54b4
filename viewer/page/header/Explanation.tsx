import { explanationOf, type Reason } from '../../../checker/trace/explanationOf.ts';
import { printable } from '../../../checker/trace/renderParts.ts';
import { stepText } from '../../../checker/trace/stepText.ts';
import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { linkSteps } from '../linkSteps.ts';
import { StepLink } from '../StepLink.tsx';

/** A longer chain is shown when asked for. */
const SHORT = 10;

interface ExplanationProps {
  readonly trace: TraceFile;
  /** There are other runs beside it: then what is shown of each should be of one height. */
  readonly isCompared: boolean;
}

/** Why the run ends as it does. */
export function Explanation({ trace, isCompared }: ExplanationProps) {
  const reasons = explanationOf(trace);
  if (reasons.length === 0) return null;
  return (
    <section class="panel explanation" aria-label="Explanation">
      <h2>Why</h2>
      {reasons.map(reason =>
        reason.topic === 'chain' ? (
          <Chain
            key={reason.topic}
            trace={trace}
            reason={reason}
            isOpen={!isCompared && reason.steps.length <= SHORT}
          />
        ) : (
          <Sentence key={reason.topic} reason={reason} />
        ),
      )}
    </section>
  );
}

function Sentence({ reason: { text, steps } }: { readonly reason: Reason }) {
  return (
    <p>
      {linkSteps(printable(text), steps).map((piece, index) =>
        piece.step === undefined ? piece.text : <StepLink key={index} step={piece.step} />,
      )}
    </p>
  );
}

interface ChainProps {
  readonly trace: TraceFile;
  readonly reason: Reason;
  readonly isOpen: boolean;
}

/** The chain of causes, a line for each step: as a sentence it would be a long one. */
function Chain({ trace, reason: { steps }, isOpen }: ChainProps) {
  return (
    <details class="chain" open={isOpen}>
      <summary>
        {steps.length === 1
          ? 'One step leads to it'
          : `A chain of ${steps.length} steps leads to it`}
      </summary>
      <ol>
        {steps.map(step => (
          <li key={step} value={step}>
            <StepLink step={step}>{stepText(trace, step)}</StepLink>
          </li>
        ))}
      </ol>
    </details>
  );
}
