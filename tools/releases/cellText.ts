import { isSamePoint } from '../../application/matrix/cell.ts';
import { questions } from '../../application/matrix/questions.ts';
import { lettersOf, looksSafer, rowsOf } from '../../application/matrix/rows.ts';
import type { SavedCell } from '../../cli/matrix/savedMatrix.ts';

/** Marks what looks safer than a stricter setting. */
export const footnoteMark = '¹';

/** How the letters of a cell are written on a page. */
export interface CellStyle {
  /** The way from the page to the traces that cells name. */
  readonly folder: string;
  /** The cell above: letters that it does not have are bold. */
  readonly before: SavedCell | undefined;
  readonly matrix: readonly SavedCell[];
}

/** The letters of a cell, each leading to its story, with a mark where a stricter setting loses more. */
export function cellText(cell: SavedCell, { folder, before, matrix }: CellStyle): string {
  const shown = representative(cell, matrix);
  const old = before && [...lettersOf(before)];
  const letters = [...lettersOf(cell)].map((letter, index) => {
    const trace = traceOf(shown, questions[index]?.property);
    const text = trace === undefined ? letter : `[${letter}](${folder}/${trace})`;
    return { text, isBold: old !== undefined && old[index] !== letter };
  });
  return `${inBold(letters)}${looksSafer(cell, matrix).length > 0 ? footnoteMark : ''}`;
}

/** Texts one after the other, those in bold that follow each other together. */
function inBold(texts: readonly { readonly text: string; readonly isBold: boolean }[]): string {
  const marks = texts.map(({ text, isBold }, index) => {
    const wasBold = texts[index - 1]?.isBold ?? false;
    return `${isBold === wasBold ? '' : '**'}${text}`;
  });
  return `${marks.join('')}${texts.at(-1)?.isBold === true ? '**' : ''}`;
}

function traceOf({ answers }: SavedCell, property: string | undefined): string | undefined {
  return answers.find(answer => answer.property === property)?.trace;
}

/** The cell of the newest release that has the same letters everywhere: its stories are kept. */
export function representative(cell: SavedCell, matrix: readonly SavedCell[]): SavedCell {
  const row = rowsOf(matrix, cell).find(({ points }) =>
    points.some(point => isSamePoint(point, cell)),
  );
  return row?.cells.find(({ scenario }) => scenario === cell.scenario) ?? cell;
}
