import { oldestRelease } from './release.ts';
import type { RuleTable } from './ruleTable.ts';

/** A rule that every release has which its model plays: its only version. */
export function always<Value>(
  value: Value,
  source: string,
  prevents: string,
): RuleTable<{ readonly rule: Value }>['rule'] {
  return [{ since: oldestRelease, value, source, prevents }];
}
