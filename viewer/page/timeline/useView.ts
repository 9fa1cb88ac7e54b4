import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** What of a box that scrolls sideways is to be seen, in pixels, beside the names that stay. */
export interface View {
  readonly left: number;
  readonly width: number;
}

/** Follows a box as it scrolls and as it changes its size. */
export function useView(
  box: RefObject<HTMLElement | null>,
  names: RefObject<HTMLElement | null>,
): View {
  const [view, setView] = useState<View>({ left: 0, width: 0 });
  useEffect(() => {
    const { current } = box;
    if (current === null) return undefined;
    const look = (): void => {
      const left = current.scrollLeft;
      const width = current.clientWidth - (names.current?.offsetWidth ?? 0);
      setView(before =>
        before.left === left && before.width === width ? before : { left, width },
      );
    };
    const observer = new ResizeObserver(look);
    observer.observe(current);
    current.addEventListener('scroll', look, { passive: true });
    look();
    return () => {
      observer.disconnect();
      current.removeEventListener('scroll', look);
    };
  }, [box, names]);
  return view;
}
