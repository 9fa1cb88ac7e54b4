import { endingOf } from '../../../checker/trace/endingOf.ts';
import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { StepLink } from '../StepLink.tsx';

/** How a run goes on after its last step, where that matters. */
export function StoryEnd({ trace }: { readonly trace: TraceFile }) {
  const ending = endingOf(trace);
  if (ending === undefined || trace.loop === undefined) return null;
  const { step, text } = ending;
  if (step > trace.steps.length) return <p class="story-end">∞ {text}</p>;
  return (
    <p class="story-end">
      ↺ {text}: on with step <StepLink step={step} />
    </p>
  );
}
