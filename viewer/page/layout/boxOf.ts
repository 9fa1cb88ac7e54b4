/** Where a box is and how large, in pixels. */
interface Box {
  readonly left?: number;
  readonly width: number;
  readonly height: number;
}

/** The same as a style: Preact adds no unit to a number. */
export function boxOf(box: Box): { readonly [side: string]: string } {
  return Object.fromEntries(Object.entries(box).map(([side, pixels]) => [side, `${pixels}px`]));
}
