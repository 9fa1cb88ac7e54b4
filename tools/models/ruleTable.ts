import { newestRelease } from '../../models/description/release.ts';
import {
  type RuleTable,
  type RuleVersion,
  sinceInWords,
} from '../../models/description/ruleTable.ts';
import { markdownTable } from '../markdownTable.ts';
import { withMarked } from '../marked.ts';

/** A page with every version of every rule between its marks. */
export function withRules<Rules extends object>(page: string, table: RuleTable<Rules>): string {
  return withMarked(page, 'rules', 'docs', rulesOf(table));
}

/** One row for each version of each rule, oldest first. */
function rulesOf<Rules extends object>(table: RuleTable<Rules>): string {
  const rules = Object.entries<readonly RuleVersion<unknown>[]>(table);
  const rows = rules.flatMap(([name, versions]) =>
    versions.map((version, index) => [
      index === 0 ? `\`${name}\`` : '',
      valueInWords(version.value),
      since(version, versions.length === 1),
      [version.prevents, version.sometimes].filter(text => text !== undefined).join('; '),
      version.defect === undefined
        ? ''
        : `\`${version.defect}\`${version.repaired === undefined ? '' : ', repairable'}`,
      version.source,
    ]),
  );
  const titles = ['rule', 'is', 'since', 'prevents', 'shown by', 'source'];
  return markdownTable(titles, rows).join('\n');
}

function since(version: RuleVersion<unknown>, isOnly: boolean): string {
  if (isOnly) return `always, up to ${newestRelease}`;
  const { mode } = version;
  const first = sinceInWords(version);
  return mode === undefined ? first : `${first} (${mode === 'kraft' ? 'KRaft' : 'ZooKeeper'})`;
}

/** A value of a rule as pages have it. */
export function valueInWords(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : 'a formula';
}
