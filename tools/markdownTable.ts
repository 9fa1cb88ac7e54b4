/** The lines of a table in Markdown. A bar in a cell is no end of it. */
export function markdownTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)];
}

function line(cells: readonly string[]): string {
  const texts = cells.map(cell => cell.replaceAll('|', '\\|').replaceAll('\n', ' '));
  return `| ${texts.join(' | ')} |`;
}
