import { describe, expect, test } from 'vitest';
import { nodeProperties } from '../../conformance/live/nodeProperties.ts';
import { stories } from '../../conformance/live/stories.ts';
import { trimDump } from '../../conformance/live/trimDump.ts';
import { readDump } from '../../models/kafkaLog/dumpedRecords.ts';

const dump = [
  'Dumping /tmp/disk-1/__cluster_metadata-0/00000000000000000000.log',
  'Log starting offset: 0',
  'baseOffset: 0 lastOffset: 1 count: 2 baseSequence: -1 CreateTime: 1 crc: 7 isvalid: true',
  '| offset: 0 CreateTime: 1 keySize: 4 valueSize: 19 headerKeys: [] LeaderChange: {"leaderId":1}',
  '| offset: 1 CreateTime: 1 keySize: -1 valueSize: 9 headerKeys: [] payload: {"type":"REGISTER_BROKER_RECORD","version":4,"data":{"brokerId":11,"brokerEpoch":1,"endPoints":[{"host":"secret"}],"fenced":true}}',
  '',
].join('\n');

describe('a dump that is kept', () => {
  test('has what is read of it, and no hosts', () => {
    const trimmed = trimDump(dump);
    expect(trimmed).not.toMatch(/secret|tmp|crc/);
    const read = (text: string) =>
      readDump('dump', text).records.map(({ offset, batch, type }) => ({ offset, batch, type }));
    expect(read(trimmed)).toEqual(read(dump));
    expect(readDump('dump', trimmed).records[1]?.data).toEqual({
      brokerId: 11,
      brokerEpoch: 1,
      fenced: true,
    });
  });
});

describe('stories', () => {
  test('have names of their own, and say where they are from', () => {
    expect(new Set(stories.map(({ name }) => name)).size).toBe(stories.length);
    for (const { source } of stories) expect(source).toMatch(/^(traces|docs)\/[\w.-]+$/);
  });

  test('are played on nodes that are told who they are', () => {
    const common = { controllers: [{ id: 1, address: 'a:1' }], disk: 'd', dynamicQuorum: false };
    const broker = nodeProperties({ ...common, id: 11, broker: 'b:2', properties: { 'x.y': 1 } });
    expect(broker.split('\n')).toEqual(
      expect.arrayContaining([
        ...['process.roles=broker', 'node.id=11', 'listeners=PLAINTEXT://b:2', 'x.y=1'],
        ...['controller.quorum.voters=1@a:1', 'log.dirs=d'],
      ]),
    );
    const controller = nodeProperties({ ...common, id: 1, broker: undefined, properties: {} });
    expect(controller).toContain('process.roles=controller\n');
  });
});
