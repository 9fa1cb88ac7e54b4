import { describe, expect, it } from 'vitest';
import type { ClusterDescription } from '../../../models/kafkaConfig/clusterDescription.ts';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import { combinedCompose, describeText, strimziCluster } from './helpers.ts';

/** Three controllers and three brokers on nodes of their own, each kind with variables of its own. */
function separateCompose(
  image: string,
  controllers: readonly string[],
  brokers: readonly string[],
): string {
  const node = (id: number, role: string, more: readonly string[]): string => `  ${role}-${id}:
    image: ${image}
    environment:
      - KAFKA_NODE_ID=${id}
      - KAFKA_PROCESS_ROLES=${role}
      - KAFKA_CONTROLLER_QUORUM_VOTERS=11@controller-11:1,12@controller-12:1,13@controller-13:1
${more.map(line => `      - ${line}\n`).join('')}`;
  return [
    'services:',
    ...[11, 12, 13].map(id => node(id, 'controller', controllers)),
    ...[1, 2, 3].map(id => node(id, 'broker', brokers)),
  ].join('\n');
}

const separate = (...args: Parameters<typeof separateCompose>): ClusterDescription =>
  describeText('c.yml', separateCompose(...args));

/** Factor and minimum of each topic, "3/2". */
function kept({ topics, internalTopics }: ClusterDescription): Record<string, string> {
  const entries = [...topics, ...internalTopics].map(each => {
    const { replicationFactor, minInsyncReplicas } = each;
    return [each.topic, `${replicationFactor.value}/${minInsyncReplicas.value}`];
  });
  return Object.fromEntries(entries);
}

const two = ['KAFKA_DEFAULT_REPLICATION_FACTOR=3', 'KAFKA_MIN_INSYNC_REPLICAS=2'];

describe('min.insync.replicas', () => {
  it.each([
    ['apache/kafka:4.0.0', '3/2'],
    ['apache/kafka:4.1.0', '3/1'],
    ['confluentinc/cp-kafka:8.1.0', '3/1'],
    ['registry.example.com:5000/mirror/apache/kafka:4.3.1', '3/1'],
  ])("of brokers' files is in force before eligible leader replicas: %s %s", (image, expected) => {
    const cluster = separate(image, [], two);
    expect(kept(cluster)['auto-created topics']).toBe(expected);
    expect(kept(cluster)['__consumer_offsets']).toBe(expected);
    expect(kept(cluster)['__transaction_state']).toBe('3/2');
    const said = cluster.warnings.join('\n');
    expect(said.includes('has no effect: the controllers decide')).toBe(expected === '3/1');
    expect(said.includes('--entity-default --describe')).toBe(expected === '3/1');
  });

  it("is that of the controllers' files, the weakest of them, and counts at formatting", () => {
    const said = separate('apache/kafka:4.2.0', ['KAFKA_MIN_INSYNC_REPLICAS=3'], two);
    expect(said.topics[0]?.minInsyncReplicas).toMatchObject({ value: 3, origin: 'file' });
    expect(said.assumptions.find(({ setting }) => setting.endsWith('in force'))).toMatchObject({
      value: '3',
      why: expect.stringContaining('when the cluster was formatted'),
    });
    const text = separateCompose('apache/kafka:4.2.0', ['KAFKA_MIN_INSYNC_REPLICAS=2'], two);
    const one = text.replace('      - KAFKA_MIN_INSYNC_REPLICAS=2\n', '');
    const cluster = describeText('c.yml', one);
    expect(kept(cluster)['auto-created topics']).toBe('3/1');
    expect(cluster.warnings.join()).toContain('The nodes disagree about min.insync.replicas');
  });

  it('is the same file for all where nodes are combined, or an operator writes it', () => {
    const combined = combinedCompose(3, ['KAFKA_MIN_INSYNC_REPLICAS: 2']);
    const image = combined.replaceAll(
      '    environment',
      '    image: apache/kafka:4.1.0\n    environment',
    );
    expect(describeText('c.yml', image).topics[0]?.minInsyncReplicas.value).toBe(2);
    const strimzi = strimziCluster('{ version: 4.2.0, config: { min.insync.replicas: 2 } }');
    expect(describeText('k.yaml', strimzi).topics[0]?.minInsyncReplicas.value).toBe(2);
  });

  it('is not known, and so the weaker one, where no file describes a controller', () => {
    const broker = (id: number) => ({
      name: `b${id}.properties`,
      text: `process.roles=broker\nnode.id=${id}\ncontroller.quorum.voters=7@a:1,8@b:1,9@c:1
default.replication.factor=3\nmin.insync.replicas=2\nunclean.leader.election.enable=true\n`,
    });
    const files = [1, 2, 3].map(broker);
    const [first] = describeCluster(files, { kafkaVersion: '4.1' }).topics;
    expect(first?.minInsyncReplicas).toMatchObject({ value: 1, origin: 'assumed' });
    expect(first?.uncleanLeaderElection).toMatchObject({ value: true, origin: 'assumed' });
    expect(describeCluster(files, { kafkaVersion: '3.9' }).topics[0]?.minInsyncReplicas.value).toBe(
      2,
    );
    // Of an unknown version either may be in force.
    expect(describeCluster(files).topics[0]?.minInsyncReplicas.value).toBe(1);
  });

  it('as a dynamic default is above all files, and of a topic above that', () => {
    const init = `
  init:
    image: apache/kafka:4.1.0
    entrypoint: [/bin/sh, -c]
    command: |
      "kafka-topics.sh --create --topic t --replication-factor 3
      kafka-configs.sh --bootstrap-server b:1 --alter --entity-type topics --entity-name t --add-config min.insync.replicas=3
      kafka-configs.sh --bootstrap-server b:1 --alter --entity-type brokers --entity-default --add-config min.insync.replicas=2,log.cleaner.threads=2"`;
    const cluster = describeText('c.yml', separateCompose('apache/kafka:4.1.0', [], two) + init);
    expect(kept(cluster)).toMatchObject({ 'auto-created topics': '3/2', t: '3/3' });
    expect(cluster.topics[0]?.minInsyncReplicas.where).toBe('c.yml: services.init.command');
    const one = init.replaceAll('--entity-default', '--entity-name 1');
    const other = describeText('c.yml', separateCompose('apache/kafka:4.1.0', [], two) + one);
    expect(other.warnings.join()).toContain('what kafka-configs sets of one broker is not read');
  });

  it('of a topic wins over all of them', () => {
    const init = `
  init:
    image: apache/kafka:4.1.0
    command: kafka-topics.sh --create --topic t --replication-factor 3 --config min.insync.replicas=2`;
    const cluster = describeText('c.yml', separateCompose('apache/kafka:4.1.0', [], two) + init);
    expect(kept(cluster)).toMatchObject({ 'auto-created topics': '3/1', t: '3/2' });
  });
});

