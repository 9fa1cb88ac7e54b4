import type { Place } from '../place.ts';
import { logStrip, markAt, offsetAt, recordNote } from '../view/logStrip.ts';
import { remembered } from '../view/remembered.ts';
import type { LogCell, LogMark, LogStrip, RecordRow } from '../view/view.ts';
import { currentLeader, type PartitionPlace, replicaOf } from './replicationState.ts';

const rememberedStrip = remembered<LogStrip>();
const rememberedRow = remembered<RecordRow>();

/** The log of a broker, and how it differs from the one that the others follow. */
export function brokerStrip(partition: PartitionPlace, broker: string): LogStrip {
  const place = replicaOf(partition, broker);
  const leader = currentLeader(partition);
  const reference = leader === undefined ? undefined : replicaOf(partition, leader).at('log');
  return rememberedStrip(place.now, [place.before, reference?.now, broker], () => {
    const cells = logCells(place, leader === broker ? undefined : reference);
    return logStrip(`log of ${broker}`, [...cells, ...removedCells(place)], marksOf(place));
  });
}

/** The entries of a broker's log, compared with those of another. */
function logCells(broker: Place, reference: Place | undefined): readonly LogCell[] {
  return broker.at('log').list.map((entry, offset) => {
    const differs = reference === undefined ? undefined : difference(entry, reference, offset);
    return { ...recordCell(broker, entry, offset), ...(differs === undefined ? {} : { differs }) };
  });
}

function recordCell(broker: Place, entry: Place, offset: number): LogCell {
  const record = entry.at('record').number;
  const epoch = entry.at('epoch').number;
  const start = offsetAt(broker.at('logStartOffset')) ?? 0;
  const isDeleted = record === 0 || offset < start;
  return {
    offset,
    label: isDeleted ? '×' : recordLabel(record),
    words: isDeleted ? 'deleted' : recordWords(record),
    ...(epoch === undefined || record === 0 ? {} : { epoch }),
    isFlushed: offset < (offsetAt(broker.at('flushedOffset')) ?? 0),
    isCommitted: offset < (offsetAt(broker.at('highWatermark')) ?? 0),
    isDeleted,
    changed: entry.changed,
  };
}

/** The record in few characters. */
function recordLabel(record: number | undefined): string {
  return record === undefined ? '?' : `r${record}`;
}

/** The record in words. */
export function recordWords(record: number | undefined): string {
  return record === undefined ? 'no record' : `record ${record}`;
}

/** What the step has cut off the end of the log. */
function removedCells(broker: Place): readonly LogCell[] {
  const kept = broker.at('log').list.length;
  return broker.past
    .at('log')
    .list.slice(kept)
    .map((entry, index) => ({
      ...recordCell(broker.past, entry, kept + index),
      isCommitted: false,
      changed: true,
      isRemoved: true,
    }));
}

function marksOf(broker: Place): readonly LogMark[] {
  const log = broker.at('log');
  const hasStart = (offsetAt(broker.at('logStartOffset')) ?? 0) > 0;
  const hasCheckpoint = (offsetAt(broker.at('checkpointedHighWatermark')) ?? 0) > 0;
  return [
    ...markAt(broker.at('highWatermark'), 'HW', 'highWatermark'),
    ...(log.isList ? [endMark(log)] : []),
    ...(hasStart ? markAt(broker.at('logStartOffset'), 'start') : []),
    ...(hasCheckpoint ? markAt(broker.at('checkpointedHighWatermark'), 'ckpt') : []),
  ];
}

/** The log end offset of a log that begins at offset 0. */
function endMark(log: Place): LogMark {
  const offset = log.list.length;
  return { name: 'LEO', offset, kind: 'end', changed: log.past.list.length !== offset };
}

function difference(entry: Place, reference: Place, offset: number): string | undefined {
  const other = reference.at(offset);
  if (!other.isRecord) return 'differs: the leader has nothing here';
  const [record, epoch] = [other.at('record').number, other.at('epoch').number];
  if (record === 0 || entry.at('record').number === 0) return undefined;
  const isSame = record === entry.at('record').number && epoch === entry.at('epoch').number;
  return isSame
    ? undefined
    : `differs: the leader has ${recordWords(record)} of epoch ${epoch ?? '?'}`;
}

/** What producers were told and consumers have read, by offset, and whether the leader has it. */
export function ghostRows(partition: PartitionPlace, ghost: Place): readonly RecordRow[] {
  const leader = currentLeader(partition);
  const log = leader === undefined ? undefined : replicaOf(partition, leader).at('log');
  const deletedBefore = offsetAt(ghost.at('deletedBefore')) ?? 0;
  const isLost = (offset: number, record: number | undefined) =>
    log !== undefined && offset >= deletedBefore && log.at(offset, 'record').number !== record;
  const row = (name: string, hint: string, cellsOf: CellsOf) => {
    const place = ghost.at(name);
    return rememberedRow(place.now, [place.before, log?.now, leader, deletedBefore], () => {
      const cells = cellsOf(place, isLost);
      return { name, hint, note: recordNote(cells, leader), strip: logStrip(name, cells, []) };
    });
  };
  return [
    row('acknowledged', 'what producers were told', acknowledgedCells),
    row('exposed', 'what consumers may have read', exposedCells),
  ].filter(({ strip }) => strip.slots.length > 0);
}

type IsLost = (offset: number, record: number | undefined) => boolean;
type CellsOf = (place: Place, isLost: IsLost) => readonly LogCell[];

/** One cell for each offset; several records may have been acknowledged at one. */
function acknowledgedCells(acknowledged: Place, isLost: IsLost): readonly LogCell[] {
  const byOffset = new Map<number, Place[]>();
  for (const entry of acknowledged.list) {
    const offset = offsetAt(entry.at('offset'));
    if (offset !== undefined) byOffset.set(offset, [...(byOffset.get(offset) ?? []), entry]);
  }
  return [...byOffset].map(([offset, entries]) => {
    const lost = entries.filter(entry => isLost(offset, entry.at('record').number));
    return {
      ...ghostCell(offset, entries),
      ...(lost.length === 0 ? {} : { differs: lostWords(lost) }),
    };
  });
}

function exposedCells(exposed: Place, isLost: IsLost): readonly LogCell[] {
  return exposed.list.map((entry, offset) => {
    const epoch = entry.at('epoch').number;
    return {
      ...ghostCell(offset, [entry]),
      ...(epoch === undefined ? {} : { epoch }),
      isCommitted: true,
      ...(isLost(offset, entry.at('record').number) ? { differs: lostWords([entry]) } : {}),
    };
  });
}

function ghostCell(offset: number, entries: readonly Place[]): LogCell {
  return {
    offset,
    label: entries.map(entry => recordLabel(entry.at('record').number)).join(' '),
    words: entries.map(ghostWords).join(' and '),
    isFlushed: true,
    isCommitted: false,
    changed: entries.some(({ changed }) => changed),
  };
}

function ghostWords(entry: Place): string {
  const acks = entry.at('acks').text;
  const words = recordWords(entry.at('record').number);
  return acks === undefined ? words : `${words} with acks=${acks}`;
}

function lostWords(entries: readonly Place[]): string {
  const lost = entries.map(entry => recordWords(entry.at('record').number)).join(' and ');
  return `${lost} is not in the leader's log`;
}
