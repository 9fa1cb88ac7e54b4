import { useMemo } from 'preact/hooks';
import { stepText } from '../../../checker/trace/stepText.ts';
import type { Run } from '../run.ts';
import { StepLink } from '../StepLink.tsx';
import { Sign } from '../timeline/Sign.tsx';

interface StoryStepProps {
  readonly run: Run;
  readonly step: number;
  readonly isCurrent: boolean;
}

/** A step in the list of all of them. */
export function StoryStep({ run: { trace, layout }, step, isCurrent }: StoryStepProps) {
  // What is drawn once stays as it is: only few of many steps change when another one is chosen.
  return useMemo(() => {
    const kind = layout.marks[step - 1]?.kind ?? 'unknown';
    const isRepeated = trace.loop !== undefined && step > trace.loop.from;
    return (
      <li aria-current={isCurrent ? 'step' : undefined} class={isRepeated ? 'repeated' : undefined}>
        <StepLink step={step}>
          <span class="number">{step}</span>
          <Sign kind={kind} />
          <span class="what">
            {kind === 'fault' && <b class="word">fault: </b>}
            {stepText(trace, step)}
          </span>
        </StepLink>
      </li>
    );
  }, [trace, layout, step, isCurrent]);
}