describe('unclean.leader.election.enable', () => {
  const on = ['KAFKA_UNCLEAN_LEADER_ELECTION_ENABLE=true'];

  it('counts on controllers in KRaft', () => {
    const ofBrokers = separate('apache/kafka:3.9.1', [], [...two, ...on]);
    expect(ofBrokers.topics[0]?.uncleanLeaderElection.value).toBe(false);
    expect(ofBrokers.warnings.join()).toContain('unclean.leader.election.enable: true at');
    const ofControllers = separate('apache/kafka:3.9.1', on, two);
    expect(ofControllers.topics[0]?.uncleanLeaderElection).toMatchObject({
      value: true,
      origin: 'file',
    });
  });

  it('counts on brokers with ZooKeeper, one of which is the controller', () => {
    const text = `services:
  k1: { image: 'confluentinc/cp-kafka:7.6.0', environment: { KAFKA_BROKER_ID: 1, KAFKA_ZOOKEEPER_CONNECT: z } }
  k2: { image: 'confluentinc/cp-kafka:7.6.0', environment: { KAFKA_BROKER_ID: 2, KAFKA_ZOOKEEPER_CONNECT: z,
        KAFKA_UNCLEAN_LEADER_ELECTION_ENABLE: 'true' } }`;
    expect(describeText('c.yml', text).topics[0]?.uncleanLeaderElection.value).toBe(true);
  });
});

describe('a replication factor that a topic does not have', () => {
  const topic = `
  init: { image: apache/kafka:3.9.1, command: kafka-topics.sh --create --topic t --partitions 3 }`;

  it("is the brokers' where a topic is created automatically, else the controllers'", () => {
    const cluster = describeText('c.yml', separateCompose('apache/kafka:3.9.1', [], two) + topic);
    expect(kept(cluster)).toMatchObject({ 'auto-created topics': '3/2', t: '1/2' });
    const both = separateCompose('apache/kafka:3.9.1', ['KAFKA_DEFAULT_REPLICATION_FACTOR=2'], two);
    expect(kept(describeText('c.yml', both + topic))).toMatchObject({ t: '2/2' });
  });

  it("is the brokers' with ZooKeeper", () => {
    const text = `services:
  z: { image: zookeeper }
  k1: { environment: { KAFKA_BROKER_ID: 1, KAFKA_ZOOKEEPER_CONNECT: z, KAFKA_DEFAULT_REPLICATION_FACTOR: 2 } }
  k2: { environment: { KAFKA_BROKER_ID: 2, KAFKA_ZOOKEEPER_CONNECT: z, KAFKA_DEFAULT_REPLICATION_FACTOR: 2 } }`;
    expect(kept(describeText('c.yml', text + topic))).toMatchObject({ t: '2/1' });
  });
});

