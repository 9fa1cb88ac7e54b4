/** So many bars tell a shape, and fit on a screen. */
const BARS = 12;

/**
 * A histogram for the terminal, a line a bar: where it begins, its length, how many are in it.
 *
 * @param values - At least one.
 */
export function histogram(values: readonly number[], width: number): string[] {
  const least = values.reduce((low, value) => Math.min(low, value));
  const most = values.reduce((high, value) => Math.max(high, value));
  const step = stepFor((most - least) / BARS);
  const first = Math.floor(least / step) * step;
  const counts = new Array<number>(Math.floor((most - first) / step) + 1).fill(0);
  for (const value of values) {
    const bar = Math.floor((value - first) / step);
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  const longest = counts.reduce((high, count) => Math.max(high, count));
  const room = Math.max(10, width - 24);
  return counts.map((count, bar) => {
    const length = Math.round((room * count) / longest);
    const from = String(Math.round(first + bar * step)).padStart(8);
    return `${from}  ${'█'.repeat(length)}${count > 0 && length === 0 ? '▏' : ''} ${count}`.trimEnd();
  });
}

/** The least of 1, 2, 5, 10, 20, 50 ... that is not less. */
function stepFor(width: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(width, 1)));
  return [1, 2, 5, 10].map(times => times * power).find(step => step >= width) ?? 10 * power;
}
