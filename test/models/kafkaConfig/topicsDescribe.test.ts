import { describe, expect, it } from 'vitest';
import { partitionSentences } from '../../../cli/check/partitionsText.ts';
import type { ClusterDescription } from '../../../models/kafkaConfig/clusterDescription.ts';
import type { DescribeOptions } from '../../../models/kafkaConfig/describeCluster.ts';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import {
  partitionStandings,
  stoppedPartitions,
} from '../../../models/kafkaConfig/partitionStandings.ts';
import { combinedCompose, errorOf } from './helpers.ts';

const head =
  'Topic: orders\tTopicId: fS4MOgLKQpeCwI7FrPlpUA\tPartitionCount: 2\tReplicationFactor: 3';

/** The output of a release from 3.8 on, with these settings and partitions. */
function output(configs: string, ...partitions: readonly string[]): string {
  const lines = partitions.map(
    (columns, index) => `\tTopic: orders\tPartition: ${index}\t${columns}\tElr: \tLastKnownElr: `,
  );
  return [`${head}\tConfigs: ${configs}`, ...lines].join('\n');
}

const healthy = 'Leader: 1\tReplicas: 1,2,3\tIsr: 1,2,3';

function told(text: string, options: DescribeOptions = {}): ClusterDescription {
  return describeCluster([{ name: 'topics.txt', text }], options);
}

/** Factor, minimum and unclean election of each topic. */
function kept({ topics, internalTopics }: ClusterDescription): Record<string, string> {
  return Object.fromEntries(
    [...topics, ...internalTopics].map(each => [
      each.topic,
      `${each.replicationFactor.value}/${each.minInsyncReplicas.value} ${each.uncleanLeaderElection.value}`,
    ]),
  );
}

