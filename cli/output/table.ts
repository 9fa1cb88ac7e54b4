/** A column of a {@link Table}. */
interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Keep its width as long as other columns can be narrowed without cutting words. */
  readonly keepsWidth?: true;
}

/** Rows of text under titles. A row may have fewer cells than there are columns. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** How a table is laid out. */
export interface Layout {
  /** The widest line, in characters. */
  readonly width: number;
  /** Colours a cell once its width is settled; must not change what is seen. */
  readonly paint?: (
    text: string,
    cell: { readonly row: number; readonly column: number },
  ) => string;
}

const GAP = 2;
/** A column is never made narrower than this, even if the table gets wider than asked. */
const NARROWEST = 4;
/** Marks a word of which the end was cut off. */
const CUT = '…';

/**
 * The lines of a table: aligned columns under a rule. Where the table is too wide, the widest columns
 * are wrapped at blanks, down to their longest words; only then are words cut, marked by "…".
 */
export function renderTable(table: Table, layout: Layout): string[] {
  const titles = table.columns.map(column => printable(column.title));
  const rows = table.rows.map(row => table.columns.map((_, index) => printable(row[index] ?? '')));
  const keeps = table.columns.map(column => column.keepsWidth === true);
  const widths = columnWidths([titles, ...rows], keeps, layout.width);
  const aligns = table.columns.map(column => column.align ?? 'left');
  const linesOf = (cells: readonly string[], row: number): string[] =>
    rowLines(cells, { widths, aligns, row, ...(layout.paint && { paint: layout.paint }) });
  const rule = widths.map(width => '─'.repeat(width)).join(' '.repeat(GAP));
  return [...linesOf(titles, -1), rule, ...rows.flatMap((cells, row) => linesOf(cells, row))];
}

/** The words of a text in lines of at most `width` characters; a longer word is cut and marked. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter(part => part !== '')) {
    const fitted = cutWord(word, width);
    if (line === '') line = fitted;
    else if (line.length + 1 + fitted.length <= width) line += ` ${fitted}`;
    else {
      lines.push(line);
      line = fitted;
    }
  }
  return [...lines, line];
}

function cutWord(word: string, width: number): string {
  return word.length <= width ? word : `${word.slice(0, Math.max(0, width - 1))}${CUT}`;
}

/** Control characters would break the columns, or the terminal. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

function columnWidths(
  rows: readonly (readonly string[])[],
  keeps: readonly boolean[],
  width: number,
): number[] {
  const columns = rows[0]?.map((_, index) => rows.map(row => row[index] ?? '')) ?? [];
  const natural = columns.map(cells => longest(cells));
  const words = columns.map(cells => longest(cells.flatMap(cell => cell.split(' '))));
  const room = width - GAP * (columns.length - 1);
  const widths = [...natural];
  const least = words.map((word, index) => (keeps[index] ? (natural[index] ?? 0) : word));
  shrink(widths, least, room);
  shrink(widths, words, room);
  shrink(
    widths,
    words.map(word => Math.min(word, NARROWEST)),
    room,
  );
  return widths;
}

function longest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, text.length), 0);
}

/** Takes from the widest column that still can give, until the columns fit or none can. */
function shrink(widths: number[], least: readonly number[], room: number): void {
  let excess = widths.reduce((sum, width) => sum + width, 0) - room;
  for (; excess > 0; excess--) {
    let widest = -1;
    for (const [index, width] of widths.entries()) {
      if (width > (least[index] ?? 0) && width > (widths[widest] ?? 0)) widest = index;
    }
    if (widest < 0) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
}

interface RowLayout {
  readonly widths: readonly number[];
  readonly aligns: readonly ('left' | 'right')[];
  readonly row: number;
  readonly paint?: NonNullable<Layout['paint']>;
}

function rowLines(cells: readonly string[], { widths, aligns, row, paint }: RowLayout): string[] {
  const wrapped = cells.map((cell, column) => wrapText(cell, widths[column] ?? 0));
  const height = wrapped.reduce((most, lines) => Math.max(most, lines.length), 1);
  return Array.from({ length: height }, (_, line) => {
    const parts = wrapped.map((lines, column) => {
      const text = lines[line] ?? '';
      const padding = ' '.repeat(Math.max(0, (widths[column] ?? 0) - text.length));
      const painted = text === '' || !paint ? text : paint(text, { row, column });
      const isLast = column === wrapped.length - 1;
      if (aligns[column] === 'right') return padding + painted;
      return isLast ? painted : painted + padding;
    });
    return parts.join(' '.repeat(GAP)).trimEnd();
  });
}
