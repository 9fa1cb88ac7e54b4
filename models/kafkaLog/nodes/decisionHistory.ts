import { type DumpedRecord, RecordFields } from '../dumpedRecords.ts';
import type { MetadataLog } from '../metadataLog.ts';
import { type LoggedPartition, MetadataState, partitionKey } from '../metadataState.ts';

/** A partition as it is from an offset of the metadata log on, until the next. */
export interface InForce {
  readonly from: number;
  /** Absent where the topic is deleted. */
  readonly partition: LoggedPartition | undefined;
}

/** What the metadata log decides about every partition, offset by offset. */
export class DecisionHistory {
  /** By the names that logs have: `t-0`. */
  readonly #partitions = new Map<string, InForce[]>();
  /** The offset of the last record. */
  readonly end: number;
  readonly records: readonly DumpedRecord[];
  /** Whether the records before the first are known by a snapshot alone. */
  readonly hasSnapshot: boolean;

  constructor({ snapshot, records }: MetadataLog) {
    this.records = records;
    this.hasSnapshot = snapshot.length > 0;
    this.end = records.at(-1)?.offset ?? -1;
    const state = new MetadataState();
    const names = new Map<string, string>();
    for (const record of snapshot) this.#replay(state, names, record, -1);
    for (const record of records) this.#replay(state, names, record, record.offset);
  }

  get names(): readonly string[] {
    return [...this.#partitions.keys()];
  }
  /** All that was ever decided about a partition; nothing of one that there never was. */
  of(name: string): readonly InForce[] {
    return this.#partitions.get(name) ?? [];
  }
  /** What is in force when everything up to an offset has been learned. */
  at(name: string, offset: number): InForce | undefined {
    return this.of(name).findLast(({ from }) => from <= offset);
  }

  #replay(
    state: MetadataState,
    names: Map<string, string>,
    record: DumpedRecord,
    from: number,
  ): void {
    const touched = touches.get(record.type)?.(new RecordFields(record), state) ?? [];
    state.replay(record);
    for (const key of touched) {
      const partition = state.partitions.get(key);
      if (partition !== undefined) names.set(key, nameOf(state, partition));
      const name = names.get(key);
      if (name === undefined) continue;
      const known = this.#partitions.get(name);
      if (known === undefined) this.#partitions.set(name, [{ from, partition }]);
      else if (known.at(-1)?.partition !== partition) known.push({ from, partition });
    }
  }
}

/** The partitions that a record may change. */
const touches: ReadonlyMap<string, (fields: RecordFields, state: MetadataState) => string[]> =
  new Map([
    ['PARTITION_RECORD', fields => [keyIn(fields)]],
    ['PARTITION_CHANGE_RECORD', fields => [keyIn(fields)]],
    ['REMOVE_TOPIC_RECORD', (_, state) => [...state.partitions.keys()]],
    ['CLEAR_ELR_RECORD', (_, state) => [...state.partitions.keys()]],
  ]);

function keyIn(fields: RecordFields): string {
  return partitionKey(fields.text('topicId'), fields.number('partitionId'));
}

function nameOf({ topics }: MetadataState, { topicId, partition }: LoggedPartition): string {
  return `${topics.get(topicId) ?? topicId}-${partition}`;
}
