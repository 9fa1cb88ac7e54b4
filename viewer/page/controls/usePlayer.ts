import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Stepping } from './useStep.ts';

const STEP_MS = 900;

/** Plays the run. */
export interface Player {
  readonly isPlaying: boolean;
  /** Plays, from the beginning if the run is at its end; or stops. */
  readonly toggle: () => void;
}

export function usePlayer({ step, last, goTo, goBy }: Stepping): Player {
  const [isWanted, setWanted] = useState(false);
  const isPlaying = isWanted && step < last;
  useEffect(() => {
    if (!isWanted) return undefined;
    if (step >= last) {
      setWanted(false);
      return undefined;
    }
    const timer = setTimeout(() => goBy(1), STEP_MS);
    return () => clearTimeout(timer);
  }, [isWanted, step, last, goBy]);
  const toggle = useCallback(() => {
    if (!isPlaying && step >= last) goTo(0);
    setWanted(!isPlaying);
  }, [isPlaying, step, last, goTo]);
  return { isPlaying, toggle };
}
