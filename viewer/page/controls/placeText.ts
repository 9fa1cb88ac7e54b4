/** Where the run is, in words: `step 7 of 11`. */
export function placeText(step: number, last: number): string {
  if (last === 0) return 'no steps';
  return step === 0 ? `before step 1 of ${last}` : `step ${step} of ${last}`;
}
