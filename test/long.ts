/** Whether the long runs are made (`npm run test:long`): every scope and every manner, where else some are chosen. */
export const isLong = process.env['HIGHWATER_LONG'] !== undefined;

/** How many random cases to try: few on every change, more in the long runs. */
export function casesOf(few: number, more: number): number {
  return isLong ? more : few;
}

/** Of cases that are alike: every so-manyth on every change, always the same ones; all of them in the long runs. */
export function everyFew<Case>(cases: readonly Case[], step: number): readonly Case[] {
  return isLong ? cases : cases.filter((_, index) => index % step === 0);
}
