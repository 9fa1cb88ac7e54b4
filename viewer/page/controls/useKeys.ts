import { useLayoutEffect } from 'preact/hooks';
import type { Player } from './usePlayer.ts';
import type { Stepping } from './useStep.ts';

/** Arrows, Home, End and space, wherever the focus is, unless what has it wants them itself. */
export function useKeys({ last, goTo, goBy }: Stepping, { toggle }: Player): void {
  // Before the page is painted: who sees it can use it.
  useLayoutEffect(() => {
    const moves = new Map([
      ['ArrowLeft', () => goBy(-1)],
      ['ArrowRight', () => goBy(1)],
      ['Home', () => goTo(0)],
      ['End', () => goTo(last)],
      [' ', toggle],
    ]);
    const press = (event: KeyboardEvent): void => {
      const move = moves.get(event.key);
      const isShortcut = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
      if (move === undefined || isShortcut) return;
      if (event.target instanceof Element && event.target.matches(ownUse(event.key))) return;
      event.preventDefault();
      move();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [last, goTo, goBy, toggle]);
}

/** What does something of its own with a key. */
function ownUse(key: string): string {
  return key === ' ' ? 'button, summary, select, textarea' : 'input, select, textarea';
}
