import type { RandomSource } from '../core/randomSource.ts';
import { DeclarationError } from '../declarationError.ts';

/** How long something takes, in virtual milliseconds: always the same, or drawn anew each time. */
export type Duration =
  | { readonly kind: 'fixed'; readonly ms: number }
  /** Every length from `from` (included) to `to` (excluded) is as likely as any other. */
  | { readonly kind: 'uniform'; readonly from: number; readonly to: number }
  /** At a constant rate: how long it has taken so far says nothing of how long it still takes. */
  | { readonly kind: 'exponential'; readonly mean: number }
  /** One of what was measured. */
  | { readonly kind: 'measured'; readonly values: readonly number[] };

/** Always so many milliseconds. */
export function fixed(ms: number): Duration {
  expectLength('fixed', ms);
  return { kind: 'fixed', ms };
}

/**
 * Every length from `from` (included) to `to` (excluded), in milliseconds.
 *
 * @throws DeclarationError when one is no length, or `to` is less than `from`.
 */
export function uniform(from: number, to: number): Duration {
  expectLength('uniform', from);
  expectLength('uniform', to);
  if (to < from) throw new DeclarationError(`uniform: expected from ${from} on, found ${to}`);
  return { kind: 'uniform', from, to };
}

/** At a constant rate, with this mean in milliseconds. */
export function exponential(mean: number): Duration {
  expectLength('exponential', mean);
  return { kind: 'exponential', mean };
}

/** One of these lengths in milliseconds, each as likely as any other. */
export function measured(values: readonly number[]): Duration {
  if (values.length === 0) throw new DeclarationError('measured: expected at least one length');
  for (const value of values) expectLength('measured', value);
  return { kind: 'measured', values };
}

/** A length of this kind. */
export function draw(duration: Duration, random: RandomSource): number {
  switch (duration.kind) {
    case 'fixed':
      return duration.ms;
    case 'uniform':
      return duration.from + random.unit() * (duration.to - duration.from);
    case 'exponential':
      // `unit` may be 0, and is never 1.
      return -duration.mean * Math.log(1 - random.unit());
    case 'measured':
      return duration.values[random.below(duration.values.length)] as number;
  }
}

function expectLength(what: string, ms: number): void {
  if (Number.isFinite(ms) && ms >= 0) return;
  throw new DeclarationError(`${what}: expected milliseconds, 0 or more, found ${ms}`);
}
