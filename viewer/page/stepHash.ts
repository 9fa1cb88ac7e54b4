/** The step that a link such as `#step=7` names, or undefined; never beyond the last. */
export function stepOfHash(hash: string, last: number): number | undefined {
  const digits = /^#step=(\d{1,9})$/.exec(hash)?.[1];
  return digits === undefined ? undefined : Math.min(last, Number(digits));
}

/** The link to a step. */
export function hashOfStep(step: number): string {
  return `#step=${step}`;
}
