import type { Place } from '../place.ts';
import { logStrip, markAt, offsetAt, recordNote } from '../view/logStrip.ts';
import type { LogCell, LogMark, LogStrip, RecordRow } from '../view/view.ts';
import { entryKey, entryLabel, entryWords, type ValueWords } from './entry.ts';
import { entryAt, logEnd, newestLeader } from './kraftState.ts';

/** Offsets below a log's start that are drawn; more of them say no more. */
const MOST_BELOW = 64;

/** What the logs are compared with: the newest leader's, or what most of them have. */
export type Reference = (
  offset: number,
) => { readonly entry: Place; readonly whose: string } | undefined;

/** The log that the others are compared with. */
export function referenceOf(quorum: Place): Reference {
  const leader = newestLeader(quorum);
  if (leader !== undefined) {
    const node = quorum.at('nodes', leader);
    return offset => ({ entry: entryAt(node, offset), whose: leader });
  }
  return offset => majorityAt(quorum, offset);
}

/** The entry that more than half of those have that have one there. */
function majorityAt(quorum: Place, offset: number): ReturnType<Reference> {
  const entries = quorum
    .at('nodes')
    .entries.map(([, node]) => entryAt(node, offset))
    .filter(({ isRecord }) => isRecord);
  const keys = entries.map(entryKey);
  const index = keys.findIndex(key => 2 * keys.filter(one => one === key).length > keys.length);
  const entry = entries[index];
  return entry === undefined ? undefined : { entry, whose: 'the majority' };
}

/** The log of a node; what is below its start is only in a snapshot. */
export function nodeStrip(
  quorum: Place,
  name: string,
  reference: Reference,
  valueWords?: ValueWords,
): LogStrip {
  const node = quorum.at('nodes', name);
  const start = offsetAt(node.at('logStartOffset')) ?? 0;
  const cells = node.at('log').list.map((entry, index) => {
    const cell = entryCell(node, entry, start + index, valueWords);
    const differs = differenceAt(entry, start + index, name, reference);
    return { ...cell, ...(differs === undefined ? {} : { differs }) };
  });
  const below = belowStart(start);
  return logStrip(
    `log of ${name}`,
    [...below, ...cells, ...removedCells(node, valueWords)],
    marksOf(node),
  );
}

function entryCell(node: Place, entry: Place, offset: number, valueWords?: ValueWords): LogCell {
  const epoch = entry.at('epoch').number;
  return {
    offset,
    label: entryLabel(entry),
    words: entryWords(entry, valueWords),
    ...(epoch === undefined ? {} : { epoch }),
    isFlushed: offset < (offsetAt(node.at('flushedOffset')) ?? 0),
    isCommitted: offset < (offsetAt(node.at('highWatermark')) ?? 0),
    changed: hasChanged(node, entry, offset),
  };
}

/** Whether the step wrote the entry; moving the start of the log is no change of its entries. */
function hasChanged(node: Place, entry: Place, offset: number): boolean {
  if (node.before === undefined) return false;
  const before = entryAt(node.past, offset);
  const wasBelow = offset < (offsetAt(node.past.at('logStartOffset')) ?? 0);
  return !wasBelow && (!before.isRecord || entryKey(before) !== entryKey(entry));
}

function belowStart(start: number): readonly LogCell[] {
  return Array.from({ length: Math.min(start, MOST_BELOW) }, (_, index) => ({
    offset: start - 1 - index,
    label: '×',
    words: 'below the start of the log',
    isFlushed: true,
    isCommitted: false,
    isDeleted: true,
    changed: false,
  }));
}

function removedCells(node: Place, valueWords?: ValueWords): readonly LogCell[] {
  const [end, before] = [logEnd(node), logEnd(node.past)];
  const start = offsetAt(node.past.at('logStartOffset')) ?? 0;
  return node.past
    .at('log')
    .list.map((entry, index) => ({ entry, offset: start + index }))
    .filter(({ offset }) => offset >= end && offset < before)
    .map(({ entry, offset }) => ({
      ...entryCell(node.past, entry, offset, valueWords),
      isCommitted: false,
      changed: true,
      isRemoved: true,
    }));
}

function differenceAt(
  entry: Place,
  offset: number,
  name: string,
  reference: Reference,
): string | undefined {
  const other = reference(offset);
  if (other === undefined || other.whose === name) return undefined;
  if (!other.entry.isRecord) return `differs: ${other.whose} has nothing here`;
  if (entryKey(other.entry) === entryKey(entry)) return undefined;
  const epoch = other.entry.at('epoch').number ?? '?';
  return `differs: ${other.whose} has ${entryWords(other.entry)} of epoch ${epoch}`;
}

function marksOf(node: Place): readonly LogMark[] {
  const hasStart = (offsetAt(node.at('logStartOffset')) ?? 0) > 0;
  const hasSnapshot = (offsetAt(node.at('snapshot', 'offset')) ?? 0) > 0;
  const end = logEnd(node);
  return [
    ...markAt(node.at('highWatermark'), 'HW', 'highWatermark'),
    ...(node.at('log').isList
      ? [{ name: 'LEO', offset: end, kind: 'end' as const, changed: logEnd(node.past) !== end }]
      : []),
    ...(hasStart ? markAt(node.at('logStartOffset'), 'start') : []),
    ...(hasSnapshot ? markAt(node.at('snapshot', 'offset'), 'snap') : []),
  ];
}

/** The entries that some high watermark has covered, and whether the leader still has them. */
export function committedRow(
  quorum: Place,
  ghost: Place,
  valueWords?: ValueWords,
): readonly RecordRow[] {
  const leader = newestLeader(quorum);
  const cells = ghost.at('committed').list.map((entry, offset) => {
    const differs = leader === undefined ? undefined : missing(quorum, leader, entry, offset);
    const epoch = entry.at('epoch').number;
    const committedIn = entry.at('committedIn').number;
    return {
      offset,
      label: entryLabel(entry),
      words: `${entryWords(entry, valueWords)}, by the leader of epoch ${committedIn ?? '?'}`,
      ...(epoch === undefined ? {} : { epoch }),
      isFlushed: true,
      isCommitted: true,
      changed: entry.changed,
      ...(differs === undefined ? {} : { differs }),
    };
  });
  if (cells.length === 0) return [];
  return [
    {
      name: 'committed',
      hint: 'what a high watermark has covered',
      note: recordNote(cells, leader),
      strip: logStrip('committed', cells, []),
    },
  ];
}

function missing(quorum: Place, leader: string, entry: Place, offset: number): string | undefined {
  const node = quorum.at('nodes', leader);
  if (offset < (offsetAt(node.at('logStartOffset')) ?? 0)) return undefined;
  const has = entryAt(node, offset);
  const isThere = has.isRecord && entryKey(has) === entryKey(entry);
  return isThere ? undefined : `it is not in the log of ${leader}, the leader`;
}
