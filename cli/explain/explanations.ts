import { UsageError } from '../../catalogue/usageError.ts';
import { exitCodes } from '../exitCodes.ts';
import { errors } from './errors.ts';
import type { Explanation } from './explanation.ts';
import { verdicts } from './verdicts.ts';

/** Everything that can be explained by a word: errors, then verdicts. */
export const explanations: readonly Explanation[] = [
  ...Object.entries(errors).map(([code, told]) => ({ code, kind: 'error' as const, ...told })),
  ...Object.entries(verdicts).map(([code, told]) => ({ code, kind: 'verdict' as const, ...told })),
];

/**
 * What a word means, or all that may be behind an exit code.
 *
 * @throws UsageError when it is neither.
 */
export function explanationsOf(code: string): readonly Explanation[] {
  const word = code.toLowerCase().replace(/^\[|\]$/g, '');
  const found = explanations.filter(each => each.code === word || String(each.exitCode) === word);
  if (found.length > 0) return found;
  const numbers = Object.values(exitCodes).map(String);
  throw UsageError.unknown('code', code, [...explanations.map(each => each.code), ...numbers]);
}
