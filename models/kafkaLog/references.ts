import { type DumpedRecord, RecordFields } from './dumpedRecords.ts';
import type { MetadataLog } from './metadataLog.ts';
import { MetadataState, partitionKey } from './metadataState.ts';

/** A record about something that is not there. */
export interface StrayRecord {
  readonly record: DumpedRecord;
  readonly problem: string;
}

/**
 * The first record about a topic, a partition or a registration that there is not: a controller that replays it stops.
 *
 * Source: ReplicationControlManager.replay (PartitionRecord, PartitionChangeRecord),
 * ClusterControlManager.replayRegistrationChange.
 */
export function strayRecord({ snapshot, records }: MetadataLog): StrayRecord | undefined {
  const state = new MetadataState();
  for (const record of snapshot) state.replay(record);
  for (const record of records) {
    const problem = needs.get(record.type)?.(new RecordFields(record), state);
    if (problem !== undefined) return { record, problem };
    state.replay(record);
  }
  return undefined;
}

const needs: ReadonlyMap<
  string,
  (fields: RecordFields, state: MetadataState) => string | undefined
> = new Map([
  [
    'PARTITION_RECORD',
    (fields, { topics }) => {
      const topicId = fields.text('topicId');
      return topics.has(topicId) ? undefined : `there is no topic ${topicId}`;
    },
  ],
  [
    'PARTITION_CHANGE_RECORD',
    (fields, { partitions }) => {
      const key = partitionKey(fields.text('topicId'), fields.number('partitionId'));
      return partitions.has(key) ? undefined : `there is no partition ${key}`;
    },
  ],
  [
    'BROKER_REGISTRATION_CHANGE_RECORD',
    (fields, { brokers }) => {
      const [id, epoch] = [fields.number('brokerId'), fields.number('brokerEpoch')];
      const known = brokers.get(id)?.epoch;
      if (known === epoch) return undefined;
      return `broker ${id} is ${known === undefined ? 'not registered' : `registered with epoch ${known}`}`;
    },
  ],
]);
