/** Whose column was clicked, in a picture that begins `x` pixels from the start of the time axis. */
export function stepAt(
  event: { readonly clientX: number; readonly currentTarget: Element },
  x: number,
  column: number,
): number {
  return Math.floor(
    (x + event.clientX - event.currentTarget.getBoundingClientRect().left) / column,
  );
}
