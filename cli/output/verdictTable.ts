import type { PropertyReport } from '../../checker/explore/monitor.ts';
import type { ExplorationResult } from '../../checker/explore/result.ts';
import type { Styler, TextStyle } from '../../checker/trace/renderStyle.ts';
import { renderTable } from './table.ts';

/** One exploration as a column; without a result it was not begun. */
export interface VerdictColumn {
  readonly title: string;
  readonly result: ExplorationResult | undefined;
}

/** How verdict tables are printed. */
export interface TableStyle {
  readonly width: number;
  readonly style: Styler;
}

/** What stands for "inconclusive": that word is too long for a table with many scopes. */
export const NOT_COVERED = 'not covered';
/** What stands where a scope says nothing about a property. */
export const SAYS_NOTHING = '-';

const styles = new Map<string, TextStyle>([
  ['violated', 'red'],
  [NOT_COVERED, 'yellow'],
  ['holds', 'green'],
  ['played', 'green'],
  [SAYS_NOTHING, 'dim'],
]);

/** A table with a row for each claim and its verdict in every scope. */
export function claimTable(columns: readonly VerdictColumn[], style: TableStyle): string[] {
  return verdictTable('property', columns, style, report => report.kind !== 'sometimes');
}

/** A table with a row for each goal and where it was reached. */
export function goalTable(columns: readonly VerdictColumn[], style: TableStyle): string[] {
  return verdictTable('scene', columns, style, report => report.kind === 'sometimes');
}

function verdictTable(
  title: string,
  columns: readonly VerdictColumn[],
  { width, style }: TableStyle,
  isShown: (report: PropertyReport) => boolean,
): string[] {
  const reports = columns.flatMap(({ result }) => result?.properties.filter(isShown) ?? []);
  const names = [...new Set(reports.map(report => report.name))];
  if (names.length === 0) return [];
  const rows = names.map(name => [
    sentenceOf(name),
    ...columns.map(({ result }) => verdictWord(result, name)),
  ]);
  const titles = columns.map(column => ({ title: column.title }));
  return renderTable(
    { columns: [{ title, keepsWidth: true }, ...titles], rows },
    {
      width,
      paint: (text, { row, column }) => {
        if (row < 0) return style('bold', text);
        const colour = column === 0 ? undefined : styles.get(rows[row]?.[column] ?? '');
        return colour === undefined ? text : style(colour, text);
      },
    },
  );
}

/** The name of a property as words: "acknowledged records survive". */
export function sentenceOf(name: string): string {
  return name.replaceAll('-', ' ').replace(/\bisr\b/g, 'ISR');
}

/** What one exploration says about a property, in a word or two. */
export function verdictWord(result: ExplorationResult | undefined, name: string): string {
  const report = result?.properties.find(candidate => candidate.name === name);
  if (result === undefined || report === undefined) return SAYS_NOTHING;
  const { verdict, antecedent } = report;
  switch (verdict) {
    case 'reached':
      return 'played';
    case 'unreached':
      return 'not played';
    case 'not applicable':
    case 'vacuous':
      return SAYS_NOTHING;
    case 'inconclusive':
      return result.engine === 'exhaustive' ? NOT_COVERED : randomWord(report.kind, antecedent);
    case 'holds':
    case 'violated':
      return verdict;
  }
}

/** Random runs that found nothing prove nothing, and are not called anything that sounds like it. */
function randomWord(kind: PropertyReport['kind'], antecedent: number): string {
  if (kind === 'sometimes') return 'not played';
  return antecedent > 0 ? 'nothing found' : SAYS_NOTHING;
}
