import { type DumpedRecord, RecordFields } from './dumpedRecords.ts';
import { partitionKey } from './metadataState.ts';

/** The topic that a partition is of, with its number. */
export interface Subject {
  readonly topicId: string;
  readonly topic: string;
  readonly partition: number;
}

/** Every partition that the records speak of, in the order in which they are first spoken of. */
export function subjectsOf(records: readonly DumpedRecord[]): Subject[] {
  const topics = new Map<string, string>();
  const found = new Map<string, Subject>();
  for (const record of records) {
    const fields = new RecordFields(record);
    if (record.type === 'TOPIC_RECORD') topics.set(fields.text('topicId'), fields.text('name'));
    if (!ofPartitions.has(record.type)) continue;
    const topicId = fields.text('topicId');
    const partition = fields.number('partitionId');
    const key = partitionKey(topicId, partition);
    if (!found.has(key))
      found.set(key, { topicId, topic: topics.get(topicId) ?? topicId, partition });
  }
  return [...found.values()];
}

const ofPartitions = new Set(['PARTITION_RECORD', 'PARTITION_CHANGE_RECORD']);

/** The records that one partition may depend on: of a log with many partitions most are of others. */
export function recordsBySubject(
  records: readonly DumpedRecord[],
): (subject: Subject) => readonly DumpedRecord[] {
  const own = new Map<string, number[]>();
  const common: number[] = [];
  records.forEach((record, index) => {
    if (!ofPartitions.has(record.type)) common.push(index);
    else {
      const fields = new RecordFields(record);
      const key = partitionKey(fields.text('topicId'), fields.number('partitionId'));
      const known = own.get(key);
      if (known === undefined) own.set(key, [index]);
      else known.push(index);
    }
  });
  return ({ topicId, partition }) =>
    [...common, ...(own.get(partitionKey(topicId, partition)) ?? [])]
      .sort((a, b) => a - b)
      .map(index => records[index] as DumpedRecord);
}

/** The brokers that may hold a replica of a partition, by their ids in ascending order. */
export function brokersOf(records: readonly DumpedRecord[], subject: Subject): number[] {
  const ids = new Set<number>();
  for (const record of records) {
    if (!isOf(record, subject)) continue;
    const fields = new RecordFields(record);
    for (const name of ['replicas', 'isr', 'eligibleLeaderReplicas', 'lastKnownElr']) {
      if (fields.has(name)) for (const id of fields.numbers(name)) ids.add(id);
    }
    if (fields.has('leader') && fields.number('leader') >= 0) ids.add(fields.number('leader'));
  }
  return [...ids].sort((a, b) => a - b);
}

/** Whether a record is one of a partition. */
export function isOf(record: DumpedRecord, { topicId, partition }: Subject): boolean {
  if (!ofPartitions.has(record.type)) return false;
  const fields = new RecordFields(record);
  return fields.text('topicId') === topicId && fields.number('partitionId') === partition;
}
