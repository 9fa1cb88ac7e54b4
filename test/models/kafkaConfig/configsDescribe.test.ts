import { describe, expect, it } from 'vitest';
import type { ClusterDescription } from '../../../models/kafkaConfig/clusterDescription.ts';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import { combinedCompose, describeText, errorOf } from './helpers.ts';

/** An entry as releases from 2.5 on print it. */
const entry = (name: string, value: string, from = 'DYNAMIC_TOPIC_CONFIG'): string =>
  `  ${name}=${value} sensitive=false synonyms={${from}:${name}=${value}, DEFAULT_CONFIG:${name}=1}`;

const topics =
  'Topic: orders\tTopicId: a-b\tPartitionCount: 1\tReplicationFactor: 3\tConfigs: \n' +
  '\tTopic: orders\tPartition: 0\tLeader: 1\tReplicas: 1,2,3\tIsr: 1,2,3\n';

function joined(...texts: readonly string[]): ClusterDescription {
  const compose = combinedCompose(3, ['KAFKA_DEFAULT_REPLICATION_FACTOR: 3']);
  const files = [compose, ...texts].map((text, index) => ({
    name: index === 0 ? 'c.yml' : `${index}.txt`,
    text,
  }));
  return describeCluster(files);
}

const first = ({ topics: [topic] }: ClusterDescription): string =>
  `${topic?.replicationFactor.value}/${topic?.minInsyncReplicas.value}`;

describe('kafka-configs --describe', () => {
  it('tells the dynamic default of the whole cluster, which is above the files', () => {
    const text = `Default configs for brokers in the cluster are:\n${entry('min.insync.replicas', '2', 'DYNAMIC_DEFAULT_BROKER_CONFIG')}\n`;
    const cluster = joined(text);
    expect(first(cluster)).toBe('3/2');
    expect(cluster.topics[0]?.minInsyncReplicas.where).toBe('1.txt: line 2');
  });

  it.each([
    ['Dynamic configs for topic orders are:', entry('min.insync.replicas', '2')],
    ['All configs for topic orders are:', entry('min.insync.replicas', '2')],
    ["Configs for topic 'orders' are min.insync.replicas=2,cleanup.policy=compact,delete", ''],
  ])('tells the settings of a topic: %s', (line, rest) => {
    const cluster = joined(topics, `${line}\n${rest}\n`);
    expect(cluster.topics[1]).toMatchObject({ topic: 'orders', minInsyncReplicas: { value: 2 } });
    // Without its replicas nothing can be said.
    expect(joined(`${line}\n${rest}\n`).warnings.join()).toContain(
      'of its replicas nothing is told',
    );
  });

  it('tells what one broker has in force, above its file', () => {
    const text = `Dynamic configs for broker 2 are:\n${entry('min.insync.replicas', '2', 'DYNAMIC_BROKER_CONFIG')}\n`;
    expect(joined(text).warnings.join()).toContain('The nodes disagree about min.insync.replicas');
    expect(joined(text.replace('broker 2', 'broker 9')).warnings.join()).toContain(
      'no file describes broker 9',
    );
  });

  it('with --all describes a broker without a file', () => {
    const broker = (id: number) =>
      [
        `All configs for broker ${id} are:`,
        entry('process.roles', 'broker,controller', 'STATIC_BROKER_CONFIG'),
        entry('node.id', String(id), 'STATIC_BROKER_CONFIG'),
        entry('controller.quorum.voters', '1@a:1,2@b:1,3@c:1', 'STATIC_BROKER_CONFIG'),
        '  zookeeper.connect=null sensitive=false synonyms={}',
        entry('default.replication.factor', '3', 'STATIC_BROKER_CONFIG'),
        entry('min.insync.replicas', '2', 'STATIC_BROKER_CONFIG'),
      ].join('\n');
    const cluster = describeText('configs.txt', [1, 2, 3].map(broker).join('\n'));
    expect([cluster.mode, cluster.brokers, first(cluster)]).toEqual(['kraft', 3, '3/2']);
  });

  it('alone, of topics or dynamic settings, is refused', () => {
    const text = `Dynamic configs for topic t are:\n${entry('min.insync.replicas', '2')}\n`;
    expect(errorOf({ name: 'c.txt', text }).message).toContain('kafka-topics --describe');
  });
});
