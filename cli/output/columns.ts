import { wrap } from '../../checker/trace/renderParts.ts';

/** Rows of cells as lines, each column as wide as its widest cell; cells must not be coloured. */
export function columns(
  rows: readonly (readonly string[])[],
  style: (cell: string, column: number, row: number) => string = cell => cell,
): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows.map((row, index) => {
    const last = row.findLastIndex(cell => cell !== '');
    return row
      .slice(0, last + 1)
      .map((cell, column) => {
        const padding = column === last ? 0 : (widths[column] ?? 0) - cell.length;
        return style(cell, column, index) + ' '.repeat(padding);
      })
      .join('  ');
  });
}

/** The least width that text is wrapped to: narrower, hardly a word fits. */
const NARROWEST = 16;

/** The same without colours, the last cell of each row wrapped so that no line is wider; each row has all cells. */
export function wrappedColumns(rows: readonly (readonly string[])[], width: number): string[] {
  const leading = rows.map(row => row.slice(0, -1));
  const widest = leading.reduce<readonly number[]>(
    (all, row) => row.map((cell, column) => Math.max(all[column] ?? 0, cell.length)),
    [],
  );
  const taken = widest.reduce((sum, each) => sum + each + 2, 0);
  const left = Math.max(NARROWEST, width - taken);
  return columns(
    rows.flatMap((row, index) => {
      const [first = '', ...more] = wrap(row.at(-1) ?? '', left);
      const blank = widest.map(() => '');
      return [[...(leading[index] ?? []), first], ...more.map(line => [...blank, line])];
    }),
  );
}
