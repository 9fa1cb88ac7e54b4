import { describe, expect, it } from 'vitest';
import { describeText, errorOf, summaryOf } from './helpers.ts';

const API = 'apiVersion: platform.confluent.io/v1beta1';
const controller = `${API}
kind: KRaftController
metadata: { name: kraftcontroller }
spec: { replicas: 3, image: { application: "confluentinc/cp-server:7.9.0" } }
`;

function kafka(overrides: string, replicas = 3): string {
  return `${API}
kind: Kafka
metadata: { name: kafka }
spec:
  replicas: ${replicas}
  image: { application: "confluentinc/cp-server:7.9.0" }
  configOverrides: { server: [${overrides}] }
  dependencies: { kRaftController: { clusterRef: { name: kraftcontroller } } }
`;
}

const durable = '"default.replication.factor=3", "min.insync.replicas=2"';

describe('Confluent for Kubernetes', () => {
  it('is read with its controllers, whichever comes first', () => {
    const summary =
      'kraft 3.9, 3 brokers, 3 controllers, separate: 3/2, __consumer_offsets 3/2, __transaction_state 3/2';
    expect(summaryOf(describeText('k.yml', `${controller}---\n${kafka(durable)}`))).toBe(summary);
    expect(summaryOf(describeText('k.yml', `${kafka(durable)}---\n${controller}`))).toBe(summary);
  });

  it('with ZooKeeper', () => {
    const zooKeeper = controller.replace('KRaftController', 'Zookeeper').replace('kraftc', 'c');
    const text = kafka(durable).replace('kRaftController', 'zookeeper');
    expect(summaryOf(describeText('k.yml', `${zooKeeper}---\n${text}`))).toMatch(
      /^zookeeper 3.9, 3 brokers, 3 controllers/,
    );
  });

  it('says where what the operator sets by itself is to be had, and reads it there', () => {
    const bare = `${controller}---\n${kafka('"num.partitions=3"')}`;
    const cluster = describeText('k.yml', bare);
    expect(summaryOf(cluster)).toContain(': 1/1');
    expect(cluster.warnings.join()).toContain('kubectl get configmap kafka-shared-config');
    const map = `---
apiVersion: v1
kind: ConfigMap
metadata: { name: kafka-shared-config }
data:
  kafka.properties: |
    default.replication.factor=3
    min.insync.replicas=2
    broker.rack=x
`;
    expect(summaryOf(describeText('k.yml', bare + map))).toContain(': 3/2');
  });

  it('of one broker is not said to ask for three copies of its own topics', () => {
    const text = `${controller}---\n${kafka('"default.replication.factor=1"', 1)}`;
    expect(summaryOf(describeText('k.yml', text))).toContain(
      ': 1/1, __consumer_offsets 1/1, __transaction_state 1/2',
    );
  });

  it('has topics as resources', () => {
    const topic = `---
${API}
kind: KafkaTopic
metadata: { name: orders }
spec: { replicas: 3, partitionCount: 6, configs: { min.insync.replicas: "3" } }
`;
    const cluster = describeText('k.yml', `${controller}---\n${kafka(durable)}${topic}`);
    expect(summaryOf(cluster)).toContain('orders 3/3');
    expect(summaryOf(describeText('t.yml', topic))).toContain('orders 3/3');
  });

  it('is refused where it is two clusters, or without its controllers', () => {
    const two = `${controller}---\n${kafka(durable)}---\n${kafka(durable).replace('name: kafka }', 'name: other }')}`;
    expect(errorOf({ name: 'k.yml', text: two }).message).toContain('Kafka kafka is given, too');
    expect(errorOf({ name: 'k.yml', text: kafka(durable) }).message).toContain(
      'the KRaftController resource as well',
    );
  });
});
