import type { Place } from '../place.ts';
import { logStrip, markAt, offsetAt } from '../view/logStrip.ts';
import { plain } from '../view/said.ts';
import type { LogCell, LogStrip } from '../view/view.ts';

/** The log of a partition: records by the epoch of their producer, markers, and where the reader is. */
export function partitionStrip(protocol: Place, name: string): LogStrip {
  const partition = protocol.at('partitions', name);
  const end = partition.at('log').list.length;
  const cells = partition.at('log').list.map((_, offset) => entryCell(partition, offset));
  const removed = partition.past
    .at('log')
    .list.map((_, offset) => ({ ...entryCell(partition.past, offset), changed: true }))
    .filter(({ offset }) => offset >= end)
    .map(cell => ({ ...cell, isCommitted: false, isRemoved: true }));
  const stable = firstUndecided(partition);
  return logStrip(
    `log of ${name}`,
    [...cells, ...removed],
    [
      ...markAt(partition.at('highWatermark'), 'HW', 'highWatermark'),
      ...(partition.at('log').isList
        ? [{ name: 'LEO', offset: end, kind: 'end' as const, changed: endOf(partition) !== end }]
        : []),
      {
        name: 'LSO',
        offset: stable,
        kind: 'other' as const,
        changed: firstUndecided(partition.past) !== stable,
      },
      ...markAt(protocol.at('reader', name, 'position'), 'reader'),
    ],
  );
}

function endOf(partition: Place): number {
  return partition.past.at('log').list.length;
}

function entryCell(partition: Place, offset: number): LogCell {
  const entry = partition.at('log', offset);
  const epoch = entry.at('epoch').number;
  return {
    offset,
    label: entryLabel(entry),
    words: entryWords(entry),
    ...(epoch === undefined ? {} : { epoch }),
    isFlushed: true,
    isCommitted: offset < (offsetAt(partition.at('highWatermark')) ?? 0),
    changed: entry.changed,
  };
}

function entryLabel(entry: Place): string {
  const kind = entry.at('kind').text;
  if (kind === 'commit') return '✓';
  if (kind === 'abort') return '✗';
  const record = entry.at('record').number ?? 0;
  return record > 0 ? `r${record}` : `o${plain(entry.at('input'))}`;
}

function entryWords(entry: Place): string {
  const kind = entry.at('kind').text;
  const id = plain(entry.at('id'));
  if (kind === 'commit' || kind === 'abort') {
    return `${kind} marker of ${id}, coordinator epoch ${plain(entry.at('coordinatorEpoch'))}`;
  }
  const record = entry.at('record').number ?? 0;
  const what = record > 0 ? `record ${record}` : `offset ${plain(entry.at('input'))}`;
  return kind === 'data' ? `${what} of ${id}` : what;
}

/** Where the first transaction begins whose marker is missing or not committed. */
function firstUndecided(partition: Place): number {
  const entries = partition.at('log').list;
  const end = offsetAt(partition.at('highWatermark')) ?? 0;
  const isMarker = (kind: string | undefined): boolean => kind === 'commit' || kind === 'abort';
  const open = entries.findIndex((entry, offset) => {
    const id = entry.at('id').text;
    const marker = entries.findIndex(
      (later, at) => at > offset && later.at('id').text === id && isMarker(later.at('kind').text),
    );
    return entry.at('kind').text === 'data' && (marker < 0 || marker >= end);
  });
  return open < 0 ? end : Math.min(open, end);
}