describe('what an image starts from', () => {
  const combined = (image: string, prefix: string): ClusterDescription =>
    describeText(
      'c.yml',
      combinedCompose(3)
        .replaceAll('KAFKA_', prefix)
        .replaceAll('    environment', `    image: ${image}\n    environment`),
    );

  it.each([
    ['bitnami/kafka:3.7', 'KAFKA_CFG_', '1/1'],
    ['docker.io/bitnamilegacy/kafka:3.9.0', 'KAFKA_CFG_', '1/1'],
    ['public.ecr.aws/bitnami/kafka:4.0.0', 'KAFKA_CFG_', '1/1'],
    ['apache/kafka:3.9.1', 'KAFKA_', '3/2'],
    ['apache/kafka-native:3.9.1', 'KAFKA_', '3/2'],
    ['confluentinc/cp-server:7.9.0', 'KAFKA_', '3/2'],
  ])('%s with its environment: transactions %s%s', (image, prefix, expected) => {
    expect(kept(combined(image, prefix))['__transaction_state']).toBe(expected);
  });

  it.each([
    ['apache/kafka:3.9.0', '{}', 'kraft'],
    ['apache/kafka:4.1.0', '{ KAFKA_HEAP_OPTS: -Xmx1g }', 'kraft'],
    ['bitnami/kafka:3.6', '{ ALLOW_PLAINTEXT_LISTENER: yes }', 'kraft'],
    ['confluentinc/confluent-local:7.6.0', '{}', 'kraft'],
    ['wurstmeister/kafka:2.13-2.8.1', '{ KAFKA_ZOOKEEPER_CONNECT: z }', 'zookeeper'],
    ['quay.io/debezium/kafka:2.7', '{ ZOOKEEPER_CONNECT: z, BROKER_ID: 3 }', 'zookeeper'],
    ['debezium/kafka:3.0', '{ CLUSTER_ID: abc }', 'kraft'],
    ['hyperledger/fabric-kafka', '{ KAFKA_ZOOKEEPER_CONNECT: z }', 'zookeeper'],
  ])('%s %s alone: a broker in mode %s with single copies', (image, environment, mode) => {
    const text = `services: { one: { image: '${image}', environment: ${environment} } }`;
    const cluster = describeText('c.yml', text);
    expect([cluster.mode, cluster.brokers]).toEqual([mode, 1]);
    expect(kept(cluster)).toMatchObject({ __consumer_offsets: '1/1', __transaction_state: '1/1' });
    const reasons = cluster.internalTopics.map(each => each.replicationFactor);
    expect(
      reasons.every(({ origin, where }) => origin === 'default' && where.includes('starts from')),
    ).toBe(true);
  });

  it('is its environment where a file is mounted, which is named', () => {
    const text = `services:
  one: { image: 'apache/kafka:3.9.0', volumes: ['./conf:/mnt/shared/config'] }`;
    const message = (): unknown => describeText('c.yml', text);
    expect(message).toThrow('it is configured by ./conf, which is not there; give that file');
  });

  it('is not known of other images, which a warning says', () => {
    const cluster = combined('acme/our-kafka:7', 'KAFKA_');
    expect(cluster.warnings.join()).toContain('the image acme/our-kafka:7 is not known here');
    expect(kept(cluster)['__consumer_offsets']).toBe('3/1');
  });

  it('reads in Bitnami images what they take by the other prefix, and no more', () => {
    const text = combinedCompose(1, [
      'KAFKA_MIN_INSYNC_REPLICAS: 2',
      'KAFKA_DEFAULT_REPLICATION_FACTOR: 1',
    ])
      .replace('KAFKA_NODE', 'KAFKA_CFG_NODE')
      .replace('KAFKA_PROCESS', 'KAFKA_CFG_PROCESS')
      .replace('KAFKA_CONTROLLER', 'KAFKA_CFG_CONTROLLER');
    const { topics, warnings } = describeText('c.yml', text);
    expect(topics[0]?.replicationFactor.origin).toBe('file');
    expect(topics[0]?.minInsyncReplicas.origin).toBe('default');
    expect(warnings.join()).not.toContain('KAFKA_DEFAULT_REPLICATION_FACTOR has no effect');
  });
});

