import type { MergedVerdict } from '../../application/check/mergeProperties.ts';
import type { TextStyle } from '../../checker/trace/renderStyle.ts';
import type { TextLayout } from './style.ts';
import { renderTable } from './table.ts';

/** A column of verdicts: a scope, or several that complement each other. */
export interface VerdictColumn {
  readonly title: string;
  readonly verdicts: readonly NamedVerdict[];
}

/** What a column says about a property. */
interface NamedVerdict {
  readonly name: string;
  readonly verdict: MergedVerdict;
}

/** What stands for "inconclusive": that word is too long for a table with many scopes. */
export const NOT_COVERED = 'not covered';
/** What stands where a scope says nothing about a property. */
export const SAYS_NOTHING = '-';

const styles = new Map<string, TextStyle>([
  ['violated', 'red'],
  [NOT_COVERED, 'yellow'],
  ['holds', 'green'],
  [SAYS_NOTHING, 'dim'],
]);

/** A table with a row for each property and its verdict in every column. */
export function verdictTable(
  columns: readonly VerdictColumn[],
  { width, style }: TextLayout,
): string[] {
  const names = [...new Set(columns.flatMap(({ verdicts }) => verdicts.map(({ name }) => name)))];
  if (names.length === 0) return [];
  const title = 'property';
  const rows = names.map(name => [
    sentenceOf(name),
    ...columns.map(({ verdicts }) =>
      verdictWord(verdicts.find(each => each.name === name)?.verdict),
    ),
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
  return name
    .replaceAll('-', ' ')
    .replace(/\bisr\b/g, 'ISR')
    .replace(/\belr\b/g, 'ELR');
}

/**
 * A verdict in a word or two, as tables have it. Random runs that found nothing prove nothing, and are
 * not called anything that sounds like it.
 */
export function verdictWord(verdict: MergedVerdict | undefined): string {
  switch (verdict) {
    case undefined:
    case 'not applicable':
    case 'not exercised':
      return SAYS_NOTHING;
    case 'inconclusive':
      return NOT_COVERED;
    case 'reached':
      return 'played';
    case 'unreached':
      return 'not played';
    default:
      return verdict;
  }
}
