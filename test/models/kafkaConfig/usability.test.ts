import { describe, expect, it } from 'vitest';
import type { ClusterDescription } from '../../../models/kafkaConfig/clusterDescription.ts';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import { combinedCompose, describeText, strimziCluster } from './helpers.ts';

/** The topics that cannot be used, and why. */
function unusable({ topics, internalTopics }: ClusterDescription): Record<string, string> {
  const all = [...topics, ...internalTopics];
  return Object.fromEntries(
    all.flatMap(each => (each.unusable === undefined ? [] : [[each.topic, each.unusable.why]])),
  );
}

function compose(nodes: number, version: string, more: readonly string[] = []): ClusterDescription {
  const text = combinedCompose(nodes, more);
  return describeText(
    'c.yml',
    text.replaceAll('    environment', `    image: apache/kafka:${version}\n    environment`),
  );
}

describe('a replication factor above the number of brokers', () => {
  it('keeps a topic from being created, and says what does not work then', () => {
    const cluster = compose(1, '4.2.0');
    expect(Object.keys(unusable(cluster))).toEqual([
      '__consumer_offsets',
      '__transaction_state',
      '__share_group_state',
    ]);
    expect(cluster.internalTopics.map(each => each.unusable?.stops)).toEqual([
      'consumer group',
      'transaction',
      'share group',
    ]);
    expect(cluster.warnings[0]).toBe(
      '__consumer_offsets cannot be created: replication factor 3 with the 1 broker that the files ' +
        'describe (InvalidReplicationFactor); no consumer group works.',
    );
  });

  it('is asked of every topic, described ones too', () => {
    const topic = `---
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: { name: t, labels: { strimzi.io/cluster: c } }
spec: { replicas: 4 }`;
    const text = strimziCluster('{ version: 3.9.0 }') + topic;
    expect(Object.keys(unusable(describeText('k.yaml', text)))).toEqual(['t']);
    expect(unusable(describeText('t.yaml', topic.replace('---\n', '')))).toEqual({});
  });

  it('was no matter for __consumer_offsets before 0.11', () => {
    const text = `services:
  k: { image: 'confluentinc/cp-kafka:3.0.0', environment: { KAFKA_ZOOKEEPER_CONNECT: z } }`;
    const file = { name: 'c.yml', text };
    const old = describeCluster([file], { kafkaVersion: '0.10.2' });
    expect(unusable(old)).toEqual({});
    expect(old.internalTopics.map(each => each.replicationFactor.value)).toEqual([1]);
    expect(Object.keys(unusable(describeCluster([file], { kafkaVersion: '0.11' })))).toContain(
      '__consumer_offsets',
    );
  });
});

describe('a minimum above the replication factor', () => {
  const two = ['KAFKA_MIN_INSYNC_REPLICAS: 2', 'KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: 1'];

  it('refuses every acks=all write before 3.7, offset commits among them', () => {
    const cluster = compose(3, '3.6.2', two);
    expect(Object.keys(unusable(cluster))).toEqual(['auto-created topics', '__consumer_offsets']);
    expect(unusable(cluster)['__consumer_offsets']).toContain('refuses every acks=all write');
    expect(cluster.topics[0]?.unusable?.kind).toBe('refuses acks=all writes');
  });

  it('counts as the factor since', () => {
    const cluster = compose(3, '3.7.0', two);
    expect(unusable(cluster)).toEqual({});
    expect(cluster.warnings.join()).toContain('Kafka counts it as 1 since 3.7');
  });
});
