import { describe, expect, test } from 'vitest';
import { LogError } from '../../../checker/validate/logError.ts';
import { isDump, readDump } from '../../../models/kafkaLog/dumpedRecords.ts';
import { metadataLog } from '../../../models/kafkaLog/metadataLog.ts';
import { MetadataState } from '../../../models/kafkaLog/metadataState.ts';

/** A line as Kafka's tool prints it. */
function record(offset: number, type: string, data: object): string {
  const payload = JSON.stringify({ type, version: 0, data });
  return `| offset: ${offset} CreateTime: 1 keySize: -1 valueSize: 9 sequence: -1 headerKeys: [] payload: ${payload}`;
}
const batch = (offset: number): string => `baseOffset: ${offset} lastOffset: ${offset} count: 1 `;
const topicId = 'AAAAAAAAAAAAAAAAAAAAAQ';
const created = {
  partitionId: 0,
  topicId,
  replicas: [1, 2],
  isr: [1, 2],
  removingReplicas: [],
  addingReplicas: [],
  leader: 1,
  leaderEpoch: 0,
  partitionEpoch: 0,
};

function dump(...lines: readonly string[]) {
  return readDump('dump.txt', ['Dumping a.log', 'Log starting offset: 0', ...lines, ''].join('\n'));
}

describe('a dump of the metadata log', () => {
  test('is read record by record, each with its batch and its line', () => {
    const change = record(7, 'PARTITION_CHANGE_RECORD', { partitionId: 0, topicId, isr: [1] });
    const { records } = dump(batch(6), record(6, 'NO_OP_RECORD', {}), change);
    expect(records).toMatchObject([
      { file: 'dump.txt', line: 4, offset: 6, batch: 6, type: 'NO_OP_RECORD' },
      { file: 'dump.txt', line: 5, offset: 7, batch: 6, data: { isr: [1] } },
    ]);
  });

  test('has control records of the quorum, which say nothing of partitions', () => {
    const line = '| offset: 0 CreateTime: 1 keySize: 4 valueSize: 19 LeaderChange: {"version":0}';
    expect(dump(batch(0), line).records).toMatchObject([{ offset: 0, type: '', data: {} }]);
  });

  test('is told from other texts', () => {
    expect(isDump('Dumping a.log\nLog starting offset: 0\n')).toBe(true);
    expect(isDump('{"format":"highwater-log"}')).toBe(false);
  });

  test.each([
    ['nonsense', 'dump.txt:4: expected a batch or a record of the metadata log'],
    ['| offset: x', 'dump.txt:4: expected "| offset: <number> ... payload: {...}"'],
    ['| offset: 1 payload: {"type"}', 'dump.txt:4: the payload is no JSON: is the line whole?'],
    ['| offset: 1 payload: {"type":1,"data":{}}', 'dump.txt:4: expected a payload'],
  ])('is refused where a line is something else: %s', (line, message) => {
    expect(() => dump(batch(0), line)).toThrow(LogError);
    expect(() => dump(batch(0), line)).toThrow(message);
  });

  test('is refused where a field that matters is of another type', () => {
    const { records } = dump(batch(0), record(0, 'PARTITION_RECORD', { ...created, isr: '1' }));
    expect(() => new MetadataState().replay(records[0] as never)).toThrow(
      'dump.txt:4: PARTITION_RECORD: isr: expected a list of whole numbers, found "1"',
    );
  });
});

describe('records', () => {
  test('come to what PartitionRegistration.merge makes of them', () => {
    const state = new MetadataState();
    const { records } = dump(
      batch(0),
      record(0, 'PARTITION_RECORD', created),
      record(1, 'PARTITION_CHANGE_RECORD', { partitionId: 0, topicId, isr: [2], leader: 2 }),
      record(2, 'PARTITION_CHANGE_RECORD', {
        partitionId: 0,
        topicId,
        eligibleLeaderReplicas: [1],
      }),
      record(3, 'CLEAR_ELR_RECORD', { topicName: '' }),
    );
    for (const each of records) state.replay(each);
    expect([...state.partitions.values()]).toMatchObject([
      { leader: 2, leaderEpoch: 1, partitionEpoch: 3, isr: [2], elr: [], replicas: [1, 2] },
    ]);
  });
});

describe('a metadata log', () => {
  const segment = (from: number, count: number) =>
    readDump(
      `${from}.txt`,
      Array.from({ length: count }, (_, index) => [
        batch(from + index),
        record(from + index, 'NO_OP_RECORD', {}),
      ])
        .flat()
        .join('\n'),
    );
  const snapshot = readDump('5.txt', 'Snapshot end offset: 5, epoch: 1\n');

  test('is put together from its segments', () => {
    const { records, gap } = metadataLog([segment(3, 2), segment(0, 3)]);
    expect(records.map(({ offset }) => offset)).toEqual([0, 1, 2, 3, 4]);
    expect(gap).toBe(undefined);
  });

  test('goes on from a snapshot', () => {
    const { records } = metadataLog([snapshot, segment(4, 3)]);
    expect(records.map(({ offset }) => offset)).toEqual([5, 6]);
    expect(() => metadataLog([segment(4, 3)])).toThrow(
      '4.txt:2: the log begins at offset 4: add the snapshot before it (.checkpoint)',
    );
  });

  test('has no gaps, and one controller', () => {
    expect(metadataLog([segment(0, 2), segment(4, 1)]).gap).toMatchObject({ missing: 2 });
    const cut = readDump(
      'cut.txt',
      `${batch(0)}\n${record(0, 'NO_OP_RECORD', {})}`.replace('t: 0 c', 't: 2 c'),
    );
    expect(metadataLog([cut]).gap).toMatchObject({ missing: 1 });
    const other = {
      ...segment(1, 1),
      records: segment(1, 1).records.map(each => ({ ...each, file: 'b' })),
    };
    expect(() => metadataLog([segment(0, 2), other])).toThrow('offset 1 is in 0.txt too');
  });
});
