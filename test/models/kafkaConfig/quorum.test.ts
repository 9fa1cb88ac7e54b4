import { describe, expect, it } from 'vitest';
import type { ClusterDescription } from '../../../models/kafkaConfig/clusterDescription.ts';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import { rackFailures } from '../../../models/kafkaConfig/rackArithmetic.ts';
import {
  combinedCompose,
  combinedService,
  describeText,
  errorOf,
  strimziCluster,
} from './helpers.ts';

/** Properties of one node of a dynamic quorum. */
const dynamic = (id: number, roles: string, servers: string, more = ''): string =>
  `process.roles=${roles}\nnode.id=${id}\ncontroller.quorum.bootstrap.servers=${servers}\n${more}`;

function quorumOf(...texts: readonly string[]): readonly (number | undefined)[] {
  const cluster = describeCluster(
    texts.map((text, index) => ({ name: `${index}.properties`, text })),
  );
  return [cluster.brokers, cluster.controllers];
}

describe('a dynamic quorum', () => {
  const both = 'broker,controller';

  it.each([
    ['a name that may be a load balancer', dynamic(1, both, 'controllers.internal:9093')],
    [
      'an address of another machine',
      dynamic(1, both, '10.0.0.7:9093', 'listeners=CONTROLLER://:9093\n'),
    ],
    ['a placeholder', dynamic(1, both, '$' + '{CONTROLLERS}:9093')],
    ['the address that a broker has', dynamic(1, 'broker', 'c:9093')],
  ])('of unknown size is behind %s', (_, text) => {
    expect(quorumOf(text)).toEqual([1, undefined]);
  });

  it('is the described controllers where each address is one of theirs', () => {
    expect(quorumOf(dynamic(1, both, 'localhost:9093'))).toEqual([1, 1]);
    const listener = 'listeners=PLAINTEXT://:9092,CONTROLLER://k1.example.com:9093\n';
    expect(quorumOf(dynamic(1, both, 'k1.example.com:9093', listener))).toEqual([1, 1]);
    expect(
      quorumOf(dynamic(2, 'broker', 'localhost:9093'), dynamic(1, 'controller', 'localhost:9093')),
    ).toEqual([1, 1]);
  });

  it('is the described controllers behind one address, where there are several', () => {
    const texts = [1, 2, 3].map(id => dynamic(id, both, 'lb:9093'));
    expect(quorumOf(...texts)).toEqual([3, 3]);
  });

  it('knows a compose service by any of its names', () => {
    const service = (name: string, server: string, more = ''): string => `services:
  ${name}: { ${more}environment: { KAFKA_NODE_ID: 1, KAFKA_PROCESS_ROLES: 'broker,controller',
    KAFKA_CONTROLLER_QUORUM_BOOTSTRAP_SERVERS: '${server}:9093' } }`;
    const controllers = (text: string) => describeText('c.yml', text).controllers;
    expect(controllers(service('kafka', 'kafka'))).toBe(1);
    expect(controllers(service('kafka', 'broker', 'container_name: broker, '))).toBe(1);
    expect(controllers(service('kafka', 'host-1', 'hostname: host-1, '))).toBe(1);
    expect(controllers(service('kafka', 'other'))).toBeUndefined();
  });
});

describe('whether voters can be added and removed', () => {
  it.each([
    ['never, where files name them', 'controller.quorum.voters=1@a:1', false],
    ['yes, where brokers ask for them', 'controller.quorum.bootstrap.servers=localhost:1', true],
    [
      'even where nobody knows how many there are',
      'controller.quorum.bootstrap.servers=lb:1',
      true,
    ],
  ])('%s', (_, quorum, dynamicVoters) => {
    const text = `process.roles=broker,controller\nnode.id=1\n${quorum}\n`;
    expect(describeText('c.properties', text)).toMatchObject({ dynamicVoters });
  });

  it('is not known of an operator, and not so with ZooKeeper', () => {
    const operated = describeText('k.yaml', strimziCluster('{ version: 4.1.0 }', 3));
    expect(operated.dynamicVoters).toBeUndefined();
    const old = describeText('z.properties', 'zookeeper.connect=z:2181\nbroker.id=1\n');
    expect(old.dynamicVoters).toBe(false);
  });
});

describe('controllers alone', () => {
  it('are a cluster without topics', () => {
    const text =
      'process.roles=controller\nnode.id=1\ncontroller.quorum.voters=1@a:1,2@b:1,3@c:1\n';
    const cluster = describeText('c.properties', text);
    expect([cluster.brokers, cluster.controllers, cluster.topics, cluster.internalTopics]).toEqual([
      0,
      3,
      [],
      [],
    ]);
    const withBrokers = describeCluster([{ name: 'c.properties', text }], { brokers: 3 });
    expect([withBrokers.brokers, withBrokers.topics.length]).toEqual([3, 1]);
  });
});