describe('internal topics', () => {
  const strimzi = (version: string, config: string): ClusterDescription =>
    describeText('k.yaml', strimziCluster(`{ version: ${version}, config: { ${config} } }`));
  const tiered = 'remote.log.storage.system.enable: true';

  it.each([
    ['3.9.0', 'min.insync.replicas: 1', undefined, undefined],
    ['4.0.0', 'share.coordinator.state.topic.min.isr: 1', '3/1', undefined],
    ['4.2.0', 'min.insync.replicas: 1', '3/2', undefined],
    ['4.2.0', tiered, '3/2', '3/1'],
    ['4.3.0', tiered, '3/2', '3/2'],
  ])('%s with %s: share groups %s, tiered storage %s', (version, config, share, remote) => {
    const topics = kept(strimzi(version, config));
    expect([topics['__share_group_state'], topics['__remote_log_metadata']]).toEqual([
      share,
      remote,
    ]);
  });

  it('of groups have the minimum of every topic', () => {
    expect(kept(strimzi('3.9.0', 'min.insync.replicas: 2'))).toMatchObject({
      __consumer_offsets: '3/2',
    });
  });
});

describe('what somebody says besides the files', () => {
  const file = {
    name: 'b.properties',
    text: 'default.replication.factor=3\nmin.insync.replicas=2\n',
  };

  it('is the number of brokers of settings alone, without which they are refused', () => {
    expect(() => describeCluster([file])).toThrow('--brokers 3');
    const cluster = describeCluster([file], { brokers: 3 });
    expect([cluster.brokers, cluster.controllers]).toEqual([3, undefined]);
    expect(cluster.topics[0]?.unusable).toBeUndefined();
  });

  it.each([
    // A bounce goes unnoticed in KRaft alone, and before 3.9 unclean election is passed over there alone.
    ['2.7', 'false', 'zookeeper'],
    ['3.6.0', 'false', 'kraft'],
    ['3.6.0', 'true', 'zookeeper'],
    ['3.9', 'true', 'kraft'],
    ['4.1', 'false', 'kraft'],
  ])(
    'is weighed for the mode of settings or topics alone: %s, unclean %s, %s',
    (version, unclean, mode) => {
      const text = `${file.text}unclean.leader.election.enable=${unclean}\n`;
      const said = { brokers: 3, kafkaVersion: version };
      const topic = `Topic: t\tTopicId: a-b\tPartitionCount: 1\tReplicationFactor: 1\tConfigs: unclean.leader.election.enable=${unclean}`;
      for (const each of [
        { ...file, text },
        { name: 't.txt', text: topic },
      ]) {
        expect(describeCluster([each], said).mode).toBe(mode);
      }
    },
  );

  it('is more brokers than files describe, never fewer', () => {
    const node = { name: 's.properties', text: `${kraft}default.replication.factor=3\n` };
    expect(describeCluster([node]).topics[0]?.unusable?.kind).toBe('cannot be created');
    const cluster = describeCluster([node], { brokers: 3 });
    expect([cluster.brokers, cluster.controllers]).toEqual([3, 1]);
    expect(cluster.topics[0]?.unusable).toBeUndefined();
    const compose = { name: 'c.yml', text: combinedCompose(3) };
    expect(() => describeCluster([compose], { brokers: 2 })).toThrow('at least the 3 brokers');
  });

  it('is the version where no file tells it', () => {
    const node = { name: 's.properties', text: kraft };
    expect(describeCluster([node], { kafkaVersion: '3.9.1' }).version.value).toBe('3.9.1');
    expect(() => describeCluster([node], { kafkaVersion: 'new' })).toThrow('such as 3.9.1');
    const strimzi = { name: 'k.yaml', text: strimziCluster('{ version: 4.1.0 }') };
    expect(describeCluster([strimzi], { kafkaVersion: '4.1' }).version.value).toBe('4.1.0');
    expect(() => describeCluster([strimzi], { kafkaVersion: '3.9' })).toThrow('expected 4.1.0');
  });
});

const kraft = 'process.roles=broker,controller\nnode.id=1\ncontroller.quorum.voters=1@a:1\n';
