import { useCallback, useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { hashOfStep, stepOfHash } from '../stepHash.ts';

/** Browsers slow down a page that changes its address many times a second. */
const PAUSE_MS = 200;

/** Goes to a step; one that does not exist is taken for the nearest. */
export type GoTo = (step: number) => void;

/** The step that is shown, and how to leave it. */
export interface Stepping {
  readonly step: number;
  readonly last: number;
  /** Where the run goes on after its last step, if it repeats. */
  readonly back: number | undefined;
  readonly goTo: GoTo;
  /** Goes on, or back, from wherever the page is by then: keys may come faster than it is drawn. */
  readonly goBy: (steps: number) => void;
}

/** Where stepping begins, and ends. */
interface StepOptions {
  /** The step that comes after the last one, if there is one. */
  readonly back?: number | undefined;
  /** The step that is shown where the address names none; the initial state if absent. */
  readonly first?: number;
  /** The number of the story that is shown, of a page with several. */
  readonly story?: number | undefined;
}

/**
 * The step that is shown, which is also in the address of the page.
 *
 */
export function useStep(last: number, { back, first = 0, story }: StepOptions = {}): Stepping {
  const [step, setStep] = useState(() => stepOfHash(location.hash, last) ?? first);
  const goTo = useCallback<GoTo>(to => setStep(nearest(to, last)), [last]);
  const goBy = useCallback(
    (steps: number) =>
      setStep(at => (at === last && steps === 1 && back ? back : nearest(at + steps, last))),
    [last, back],
  );
  useLayoutEffect(() => {
    const follow = (): void => {
      const named = stepOfHash(location.hash, last);
      if (named !== undefined) setStep(named);
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [last]);
  useEffect(() => {
    const hash = hashOfStep(step, story);
    const isPlain = stepOfHash(location.hash, last) === undefined && step === first;
    if (location.hash === hash || isPlain) return;
    const timer = setTimeout(() => history.replaceState(null, '', hash), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [step, last, first, story]);
  return { step, last, back, goTo, goBy };
}

function nearest(step: number, last: number): number {
  return Math.min(last, Math.max(0, step));
}
