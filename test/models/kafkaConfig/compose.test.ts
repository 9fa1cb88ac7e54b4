import { describe, expect, it } from 'vitest';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import { combinedCompose, combinedService, describeText } from './helpers.ts';

describe('docker-compose: environment', () => {
  it('reads the list form and the map form alike', () => {
    const list = `services:
  a:
    environment:
      - KAFKA_NODE_ID=1
      - KAFKA_PROCESS_ROLES=broker,controller
      - KAFKA_CONTROLLER_QUORUM_VOTERS=1@a:9093
      - KAFKA_MIN_INSYNC_REPLICAS=2`;
    const map = list
      .replaceAll('- KAFKA', 'KAFKA')
      .replaceAll('=', ': ')
      .replace('1@a:9093', "'1@a:9093'");
    expect(describeText('c.yml', list)).toEqual(describeText('c.yml', map));
    expect(describeText('c.yml', list).topics[0]?.minInsyncReplicas).toEqual({
      value: 2,
      origin: 'file',
      where: 'c.yml: services.a.environment.KAFKA_MIN_INSYNC_REPLICAS',
    });
  });

  it('resolves anchors and merge keys', () => {
    const text = `x-base: &base
  KAFKA_PROCESS_ROLES: broker,controller
  KAFKA_CONTROLLER_QUORUM_VOTERS: 1@a:9093
  KAFKA_DEFAULT_REPLICATION_FACTOR: 3
services:
  a: { environment: { <<: *base, KAFKA_NODE_ID: 1 } }`;
    expect(describeText('c.yml', text).topics[0]?.replicationFactor.value).toBe(3);
  });

  it('takes the default of an interpolated value, however deep', () => {
    const more = [`KAFKA_MIN_INSYNC_REPLICAS: '\${A:-\${B-2}}'`];
    const cluster = describeText('c.yml', combinedCompose(3, more));
    expect(cluster.topics[0]?.minInsyncReplicas.value).toBe(2);
  });

  it('leaves a node id that is not filled in unknown, and counts the node once', () => {
    const text = combinedCompose(3).replace('KAFKA_NODE_ID: 2', `KAFKA_NODE_ID: \${ID}`);
    const cluster = describeText('c.yml', text);
    expect(cluster.nodes.map(node => node.id)).toEqual([1, undefined, 3]);
    expect(cluster.brokers).toBe(3);
  });

  it('ignores services without a broker environment, and one-off clients', () => {
    const text = `${combinedCompose(1)}
  ui: { image: kafka-ui, environment: { KAFKA_CLUSTERS_0_BOOTSTRAPSERVERS: 'kafka-1:9092' } }
  init: { environment: { KAFKA_BROKER_ID: ignored, KAFKA_ZOOKEEPER_CONNECT: ignored } }
  db: { image: postgres }`;
    expect(describeText('c.yml', text).nodes).toHaveLength(1);
  });

  it('says that a Bitnami image does not read KAFKA_MIN_INSYNC_REPLICAS', () => {
    const text = combinedCompose(1, ['KAFKA_MIN_INSYNC_REPLICAS: 2'])
      .replace('KAFKA_NODE', 'KAFKA_CFG_NODE')
      .replace('KAFKA_PROCESS', 'KAFKA_CFG_PROCESS')
      .replace('KAFKA_CONTROLLER', 'KAFKA_CFG_CONTROLLER');
    const cluster = describeText('c.yml', text);
    expect(cluster.topics[0]?.minInsyncReplicas.value).toBe(1);
    expect(cluster.warnings[0]).toContain('KAFKA_MIN_INSYNC_REPLICAS has no effect');
  });
});

describe('docker-compose: roles and quorum', () => {
  it('tells separate from combined placement', () => {
    const voters = "KAFKA_CONTROLLER_QUORUM_VOTERS: '9@c:9093'";
    const text = `services:
  c: { environment: { KAFKA_NODE_ID: 9, KAFKA_PROCESS_ROLES: controller, ${voters} } }
  b: { environment: { KAFKA_NODE_ID: 1, KAFKA_PROCESS_ROLES: broker, ${voters} } }`;
    const cluster = describeText('c.yml', text);
    expect([cluster.placement, cluster.brokers, cluster.controllers]).toEqual(['separate', 1, 1]);
  });

  it('infers controllers, not brokers, from the voters that brokers name', () => {
    const text = `services:
  b: { environment: { KAFKA_NODE_ID: 1, KAFKA_PROCESS_ROLES: broker, KAFKA_CONTROLLER_QUORUM_VOTERS: '7@x:1,8@y:1,9@z:1' } }`;
    const cluster = describeText('c.yml', text);
    expect([cluster.placement, cluster.brokers, cluster.controllers]).toEqual(['separate', 1, 3]);
  });

  it('counts controllers of a dynamic quorum, and states that as an assumption', () => {
    const text = `services:
  a: { environment: { KAFKA_NODE_ID: 1, KAFKA_PROCESS_ROLES: 'broker,controller', KAFKA_CONTROLLER_QUORUM_BOOTSTRAP_SERVERS: 'a:1,b:1,c:1' } }`;
    const cluster = describeText('c.yml', text);
    expect([cluster.brokers, cluster.controllers]).toEqual([3, 3]);
    expect(cluster.assumptions[0]?.setting).toBe('voters of the metadata quorum');
  });

  it('warns of nodes that disagree, names both places, and takes the weaker value', () => {
    const text = `services:
${combinedService(1, 2, ['KAFKA_DEFAULT_REPLICATION_FACTOR: 2'])}
${combinedService(2, 2)}`;
    const cluster = describeText('c.yml', text);
    expect(cluster.topics[0]?.replicationFactor.value).toBe(1);
    expect(cluster.warnings.find(each => each.startsWith('The nodes'))).toBe(
      'The nodes disagree about default.replication.factor: 1 at c.yml: services.kafka-2 (not set) ' +
        'and 2 at c.yml: services.kafka-1.environment.KAFKA_DEFAULT_REPLICATION_FACTOR; the weaker ' +
        'value 1 is taken.',
    );
  });

  it.each([
    ['ZOOKEEPER_SERVERS', 'a:2888:3888;b:2888:3888;c:2888:3888'],
    [
      'ZOO_SERVERS',
      'server.1=a:2888:3888;2181 server.2=b:2888:3888;2181 server.3=c:2888:3888;2181',
    ],
    ['ZOO_SERVERS', 'a:2888:3888,b:2888:3888,c:2888:3888'],
  ])('counts ZooKeeper servers in %s', (variable, value) => {
    const text = `services:
  zoo: { environment: { ${variable}: '${value}' } }
  k: { environment: { KAFKA_ZOOKEEPER_CONNECT: 'zoo:2181' } }`;
    expect(describeText('c.yml', text).controllers).toBe(3);
  });

  it('counts ZooKeeper services that list nobody', () => {
    const text = `services:
  z1: { image: 'zookeeper:3.9' }
  z2: { image: 'zookeeper:3.9' }
  z3: { image: 'docker.io/bitnami/zookeeper' }
  k: { environment: { KAFKA_ZOOKEEPER_CONNECT: 'z1:2181' } }`;
    expect(describeText('c.yml', text).controllers).toBe(3);
  });

  it('puts several files of one cluster together', () => {
    const files = [1, 2, 3].map(id => ({
      name: `${id}.yml`,
      text: `services:\n${combinedService(id, 3)}`,
    }));
    expect(describeCluster(files).nodes.every(node => node.described)).toBe(true);
  });
});
