import { readFileSync } from 'node:fs';
import {
  AUTO_CREATED_TOPICS,
  type ClusterDescription,
} from '../../../models/kafkaConfig/clusterDescription.ts';
import { ConfigError } from '../../../models/kafkaConfig/configError.ts';
import type { ConfigFile } from '../../../models/kafkaConfig/configFile.ts';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';

/** The names of the files in `examples/`. */
export const EXAMPLES = [
  'apache-kafka-3-zookeeper.server.properties',
  'apache-kafka-cluster-combined.docker-compose.yml',
  'apache-kafka-kraft.server.properties',
  'bitnami-three-brokers-combined.docker-compose.yml',
  'conduktor-zk-single-kafka-multiple.docker-compose.yml',
  'connect-distributed.properties',
  'kafka-topics-describe.txt',
  'strimzi-kafka-persistent.yaml',
  'strimzi-kafka-topic.yaml',
  'three-node-kraft-combined.server-1.properties',
] as const;

/** One of the files in `examples/`. */
export function example(name: (typeof EXAMPLES)[number]): ConfigFile {
  const url = new URL(`../../../examples/${name}`, import.meta.url);
  return { name, text: readFileSync(url, 'utf8') };
}

/** The description of one file. */
export function describeText(name: string, text: string): ClusterDescription {
  return describeCluster([{ name, text }]);
}

/** The cluster in one line: mode and version, nodes, and each topic as `name factor/minimum`. */
export function summaryOf(cluster: ClusterDescription): string {
  const { mode, version, brokers, controllers, placement, topics, internalTopics } = cluster;
  const kept = [...topics, ...internalTopics].map(
    ({ topic, replicationFactor, minInsyncReplicas, uncleanLeaderElection, unusable }) =>
      `${topic === AUTO_CREATED_TOPICS ? '' : `${topic} `}${replicationFactor.value}/${minInsyncReplicas.value}` +
      `${uncleanLeaderElection.value ? ' unclean' : ''}${unusable === undefined ? '' : '!'}`,
  );
  return (
    `${mode} ${version.value ?? '?'}, ${brokers} brokers, ${controllers ?? '?'} controllers, ${placement}: ` +
    kept.join(', ')
  );
}

/** The ConfigError that the files cause; anything else that happens fails the test. */
export function errorOf(...files: readonly ConfigFile[]): ConfigError {
  let cluster: ClusterDescription;
  try {
    cluster = describeCluster(files);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error(`no error, but ${JSON.stringify(cluster)}`);
}

/** A compose service in map form, with combined roles and the given further variables. */
export function combinedService(id: number, voters: number, more: readonly string[] = []): string {
  const ids = Array.from({ length: voters }, (_, index) => index + 1);
  return [
    `  kafka-${id}:`,
    '    environment:',
    `      KAFKA_NODE_ID: ${id}`,
    '      KAFKA_PROCESS_ROLES: broker,controller',
    `      KAFKA_CONTROLLER_QUORUM_VOTERS: '${ids.map(voter => `${voter}@kafka-${voter}:9093`).join(',')}'`,
    ...more.map(line => `      ${line}`),
  ].join('\n');
}

/** A compose file of combined nodes that all have the given further variables. */
export function combinedCompose(nodes: number, more: readonly string[] = []): string {
  const ids = Array.from({ length: nodes }, (_, index) => index + 1);
  return ['services:', ...ids.map(id => combinedService(id, nodes, more))].join('\n');
}

/** A Strimzi Kafka resource with one combined pool. */
export function strimziCluster(spec: string, replicas = 3): string {
  return `apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: { name: dual, labels: { strimzi.io/cluster: c } }
spec: { replicas: ${replicas}, roles: [controller, broker] }
---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: { name: c }
spec: { kafka: ${spec} }
`;
}
