import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Stepping } from './useStep.ts';

const STEP_MS = 900;

/** Plays the run. */
export interface Player {
  readonly isPlaying: boolean;
  /** Plays, round and round what repeats, or from the beginning if the run is at its end; or stops. */
  readonly toggle: () => void;
}

export function usePlayer({ step, last, back, goTo, goBy }: Stepping): Player {
  const [isWanted, setWanted] = useState(false);
  const isAtEnd = step >= last && back === undefined;
  const isPlaying = isWanted && !isAtEnd;
  useEffect(() => {
    if (!isWanted) return undefined;
    if (isAtEnd) {
      setWanted(false);
      return undefined;
    }
    const timer = setTimeout(() => goBy(1), STEP_MS);
    return () => clearTimeout(timer);
  }, [isWanted, step, isAtEnd, goBy]);
  const toggle = useCallback(() => {
    if (!isPlaying && isAtEnd) goTo(0);
    setWanted(!isPlaying);
  }, [isPlaying, isAtEnd, goTo]);
  return { isPlaying, toggle };
}
