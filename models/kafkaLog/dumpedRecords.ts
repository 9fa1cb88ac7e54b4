import { LogError } from '../../checker/validate/logError.ts';

/** A record of the metadata log, with the place where it is written. */
export interface DumpedRecord {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly offset: number;
  /** The offset of the first record of its batch. */
  readonly batch: number;
  /** As Kafka names it: `PARTITION_CHANGE_RECORD`. Control records of the quorum have none. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A segment of the metadata log, or a snapshot of what was decided before an offset. */
export interface DumpedFile {
  readonly file: string;
  /** Of a snapshot the offset at which the log goes on. */
  readonly snapshotEnd: number | undefined;
  readonly records: readonly DumpedRecord[];
  /** The last offset that its last batch says it has; undefined without batches. */
  readonly lastOffset: number | undefined;
}

const batchLine = /^baseOffset: (\d+) lastOffset: (\d+) /;
const recordLine = /^\| offset: (\d+) (?:.*? )?payload: (\{.*\})$/;
/** Records of the quorum, which say nothing of partitions. */
const controlLine = /^\| offset: (\d+) .*\b(?:LeaderChange|KRaft\w+|Snapshot\w+|controlType)\b/;
const snapshotLine = /^Snapshot end offset: (\d+),/;
const ignored = /^(Dumping |Log starting offset|Snapshot end offset|$)/;

/** Whether a text is what `DumpLogSegments --cluster-metadata-decoder` prints. */
export function isDump(text: string): boolean {
  return text
    .split('\n', 20)
    .some(line => batchLine.test(line) || line.startsWith('Log starting offset'));
}

/**
 * Reads what `kafka-dump-log.sh --cluster-metadata-decoder --files ...` prints of a segment of the metadata log, or of
 * a snapshot (`.checkpoint`).
 *
 * @throws LogError naming the line, where it is something else.
 */
export function readDump(file: string, text: string): DumpedFile {
  const records: DumpedRecord[] = [];
  let batch: number | undefined;
  let lastOffset: number | undefined;
  let snapshotEnd: number | undefined;
  text.split(/\r?\n/).forEach((content, index) => {
    const line = index + 1;
    const snapshot = snapshotLine.exec(content);
    if (snapshot !== null) snapshotEnd = Number(snapshot[1]);
    const begins = batchLine.exec(content);
    if (begins !== null) [batch, lastOffset] = [Number(begins[1]), Number(begins[2])];
    else if (content.startsWith('|')) {
      if (batch === undefined) throw new LogError(file, line, 'a record before any batch');
      records.push(recordOf(content, { file, line, batch }));
    } else if (!ignored.test(content)) {
      throw new LogError(file, line, 'expected a batch or a record of the metadata log');
    }
  });
  return { file, snapshotEnd, records, lastOffset };
}

function recordOf(
  content: string,
  place: Pick<DumpedRecord, 'file' | 'line' | 'batch'>,
): DumpedRecord {
  const { file, line } = place;
  const control = controlLine.exec(content);
  if (control !== null) return { ...place, offset: Number(control[1]), type: '', data: {} };
  const [, offset, text = ''] = recordLine.exec(content) ?? [];
  if (offset === undefined) {
    throw new LogError(file, line, 'expected "| offset: <number> ... payload: {...}"');
  }
  const json = jsonOf(text, place);
  if (!isObject(json) || typeof json['type'] !== 'string' || !isObject(json['data'])) {
    throw new LogError(
      file,
      line,
      'expected a payload {"type": ..., "version": ..., "data": {...}}',
    );
  }
  return { ...place, offset: Number(offset), type: json['type'], data: json['data'] };
}

function jsonOf(text: string, { file, line }: Pick<DumpedRecord, 'file' | 'line'>): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LogError(file, line, 'the payload is no JSON: is the line whole?');
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads fields of a record, each with the type that Kafka gives it. */
export class RecordFields {
  readonly #record: DumpedRecord;

  constructor(record: DumpedRecord) {
    this.#record = record;
  }
  /** Whether the record has it: what is absent stays as it was. */
  has(name: string): boolean {
    const value = this.#record.data[name];
    return value !== undefined && value !== null;
  }
  number(name: string): number {
    const value = this.#record.data[name];
    if (typeof value === 'number' && Number.isInteger(value)) return value;
    throw this.#wrong(name, 'a whole number');
  }
  text(name: string): string {
    const value = this.#record.data[name];
    if (typeof value === 'string') return value;
    throw this.#wrong(name, 'a text');
  }
  flag(name: string): boolean {
    const value = this.#record.data[name];
    if (typeof value === 'boolean') return value;
    throw this.#wrong(name, 'true or false');
  }
  numbers(name: string): readonly number[] {
    const value = this.#record.data[name];
    const isList = Array.isArray(value) && value.every(each => Number.isInteger(each));
    if (isList) return value as number[];
    throw this.#wrong(name, 'a list of whole numbers');
  }
  #wrong(name: string, expected: string): LogError {
    const { file, line, type, data } = this.#record;
    const found = JSON.stringify(data[name]) ?? 'nothing';
    return new LogError(file, line, `${type}: ${name}: expected ${expected}, found ${found}`);
  }
}
