import { type Duration, exponential, fixed, uniform } from './duration.ts';

/**
 * A duration as a user writes it, in milliseconds: `20`; `10..20`, every length between as likely as another; `~20`,
 * at a constant rate with that mean. Undefined where the text is none.
 */
export function durationFrom(text: string): Duration | undefined {
  const [, rate, first, last] = /^(~?)(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))?$/.exec(text) ?? [];
  if (first === undefined) return undefined;
  const [from, to] = [Number(first), last === undefined ? undefined : Number(last)];
  if (rate === '~') return to === undefined ? exponential(from) : undefined;
  if (to === undefined) return fixed(from);
  return to < from ? undefined : uniform(from, to);
}

/** The same as it was written. */
export function durationText(duration: Duration): string {
  switch (duration.kind) {
    case 'fixed':
      return String(duration.ms);
    case 'uniform':
      return `${duration.from}..${duration.to}`;
    case 'exponential':
      return `~${duration.mean}`;
    case 'measured':
      return `one of ${duration.values.length} measured`;
  }
}

/** The mean of a duration, in milliseconds. */
export function meanOf(duration: Duration): number {
  switch (duration.kind) {
    case 'fixed':
      return duration.ms;
    case 'uniform':
      return (duration.from + duration.to) / 2;
    case 'exponential':
      return duration.mean;
    case 'measured':
      return duration.values.reduce((sum, value) => sum + value, 0) / duration.values.length;
  }
}