describe('two clusters', () => {
  const single = (name: string, id: number, host: string, more: string): string =>
    `  ${name}: { environment: { KAFKA_NODE_ID: ${id}, KAFKA_PROCESS_ROLES: 'broker,controller',
    KAFKA_CONTROLLER_QUORUM_VOTERS: '${id}@${host}:1', ${more} } }`;
  const messageOf = (...services: readonly string[]): string =>
    errorOf({ name: 'c.yml', text: `services:\n${services.join('\n')}` }).message;

  it.each([
    ['disjoint voters', '', ''],
    ['different ids', 'CLUSTER_ID: one', 'CLUSTER_ID: two'],
    ["Bitnami's variable", 'KAFKA_KRAFT_CLUSTER_ID: one', 'KAFKA_KRAFT_CLUSTER_ID: two'],
  ])('are refused by %s, with a node of each', (_, one, two) => {
    const message = messageOf(single('east', 1, 'east', one), single('west', 2, 'west', two));
    expect(message).toContain('two clusters: that of c.yml: services.east (');
    expect(message).toContain('and that of c.yml: services.west (');
  });

  it('are refused by different voters under the same ids', () => {
    const west = combinedCompose(3).replaceAll('kafka-', 'west-');
    expect(
      errorOf({ name: 'e.yml', text: combinedCompose(3) }, { name: 'w.yml', text: west }).message,
    ).toContain('two clusters');
  });

  const zooKeeper = (first: string, second: string, servers = ''): string => `services:
  z1: { image: zookeeper, environment: { ZOO_MY_ID: 1${servers} } }
  z2: { image: zookeeper, environment: { ZOO_MY_ID: 2${servers} } }
  k1: { environment: { KAFKA_BROKER_ID: 1, KAFKA_ZOOKEEPER_CONNECT: '${first}' } }
  k2: { environment: { KAFKA_BROKER_ID: 2, KAFKA_ZOOKEEPER_CONNECT: '${second}' } }`;

  it('are refused by ZooKeepers that do not know each other, or paths in one', () => {
    const text = zooKeeper('z1:2181', 'z2:2181');
    expect(errorOf({ name: 'c.yml', text }).message).toContain('services.k1 (ZooKeeper z1:2181)');
    const paths = zooKeeper('z1:2181/a', 'z1:2181/b');
    expect(errorOf({ name: 'c.yml', text: paths }).message).toContain('two clusters');
  });

  it('are one where the servers are of one ensemble, or nothing is known of them', () => {
    const servers = ", ZOO_SERVERS: 'server.1=z1:2888:3888;2181 server.2=z2:2888:3888;2181'";
    expect(describeText('c.yml', zooKeeper('z1:2181', 'z2:2181', servers)).brokers).toBe(2);
    const files = [1, 2].map(id => ({
      name: `${id}.properties`,
      text: `broker.id=${id}\nzookeeper.connect=zoo${id}:2181\n`,
    }));
    expect(describeCluster(files).brokers).toBe(2);
  });

  it('are one where a broker calls the controller by another name', () => {
    const text = `services:
  c: { environment: { KAFKA_NODE_ID: 1, KAFKA_PROCESS_ROLES: controller, KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:1' } }
  b: { environment: { KAFKA_NODE_ID: 2, KAFKA_PROCESS_ROLES: broker, KAFKA_CONTROLLER_QUORUM_VOTERS: '1@c:1' } }`;
    expect(describeText('c.yml', text).controllers).toBe(1);
  });
});

describe('racks', () => {
  /** Combined nodes in these racks, with this factor and minimum. */
  function racked(racks: readonly string[], factor: number, minimum: number): ClusterDescription {
    const services = racks.map((rack, index) =>
      combinedService(index + 1, racks.length, [
        ...(rack === '' ? [] : [`KAFKA_BROKER_RACK: ${rack}`]),
        `KAFKA_DEFAULT_REPLICATION_FACTOR: ${factor}`,
        `KAFKA_MIN_INSYNC_REPLICAS: ${minimum}`,
      ]),
    );
    return describeText('c.yml', `services:\n${services.join('\n')}`);
  }
  const summary = (cluster: ClusterDescription) =>
    rackFailures(cluster).map(({ rack, voters, metadataSurvives, topics }) => [
      rack,
      voters,
      metadataSurvives,
      topics[0]?.replicasLeft,
    ]);

  it('of two data centres take half of everything', () => {
    expect(summary(racked(['a', 'a', 'b', 'b'], 4, 2))).toEqual([
      ['a', 2, false, 2],
      ['b', 2, false, 2],
    ]);
  });

  it('of three take a third, and what the placement makes of it', () => {
    expect(summary(racked(['a', 'b', 'c'], 3, 2))).toEqual([
      ['a', 1, true, 2],
      ['b', 1, true, 2],
      ['c', 1, true, 2],
    ]);
    expect(summary(racked(['a', 'a', 'a', 'a', 'b'], 3, 2))).toEqual([
      ['a', 4, false, 1],
      ['b', 1, true, 2],
    ]);
  });

  it('say nothing where a broker has none, or all have the same', () => {
    expect(summary(racked(['a', 'b', ''], 3, 2))).toEqual([]);
    expect(summary(racked(['a', 'a', 'a'], 3, 2))).toEqual([]);
  });
});
