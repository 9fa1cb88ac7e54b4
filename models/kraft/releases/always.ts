import { oldestRelease } from '../../description/release.ts';
import type { RuleTable } from '../../description/ruleTable.ts';

/** A rule that every release with a metadata quorum has: its only version. */
export function always<Value>(
  value: Value,
  source: string,
  prevents: string,
): RuleTable<{ readonly rule: Value }>['rule'] {
  return [{ since: oldestRelease, value, source, prevents }];
}
