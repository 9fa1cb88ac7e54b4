import { readFileSync, writeFileSync } from 'node:fs';
import type { AcceptedRisk, JudgedFinding, Policy } from '../../application/advice/policy.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import type { CheckOptions } from './options.ts';

/**
 * What makes a check fail, if the options say it: `--fail-on`, or `--baseline`, which means `any`.
 *
 * @throws UsageError when the baseline cannot be read.
 */
export function policyOf({ failOn, baseline }: CheckOptions): Policy | undefined {
  if (failOn === undefined && baseline === undefined) return undefined;
  const accepted = baseline === undefined ? [] : acceptedIn(baseline);
  return { failOn: failOn ?? 'any', accepted };
}

function acceptedIn(file: string): readonly AcceptedRisk[] {
  const wrong = (why: string): UsageError =>
    new UsageError(`--baseline ${file}: ${why}`, 'unreadable-input');
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
  const accepted: unknown =
    content instanceof Object && 'accepted' in content ? content.accepted : undefined;
  if (!Array.isArray(accepted)) throw wrong('expected {"accepted": [{"id": ..., "reason": ...}]}');
  return accepted.map((each: unknown) => {
    if (each instanceof Object && 'id' in each && 'reason' in each) {
      const { id, reason } = each;
      if (typeof id === 'string' && typeof reason === 'string') return { id, reason };
    }
    throw wrong('expected an "id" and a "reason" of each accepted risk, both texts');
  });
}

/**
 * Writes every finding as accepted, to be gone through; reasons that were given before are kept.
 *
 * @throws UsageError when the file cannot be written.
 */
export function writeBaseline(file: string, findings: readonly JudgedFinding[]): void {
  const accepted = findings.map(({ id, message, accepted: reason }) => {
    return { id, reason: reason ?? `to be decided: ${message}` };
  });
  try {
    writeFileSync(file, `${JSON.stringify({ accepted }, null, 2)}\n`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--write-baseline ${file}: ${why}`, 'unwritable-output');
  }
}
