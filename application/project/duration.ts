/** Thirty days: timers count no more milliseconds than that in 32 bits. */
const LONGEST_MS = 30 * 24 * 3600 * 1000;

const units = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** The milliseconds of a duration such as 500ms, 60s, 5m or 1h; undefined if it is none. */
export function millisecondsIn(text: string): number | undefined {
  const value = withUnit(text, units);
  return value === undefined || value <= 0 || value > LONGEST_MS ? undefined : value;
}

/** A number with one of these units; undefined if the text is something else. */
export function withUnit(text: string, factors: ReadonlyMap<string, number>): number | undefined {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)([A-Za-z]+)$/.exec(text) ?? [];
  const factor = factors.get(unit);
  return factor === undefined ? undefined : Number(number) * factor;
}
