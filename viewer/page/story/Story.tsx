import { useEffect, useRef } from 'preact/hooks';
import type { Run } from '../run.ts';
import { StoryEnd } from './StoryEnd.tsx';
import { StoryStep } from './StoryStep.tsx';
import { shownSteps } from './shownSteps.ts';

interface StoryProps {
  readonly run: Run;
  readonly step: number;
}

/** All steps as a list: what the diagram shows, for those who do not see it. */
export function Story({ run, step }: StoryProps) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // Only the list scrolls: the page stays where its reader is.
    const current = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (list.current === null || current == null) return;
    const { scrollTop, clientHeight } = list.current;
    const top = current.offsetTop;
    if (top < scrollTop || top + current.offsetHeight > scrollTop + clientHeight) {
      list.current.scrollTop = top - clientHeight / 2;
    }
  }, [step]);
  const end = run.layout.last;
  const { first, last } = shownSteps(step, end);
  const steps = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return (
    <nav class="panel story" aria-label="All steps">
      <h2>Steps</h2>
      {steps.length < end && (
        <p class="note">
          Steps {first} to {last} of {end}.
        </p>
      )}
      <ol ref={list} start={first}>
        {steps.map(each => (
          <StoryStep key={each} run={run} step={each} isCurrent={each === step} />
        ))}
      </ol>
      <StoryEnd trace={run.trace} />
    </nav>
  );
}
