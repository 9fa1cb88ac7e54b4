import { describe, expect, it } from 'vitest';
import { versionOfImage } from '../../../models/kafkaConfig/imageVersion.ts';
import { combinedCompose, describeText, strimziCluster } from './helpers.ts';

const warningsOf = (nodes: number, ...more: readonly string[]) =>
  describeText('c.yml', combinedCompose(nodes, more)).warnings.join('\n');

describe('warnings', () => {
  it.each([
    [
      'KAFKA_DEFAULT_REPLICATION_FACTOR: 5',
      'cannot be created: replication factor 5 with the 3 brokers',
    ],
    [
      'KAFKA_MIN_INSYNC_REPLICAS: 2',
      'min.insync.replicas 2 is larger than the replication factor 1',
    ],
    ['KAFKA_DEFAULT_REPLICATION_FACTOR: 3', 'replication factor 3 with min.insync.replicas 1'],
    ['KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: 3', '__transaction_state: min.insync.replicas equals'],
    ['KAFKA_UNCLEAN_LEADER_ELECTION_ENABLE: true', 'lets a replica without the latest'],
  ])('%s is warned of', (variable, expected) => {
    expect(warningsOf(3, variable)).toContain(expected);
  });

  it('warns of an even number of voters, of a single one, and of combined placement', () => {
    expect(warningsOf(4)).toContain('4 metadata voters survive 1 failure, no more than 3 would');
    expect(warningsOf(1)).toContain('single metadata voter');
    expect(warningsOf(3)).toContain('does not recommend it for production');
  });

  it('warns that KRaft before 3.9 does not honour unclean election', () => {
    const spec = (version: string) =>
      strimziCluster(`{ version: ${version}, config: { unclean.leader.election.enable: true } }`);
    expect(describeText('k.yaml', spec('3.8.0')).warnings.join()).toContain(
      'not honoured in KRaft',
    );
    expect(describeText('k.yaml', spec('3.9.0')).warnings.join()).not.toContain('not honoured');
  });

  it('warns of different versions, and takes the earliest', () => {
    const text = combinedCompose(2)
      .replace('kafka-1:\n', 'kafka-1:\n    image: apache/kafka:4.1.0\n')
      .replace('  kafka-2:\n', '  kafka-2:\n    image: apache/kafka:3.9.0\n');
    const cluster = describeText('c.yml', text);
    expect(cluster.version.value).toBe('3.9.0');
    expect(cluster.warnings[0]).toContain('The nodes run different versions');
  });

  it.each([
    ['KAFKA_MIN_INSYNC_REPLICA', 'min.insync.replicas'],
    ['KAFKA_MIN_IN_SYNC_REPLICAS', 'min.insync.replicas'],
    ['KAFKA_OFFSET_TOPIC_REPLICATION_FACTOR', 'offsets.topic.replication.factor'],
    ['KAFKA_BROKER_RAK', 'broker.rack'],
  ])('names what %s may be meant for, once for all nodes', (variable, meant) => {
    const { warnings } = describeText('c.yml', combinedCompose(3, [`${variable}: 2`]));
    const told = warnings.filter(each => each.includes('no setting of this name'));
    expect(told).toEqual([
      `c.yml: services.kafka-1.environment.${variable} (and 2 more): ` +
        `Kafka has no setting of this name; ${meant} may be meant.`,
    ]);
  });

  it('names what a setting of a topic or of a properties file may be meant for', () => {
    const topic = [
      'apiVersion: kafka.strimzi.io/v1',
      'kind: KafkaTopic',
      'metadata: { name: orders, labels: { strimzi.io/cluster: a } }',
      'spec: { partitions: 1, replicas: 3, config: { min.insync.replicass: 2 } }',
    ];
    const strimzi = `${strimziCluster('{ version: 4.1.0 }')}\n---\n${topic.join('\n')}\n`;
    expect(describeText('k.yaml', strimzi).warnings.join()).toContain(
      'no setting of this name; min.insync.replicas may be meant',
    );
    const properties =
      'broker.id=1\nzookeeper.connect=z:2181\nunclean.leader.election.enabled=true\n';
    expect(describeText('b.properties', properties).warnings.join()).toContain(
      'no setting of this name; unclean.leader.election.enable may be meant',
    );
  });

  it.each([
    'KAFKA_LOG_FLUSH_INTERVAL_MS',
    'KAFKA_CONTROLLER_QUORUM_REQUEST_TIMEOUT_MS',
    'KAFKA_NUM_REPLICA_FETCHERS',
  ])('takes no other setting of Kafka for a slip: %s', variable => {
    expect(warningsOf(3, `${variable}: 2`)).not.toContain('no setting of this name');
  });

  it('never spans two lines, whatever a name contains', () => {
    const text = combinedCompose(1).replace('kafka-1:\n', '"a\\nb\\e[31m":\n    env_file: x\n');
    const { warnings } = describeText('c.yml', text);
    expect(warnings[0]).toContain('a\\u000ab\\u001b[31m');
  });
});

describe('versions of images', () => {
  it.each([
    ['apache/kafka:3.8.1', '3.8.1'],
    ['apache/kafka-native:4.1.0', '4.1.0'],
    ['docker.io/bitnami/kafka:3.9', '3.9'],
    ['bitnamilegacy/kafka:4.0.0-debian-12-r10', '4.0.0'],
    ['confluentinc/cp-kafka:7.8.0', '3.8'],
    ['confluentinc/cp-server:8.0.0', '4.0'],
    ['confluentinc/cp-kafka:6.2.1', '2.8'],
    ['confluentinc/cp-kafka:5.5.0', '2.5'],
    ['wurstmeister/kafka:2.13-2.8.1', '2.8.1'],
    ['quay.io/strimzi/kafka:0.45.0-kafka-3.9.0', '3.9.0'],
    ['registry.example:5000/apache/kafka:4.2.0@sha256:00', '4.2.0'],
    ['apache/kafka:latest', undefined],
    ['apache/kafka', undefined],
    [`\${IMAGE}`, undefined],
    ['someone/else:3.8', undefined],
  ])('%s is %s', (image, version) => {
    expect(versionOfImage(image)).toBe(version);
  });
});
