import { describe, expect, test } from 'vitest';
import { nodeProperties } from '../../conformance/live/nodeProperties.ts';
import { stories } from '../../conformance/live/stories.ts';
import { traceStory } from '../../conformance/live/traceStory.ts';
import { trimDump } from '../../conformance/live/trimDump.ts';
import { trimNodeLog } from '../../conformance/live/trimNodeLog.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
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

describe('the log of a node that is kept', () => {
  const leader =
    '1796 INFO QuorumState main [RaftManager id=1] Completed transition to Leader(localVoterNode=VoterNode(x=host), ' +
    'epoch=1, epochStartOffset=0, highWatermark=Optional.empty) from CandidateState(localId=1, epoch=1)';
  const registered =
    '1796 INFO C t [QuorumController id=1] Replayed initial RegisterBrokerRecord for broker 11: RegisterBrokerRecord(' +
    "brokerId=11, incarnationId=i, brokerEpoch=9, endPoints=[BrokerEndpoint(host='secret')], fenced=true)";

  test('has the lines that are read, without hosts and clocks', () => {
    expect(trimNodeLog([leader, 'INFO something else', registered]).split('\n')).toEqual([
      '[RaftManager id=1] Completed transition to Leader(epoch=1) from CandidateState(',
      '[QuorumController id=1] Replayed initial RegisterBrokerRecord for broker 11: RegisterBrokerRecord(' +
        'brokerId=11, incarnationId=i, brokerEpoch=9, fenced=true)',
      '',
    ]);
  });
});

describe('a trace as a story', () => {
  const storyOf = (name: string) => traceStory(readTraceFile(`traces/${name}.trace.json`), name);

  test('has the cluster that its settings ask for', () => {
    expect(
      storyOf('guarantees/4.4-elr-minisr1-power-lag--acknowledged-records-survive'),
    ).toMatchObject({
      cutsNetwork: true,
      shape: {
        ...{ version: '4.3.1', controllers: [1], brokers: [11, 12, 13] },
        features: ['eligible.leader.replicas.version=1'],
      },
    });
    expect(
      storyOf('guarantees/3.9-minisr1-crash--leader-acknowledged-records-survive'),
    ).toMatchObject({
      shape: { version: '3.9.1', features: [] },
    });
  });

  test.each([
    [
      'guarantees/2.6-zookeeper-minisr2-crash--leader-acknowledged-records-survive',
      'Kafka 2.6 with ZooKeeper is not at hand: 3.9 and 4.x are',
    ],
    [
      'guarantees/4.4-minisr2-all-power--consumers-read-the-same',
      'no client sees whether consumers-read-the-same is broken',
    ],
  ])('is refused where it cannot be steered: %s', (name, problem) => {
    expect(storyOf(name)).toEqual({ step: 0, problem });
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
    const before = nodeProperties({
      ...common,
      id: 11,
      broker: 'b:2',
      properties: {},
      zooKeeper: 'z:3',
    });
    expect(before).toContain('zookeeper.connect=z:3\n');
    expect(before).not.toContain('process.roles');
    const controller = nodeProperties({ ...common, id: 1, broker: undefined, properties: {} });
    expect(controller).toContain('process.roles=controller\n');
  });
});
