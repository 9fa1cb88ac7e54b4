import { type RuleTable, sinceInWords } from './ruleTable.ts';

/** A version of a rule that came with a release, for the page of the model. */
export interface RuleChange {
  readonly rule: string;
  /** The first releases with it: `3.5.2, 3.6`. */
  readonly since: string;
  readonly source: string;
  readonly prevents: string;
  /** The race because of which it does not always hold. */
  readonly sometimes?: string;
}

/** The rules that are not the same in all releases: every version but the first of all, in order. */
export function ruleChanges<Rules extends object>(table: RuleTable<Rules>): RuleChange[] {
  const rules = Object.entries<RuleTable<Rules>[keyof Rules]>(table);
  return rules.flatMap(([rule, versions]) =>
    versions.slice(1).map(version => {
      const { source, prevents, sometimes } = version;
      const since = sinceInWords(version);
      return { rule, since, source, prevents, ...(sometimes === undefined ? {} : { sometimes }) };
    }),
  );
}
