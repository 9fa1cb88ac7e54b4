import { describe, expect, it } from 'vitest';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import { EXAMPLES, example } from './helpers.ts';

type Row = readonly [
  mode: string,
  brokers: number,
  controllers: number | undefined,
  placement: string,
  version: string | undefined,
  elr: boolean | undefined,
  replication: string,
];

const EXPECTED: Readonly<Record<(typeof EXAMPLES)[number], Row>> = {
  'apache-kafka-3-zookeeper.server.properties': [
    'zookeeper',
    1,
    undefined,
    'zookeeper',
    undefined,
    false,
    '1/1 default',
  ],
  'apache-kafka-cluster-combined.docker-compose.yml': [
    'kraft',
    3,
    3,
    'combined',
    undefined,
    undefined,
    '1/1 default',
  ],
  'apache-kafka-kraft.server.properties': [
    'kraft',
    1,
    1,
    'combined',
    undefined,
    undefined,
    '1/1 default',
  ],
  'bitnami-three-brokers-combined.docker-compose.yml': [
    'kraft',
    3,
    3,
    'combined',
    undefined,
    undefined,
    '1/1 default',
  ],
  'conduktor-zk-single-kafka-multiple.docker-compose.yml': [
    'zookeeper',
    3,
    1,
    'zookeeper',
    '3.8',
    false,
    '1/1 default',
  ],
  'connect-distributed.properties': [
    'kraft',
    1,
    undefined,
    'separate',
    undefined,
    undefined,
    '1/1 file',
  ],
  'kafka-topics-describe.txt': [
    'kraft',
    3,
    undefined,
    'separate',
    undefined,
    undefined,
    '3/2 file',
  ],
  'strimzi-kafka-persistent.yaml': ['kraft', 3, 3, 'separate', '4.3.1', true, '3/2 file'],
  'strimzi-kafka-topic.yaml': [
    'kraft',
    1,
    undefined,
    'separate',
    undefined,
    undefined,
    '1/1 default',
  ],
  'three-node-kraft-combined.server-1.properties': [
    'kraft',
    3,
    3,
    'combined',
    undefined,
    undefined,
    '1/1 default',
  ],
};

describe('the examples', () => {
  it.each(EXAMPLES)('%s is described as its README says', name => {
    const cluster = describeCluster([example(name)]);
    const first = cluster.topics[0];
    const row: Row = [
      cluster.mode,
      cluster.brokers,
      cluster.controllers,
      cluster.placement,
      cluster.version.value,
      cluster.eligibleLeaderReplicas.value,
      `${first?.replicationFactor.value}/${first?.minInsyncReplicas.value} ${first?.replicationFactor.origin}`,
    ];
    expect(row).toEqual(EXPECTED[name]);
  });

  it('lists the voters that only the first node names as inferred nodes, and says so', () => {
    const cluster = describeCluster([example('three-node-kraft-combined.server-1.properties')]);
    expect(cluster.nodes.map(node => [node.id, node.described])).toEqual([
      [1, true],
      [2, false],
      [3, false],
    ]);
    expect(cluster.assumptions[0]).toMatchObject({
      setting: 'roles and settings of node 2, node 3',
      value: 'broker,controller',
    });
    expect(cluster.warnings).toContainEqual(
      '__transaction_state: min.insync.replicas equals the replication factor 3; one broker failure ' +
        'stops every transaction on it.',
    );
  });

  it('describes a topic in its cluster when both files are given, in any order', () => {
    const topic = example('strimzi-kafka-topic.yaml');
    const kafka = example('strimzi-kafka-persistent.yaml');
    const cluster = describeCluster([topic, kafka]);
    expect(cluster).toEqual(describeCluster([kafka, topic]));
    expect(cluster.brokers).toBe(3);
    expect(cluster.topics[1]).toMatchObject({
      topic: 'my-topic',
      replicationFactor: { value: 1, origin: 'file' },
      minInsyncReplicas: { value: 2, origin: 'file' },
    });
  });

  it('lists every setting whose origin is not a file exactly once', () => {
    for (const name of EXAMPLES) {
      const settings = describeCluster([example(name)]).assumptions.map(entry => entry.setting);
      expect(new Set(settings).size).toBe(settings.length);
    }
  });
});
