import { LogError } from '../../checker/validate/logError.ts';
import type { DumpedFile, DumpedRecord } from './dumpedRecords.ts';

/** A metadata log, put together from its files. */
export interface MetadataLog {
  /** What was decided before the first of the records; nothing where they begin at offset 0. */
  readonly snapshot: readonly DumpedRecord[];
  readonly records: readonly DumpedRecord[];
  /** The first offset that is missing, and the record beside which it is. */
  readonly gap: { readonly beside: DumpedRecord; readonly missing: number } | undefined;
}

/**
 * Puts segments in their order, behind the newest snapshot that they go on from.
 *
 * @throws LogError where they begin behind offset 0 and there is no such snapshot, or two have the same offsets.
 */
export function metadataLog(files: readonly DumpedFile[]): MetadataLog {
  const segments = files
    .filter(({ snapshotEnd, records }) => snapshotEnd === undefined && records.length > 0)
    .sort((a, b) => firstOf(a).offset - firstOf(b).offset);
  const [first] = segments;
  if (first === undefined) return { snapshot: [], records: [], gap: undefined };
  const begin = firstOf(first);
  const snapshot = files
    .filter(({ snapshotEnd }) => snapshotEnd !== undefined && snapshotEnd >= begin.offset)
    .sort((a, b) => (a.snapshotEnd as number) - (b.snapshotEnd as number))[0];
  if (begin.offset > 0 && snapshot === undefined) {
    const problem = `the log begins at offset ${begin.offset}: add the snapshot before it (.checkpoint)`;
    throw new LogError(begin.file, begin.line, problem);
  }
  const from = begin.offset > 0 ? (snapshot?.snapshotEnd ?? 0) : 0;
  const all = segments.flatMap(({ records }) => records);
  expectOnce(all);
  const records = all.filter(({ offset }) => offset >= from);
  return {
    snapshot: from > 0 ? (snapshot?.records ?? []) : [],
    records,
    gap: gapIn(records) ?? endOf(segments),
  };
}

function firstOf({ records }: DumpedFile): DumpedRecord {
  return records[0] as DumpedRecord;
}

function expectOnce(records: readonly DumpedRecord[]): void {
  const seen = new Map<number, DumpedRecord>();
  for (const record of records) {
    const before = seen.get(record.offset);
    if (before !== undefined && before.file !== record.file) {
      const problem = `offset ${record.offset} is in ${before.file} too: give the log of one controller`;
      throw new LogError(record.file, record.line, problem);
    }
    seen.set(record.offset, record);
  }
}

/** Nothing is ever taken out of the metadata log: each record has the next offset. */
function gapIn(records: readonly DumpedRecord[]): MetadataLog['gap'] {
  const at = records.findIndex(
    ({ offset }, index) => index > 0 && offset !== (records[index - 1] as DumpedRecord).offset + 1,
  );
  if (at < 0) return undefined;
  const beside = records[at] as DumpedRecord;
  return { beside, missing: (records[at - 1] as DumpedRecord).offset + 1 };
}

/** The last batch says how far it goes. */
function endOf(segments: readonly DumpedFile[]): MetadataLog['gap'] {
  const last = segments.at(-1);
  const beside = last?.records.at(-1);
  if (last?.lastOffset === undefined || beside === undefined) return undefined;
  return beside.offset < last.lastOffset ? { beside, missing: beside.offset + 1 } : undefined;
}
