import type { Place } from '../place.ts';
import type { Said } from './said.ts';
import type { LogCell, LogMark, LogSlot, LogStrip } from './view.ts';

/** A strip has no more slots than that; of longer logs the end is shown. */
const MOST_SLOTS = 256;
/** A mark further to the right of the last entry than that is drawn there. */
const MOST_BEYOND = 4;

/** The offset that stands at a place; undefined if there is none, or it is none. */
export function offsetAt({ number }: Place): number | undefined {
  return number !== undefined && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** A mark at the offset that stands at a place; none where no offset stands. */
export function markAt(place: Place, name: string, kind: LogMark['kind'] = 'other'): LogMark[] {
  const offset = offsetAt(place);
  return offset === undefined ? [] : [{ name, offset, kind, changed: place.changed }];
}

/** Sets cells and marks into the row of a log. Cells of one offset follow each other in the list. */
export function logStrip(
  name: string,
  cells: readonly LogCell[],
  marks: readonly LogMark[],
): LogStrip {
  const end = cells.reduce((most, { offset }) => Math.max(most, offset + 1), 0);
  const last = Math.min(
    end + MOST_BEYOND,
    marks.reduce((most, { offset }) => Math.max(most, offset), end),
  );
  const count = marks.length > 0 ? last + 1 : end;
  const first = Math.max(0, count - MOST_SLOTS);
  const slots: LogSlot[] = Array.from({ length: count - first }, (_, index) => ({
    offset: first + index,
    marks: [],
  }));
  const filled = slots.map(slot => slot);
  for (const cell of cells) {
    const slot = filled[cell.offset - first];
    if (slot !== undefined) filled[cell.offset - first] = { ...slot, cell };
  }
  for (const mark of marks) {
    const index = Math.max(0, Math.min(mark.offset, last) - first);
    const slot = filled[index];
    const named = mark.offset > last ? { ...mark, name: `${mark.name} ${mark.offset}` } : mark;
    if (slot !== undefined) filled[index] = { ...slot, marks: [...slot.marks, named] };
  }
  return { words: stripWords(name, cells, marks), slots: filled, hidden: first };
}

function stripWords(name: string, cells: readonly LogCell[], marks: readonly LogMark[]): string {
  const kept = cells.filter(({ isRemoved }) => isRemoved !== true).length;
  const entries = kept === 1 ? '1 entry' : `${kept} entries`;
  const places = marks.map(mark => `${mark.name} ${mark.offset}`);
  return [`${name}: ${entries}`, ...places].join(', ');
}

/** A cell in words: "offset 0, epoch 1, record 2, flushed, committed, changed". */
export function cellWords(cell: LogCell): string {
  const { offset, epoch, words, isFlushed, isCommitted, isDeleted, changed, isRemoved } = cell;
  return [
    `offset ${offset}`,
    ...(epoch === undefined ? [] : [`epoch ${epoch}`]),
    words,
    ...(isDeleted === true || isRemoved === true ? [] : [isFlushed ? '' : 'not flushed']),
    isCommitted ? 'committed' : '',
    cell.differs ?? '',
    isRemoved === true ? 'removed in this step' : changed ? 'changed' : '',
  ]
    .filter(part => part !== '')
    .join(', ');
}

/** Whether what is remembered is in the log of who leads now. */
export function recordNote(cells: readonly LogCell[], leader: string | undefined): Said {
  const lost = cells.flatMap(({ offset, differs }) => (differs === undefined ? [] : offset));
  const offsets = lost.length === 1 ? `offset ${lost[0]}` : `offsets ${lost.join(', ')}`;
  if (leader === undefined) return { text: 'nobody leads now', changed: false, tone: 'quiet' };
  return lost.length === 0
    ? { text: `all of it is in the log of ${leader}, who leads`, changed: false, tone: 'good' }
    : { text: `not in the log of ${leader}, who leads: ${offsets}`, changed: false, tone: 'bad' };
}
