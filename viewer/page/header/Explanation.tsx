import { explanationOf, type Reason } from '../../../checker/trace/explanationOf.ts';
import { type PassedOver, passedOverOf } from '../../../checker/trace/passedOverOf.ts';
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
  // What was passed over is listed as a whole.
  const isListed = passedOverOf(trace).length > 0;
  const reasons = explanationOf(trace).filter(({ topic }) => topic !== 'passedOver' || !isListed);
  if (reasons.length === 0) return null;
  return (
    <section class="panel explanation" aria-label="Explanation">
      <h2>Why</h2>
      {reasons.map((reason, index) =>
        reason.topic === 'chain' ? (
          <Chain
            key={reason.topic}
            trace={trace}
            reason={reason}
            isOpen={!isCompared && reason.steps.length <= SHORT}
          />
        ) : (
          <Sentence key={index} reason={reason} />
        ),
      )}
      {passedOverOf(trace).map(group => (
        <PassedOverList key={group.why} group={group} isOpen={!isCompared} />
      ))}
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

interface PassedOverProps {
  readonly group: PassedOver;
  readonly isOpen: boolean;
}

/** What could have happened and did not have to, a line for each. */
function PassedOverList({ group: { title, items }, isOpen }: PassedOverProps) {
  return (
    <details class="passed-over" open={isOpen && items.length <= SHORT}>
      <summary>
        {title} ({items.length})
      </summary>
      <ul>
        {items.map(({ text, steps }, index) => (
          <li key={index}>
            {linkSteps(text, steps).map((piece, at) =>
              piece.step === undefined ? piece.text : <StepLink key={at} step={piece.step} />,
            )}
          </li>
        ))}
      </ul>
    </details>
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