describe('kafka-topics --describe', () => {
  it('tells topics with the settings in force, and nothing of others', () => {
    const cluster = told(output('cleanup.policy=compact,delete,min.insync.replicas=2', healthy));
    expect(kept(cluster)).toEqual({ orders: '3/2 false' });
    expect(cluster.brokers).toBe(3);
    expect(cluster.nodes.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(cluster.topics[0]?.minInsyncReplicas).toMatchObject({ where: 'topics.txt: line 1' });
    expect(cluster.topics[0]?.uncleanLeaderElection.where).toContain('not among the Configs');
  });

  // Source: TopicCommand at 0.10.2.2, 2.3.1, 2.4.1 and trunk; Confluent Server adds Offline.
  it.each([
    [
      'Topic:orders\tPartitionCount:1\tReplicationFactor:3\tConfigs:min.insync.replicas=2',
      'zookeeper',
    ],
    [
      'Topic: orders\tPartitionCount: 1\tReplicationFactor: 3\tConfigs: min.insync.replicas=2',
      'zookeeper',
    ],
    [`${head}\tConfigs: min.insync.replicas=2`, 'kraft'],
    [
      'Topic: orders   TopicId: a-b   PartitionCount: 1  ReplicationFactor: 3  Configs: min.insync.replicas=2',
      'kraft',
    ],
  ])('is read as every release prints it: %s', (line, mode) => {
    const partition = '\tTopic: orders\tPartition: 0\tLeader: 2\tReplicas: 1,2,3\tIsr: 2,1';
    for (const end of [
      '',
      '\tElr: N/A\tLastKnownElr: N/A',
      '\tOffline: 3',
      '\tMarkedForDeletion: true',
    ]) {
      const cluster = told(`$ kafka-topics.sh --describe\r\n${line}\r\n${partition}${end}\r\n`);
      expect(kept(cluster)).toEqual({ orders: '3/2 false' });
      expect(cluster.mode).toBe(mode);
      expect(cluster.partitions).toMatchObject([{ leader: 2, isr: [2, 1], elr: [], partition: 0 }]);
    }
  });

  it('goes by the version that is said', () => {
    const text = output('min.insync.replicas=2,unclean.leader.election.enable=true', healthy);
    expect(told(text, { kafkaVersion: '3.6' })).toMatchObject({ mode: 'zookeeper' });
    expect(told(text, { kafkaVersion: '4.1', brokers: 5 })).toMatchObject({
      mode: 'kraft',
      brokers: 5,
      eligibleLeaderReplicas: { value: true, origin: 'assumed' },
    });
    const elr = text.replace('Isr: 1,2,3\tElr: ', 'Isr: 1\tElr: 2');
    expect(told(elr).eligibleLeaderReplicas).toMatchObject({ value: true, origin: 'file' });
  });

  it('reads partitions of a reassignment, and of a topic without a line of its own', () => {
    const node = (id: number) => `kafka-${id}:9092 (id: ${id} rack: null)`;
    const columns = `Leader: 1\tReplicas: 4,1,2,3\tIsr: 1,2,3\tAdding Replicas: ${node(4)}\tRemoving Replicas: ${node(3)}`;
    const cluster = told(`\tTopic: t\tPartition: 0\t${columns}\tElr: \tLastKnownElr: \n`);
    expect(cluster.partitions).toMatchObject([{ adding: [4] }]);
    expect(partitionStandings(cluster)).toMatchObject([{ standing: 'in sync' }]);
    expect(cluster.brokers).toBe(4);
  });

  it.each([
    ['Leader: 1\tReplicas: 1,x\tIsr: 1', 'as Replicas, found "1,x"'],
    ['Leader: 1\tReplicas: \tIsr: 1', 'as Replicas, found ""'],
    ['Leader: a\tReplicas: 1\tIsr: 1', 'as Leader, found "a"'],
  ])('refuses %j', (columns, message) => {
    expect(errorOf({ name: 't', text: output('', columns) }).message).toContain(message);
  });
});

describe('where partitions stand', () => {
  const standing = (configs: string, columns: string, options: DescribeOptions = {}): string =>
    partitionSentences(told(output(configs, columns), options))[0] ?? '';

  it.each([
    [
      'min.insync.replicas=2',
      'Leader: 2\tReplicas: 1,2,3\tIsr: 2',
      [
        'orders-0: 1 of 3 replicas in sync (broker 2), min.insync.replicas 2: acks=all writes are refused.',
        'The next failure, that of broker 2, makes it offline. Out of sync: brokers 1 and 3.',
      ],
    ],
    [
      'min.insync.replicas=2',
      'Leader: none\tReplicas: 2,3,1\tIsr: 3',
      ['orders-0 is offline: no leader', 'Broker 3, its ISR, must come back;'],
    ],
    [
      'min.insync.replicas=2,unclean.leader.election.enable=true',
      'Leader: -1\tReplicas: 2,3,1\tIsr: 3',
      ['Unclean election is on: whichever of brokers 2 and 1 comes back first leads'],
    ],
    ['', 'Leader: 3\tReplicas: 2,3,1\tIsr: 3', ['acks=all writes go on, on broker 3 alone.']],
    [
      'min.insync.replicas=2',
      'Leader: 3\tReplicas: 2,3,1\tIsr: 3,1',
      ['the next failure in the ISR stops acks=all writes. Out of sync: broker 2.'],
    ],
    ['', 'Leader: 3\tReplicas: 2,3,1\tIsr: 3,1', ['acks=all writes go on with 1 more failure.']],
    ['min.insync.replicas=5', healthy, ['Every replica is in sync in 1 partition of orders.']],
  ])('%s, %s', (configs, columns, sentences) => {
    for (const sentence of sentences) expect(standing(configs, columns)).toContain(sentence);
  });

  it('counts the eligible leader replicas, and the last known leader', () => {
    const line = output('min.insync.replicas=2', 'Leader: none\tReplicas: 1,2,3\tIsr: ');
    const sentence = (text: string) => partitionSentences(told(text))[0];
    expect(sentence(line.replace('Elr: ', 'Elr: 2'))).toContain(
      'Broker 2, its ELR, must come back',
    );
    expect(sentence(line.replace('LastKnownElr: ', 'LastKnownElr: 1'))).toContain(
      'the last known leader, broker 1, must come back.',
    );
    expect(sentence(line)).toContain('only an unclean election gives it a leader');
  });

  it('does not elect uncleanly where KRaft does not honour it', () => {
    const text = output(
      'unclean.leader.election.enable=true',
      'Leader: none\tReplicas: 1,2\tIsr: 1',
    );
    const files = (version: string) => [
      {
        name: 'c.yml',
        text: combinedCompose(3).replaceAll(
          '    environment',
          `    image: apache/kafka:${version}\n    environment`,
        ),
      },
      { name: 't', text },
    ];
    const sentence = (version: string) => partitionSentences(describeCluster(files(version)))[0];
    expect(sentence('3.9.0')).toContain('Unclean election is on');
    expect(sentence('3.8.0')).not.toContain('Unclean');
  });
});

describe('kafka-topics --describe with the files of the cluster', () => {
  const compose = (more: readonly string[] = []) => ({
    name: 'c.yml',
    text: combinedCompose(3, ['KAFKA_MIN_INSYNC_REPLICAS: 2', ...more]),
  });
  const topics = (text: string) => ({ name: 'topics.txt', text });

  it("joins: the running cluster's topics and Kafka's own, each once, with what is in force there", () => {
    const offsets = output('min.insync.replicas=2', healthy).replaceAll(
      'orders',
      '__consumer_offsets',
    );
    const cluster = describeCluster([compose(), topics(`${output('', healthy)}\n${offsets}`)]);
    expect(kept(cluster)).toMatchObject({
      'auto-created topics': '1/2 false',
      orders: '3/1 false',
      __consumer_offsets: '3/2 false',
    });
    expect(cluster.topics.map(({ topic }) => topic)).toEqual(['auto-created topics', 'orders']);
    expect(cluster.warnings.join()).toContain('is not in force for orders');
  });

  it('counts what is running where a file says another factor, and brokers that no file describes', () => {
    const init = `
  init:
    image: apache/kafka:4.0.0
    command: kafka-topics.sh --create --topic orders --replication-factor 2`;
    const { name, text } = compose();
    const lines = output('', 'Leader: 1\tReplicas: 1,2,4\tIsr: 1,2,4');
    const cluster = describeCluster([{ name, text: text + init }, topics(lines)]);
    expect(kept(cluster)).toMatchObject({ orders: '3/1 false' });
    expect(cluster.warnings.join()).toContain(
      'replication factor 2 at c.yml: services.init.command is not that',
    );
    expect(cluster.brokers).toBe(4);
    expect(cluster.assumptions).toContainEqual(
      expect.objectContaining({ setting: 'settings of broker 4' }),
    );
  });

  it('refuses the output of another cluster, and a topic told twice', () => {
    const other = topics(output('', 'Leader: 7\tReplicas: 7,8\tIsr: 7'));
    expect(errorOf(compose(), other).message).toContain('none of which is described');
    const same = topics(output('', healthy));
    expect(errorOf(same, { ...same, name: 'again.txt' }).message).toContain('every topic once');
  });

  it('is what stops writes now', () => {
    const text = output('min.insync.replicas=2', 'Leader: 2\tReplicas: 1,2,3\tIsr: 2', healthy);
    expect(stoppedPartitions(told(text))).toEqual(['orders-0']);
    expect(stoppedPartitions(told(output('', healthy)))).toEqual([]);
  });
});
