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
