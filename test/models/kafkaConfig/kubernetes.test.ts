import { describe, expect, it } from 'vitest';
import { describeText, errorOf, summaryOf } from './helpers.ts';

const kraftEnv = `
            - { name: KAFKA_PROCESS_ROLES, value: "broker,controller" }
            - { name: KAFKA_CONTROLLER_QUORUM_VOTERS, value: "0@kafka-0.kafka:9093,1@kafka-1.kafka:9093,2@kafka-2.kafka:9093" }`;

function statefulSet(container: string, more = ''): string {
  return `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: kafka, namespace: streams }
spec:
  serviceName: kafka
  replicas: 3
  template:
    metadata: { labels: { app: kafka } }
    spec:
      containers:
        - name: kafka
          image: confluentinc/cp-kafka:7.6.0
${container}
${more}`;
}

const byOrdinal = `          command: ["sh", "-c", "export KAFKA_NODE_ID=\${HOSTNAME##*-} && /etc/confluent/docker/run"]`;

describe('a StatefulSet of Kafka', () => {
  it('is as many nodes as it has replicas, with the ids that its command makes of their names', () => {
    const text = statefulSet(`${byOrdinal}
          env:${kraftEnv}
            - { name: KAFKA_DEFAULT_REPLICATION_FACTOR, value: "3" }
            - { name: KAFKA_MIN_INSYNC_REPLICAS, value: "2" }`);
    const cluster = describeText('k.yml', text);
    expect(summaryOf(cluster)).toBe(
      'kraft 3.6, 3 brokers, 3 controllers, combined: 3/2, __consumer_offsets 3/2, __transaction_state 3/2',
    );
    expect(cluster.nodes.map(({ id, name }) => [id, name])).toEqual([
      [0, 'kafka-0'],
      [1, 'kafka-1'],
      [2, 'kafka-2'],
    ]);
  });

  it.each([
    ['a sum', `export KAFKA_NODE_ID=$((\${HOSTNAME##*-}+1)); /etc/confluent/docker/run`, [1, 2, 3]],
    [
      'a name first',
      `ID=\${HOSTNAME##*-}; export KAFKA_NODE_ID="$ID" && exec /etc/confluent/docker/run`,
      [0, 1, 2],
    ],
    [
      'what a program computes',
      'export KAFKA_NODE_ID=$(hostname | cut -d- -f2) && /etc/confluent/docker/run',
      [undefined, undefined, undefined],
    ],
  ])('has ids by %s', (_, command, ids) => {
    const text = statefulSet(`          command: [bash, -c]
          args: ${JSON.stringify([command])}
          env:${kraftEnv.replace('0@kafka-0.kafka:9093,1@kafka-1.kafka:9093,2@kafka-2.kafka:9093', '0@k:1,1@k:1,2@k:1,3@k:1')}`);
    const cluster = describeText('k.yml', text);
    expect(cluster.nodes.filter(({ described }) => described).map(({ id }) => id)).toEqual(ids);
    expect(cluster.controllers).toBe(4);
  });

  it('takes variables from a ConfigMap, and says which one is not given', () => {
    const from = statefulSet(`${byOrdinal}
          envFrom: [{ configMapRef: { name: broker-env } }]
          env:${kraftEnv}`);
    const map = `---
apiVersion: v1
kind: ConfigMap
metadata: { name: broker-env }
data: { KAFKA_DEFAULT_REPLICATION_FACTOR: "3", KAFKA_MIN_INSYNC_REPLICAS: "2" }
`;
    expect(summaryOf(describeText('k.yml', `${from}\n${map}`))).toContain(': 3/2, ');
    const cluster = describeText('k.yml', from);
    expect(cluster.warnings.join()).toContain('ConfigMap broker-env is not given');
    expect(cluster.unread).toEqual(['ConfigMap broker-env']);
  });

  it('with ZooKeeper in another one has its generated ids, and both are counted', () => {
    const text = statefulSet(`          env:
            - { name: ZK, value: "zk:2181" }
            - { name: KAFKA_ZOOKEEPER_CONNECT, value: "$(ZK)/kafka" }`);
    const zooKeeper = text
      .replace('name: kafka, namespace', 'name: zk, namespace')
      .replace('confluentinc/cp-kafka:7.6.0', 'confluentinc/cp-zookeeper:7.6.0')
      .replace(
        / {10}env:[\s\S]*/,
        '          env: [{ name: ZOOKEEPER_CLIENT_PORT, value: "2181" }]\n',
      );
    expect(summaryOf(describeText('k.yml', `${text}\n---\n${zooKeeper}`))).toMatch(
      /^zookeeper 3.6, 3 brokers, 3 controllers/,
    );
  });

  it('is started with a mounted server.properties, under what its command overrides', () => {
    const text = statefulSet(
      `          command: [sh, -c, "exec kafka-server-start.sh /etc/conf/server.properties --override broker.id=\${HOSTNAME##*-} --override min.insync.replicas=2"]
          volumeMounts: [{ name: conf, mountPath: /etc/conf }]`,
      `      volumes: [{ name: conf, configMap: { name: conf } }]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: conf }
data:
  server.properties: |
    zookeeper.connect=zk:2181
    default.replication.factor=3
    offsets.topic.replication.factor=2
`,
    );
    const cluster = describeText('k.yml', text);
    expect(summaryOf(cluster)).toContain(': 3/2, __consumer_offsets 2/2');
    expect(cluster.topics[0]?.replicationFactor.where).toContain(
      'ConfigMap conf: server.properties',
    );
  });
});

describe('what a chart renders to', () => {
  const chart = `apiVersion: v1
kind: ConfigMap
metadata: { name: k-controller-configuration }
data:
  server.properties: |-
    listeners=CLIENT://:9092,INTERNAL://:9094,CONTROLLER://:9093
    process.roles=controller,broker
    controller.quorum.voters=0@k-controller-0.k-controller-headless:9093,1@k-controller-1.k-controller-headless:9093,2@k-controller-2.k-controller-headless:9093
    default.replication.factor=3
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: k-controller }
spec:
  replicas: 3
  serviceName: k-controller-headless
  template:
    spec:
      initContainers:
        - name: kafka-init
          image: docker.io/bitnami/kafka:3.7.1-debian-12-r4
          command: [/bin/bash]
          args: [-ec, /scripts/kafka-init.sh]
          volumeMounts: [{ name: kafka-config, mountPath: /config }, { name: kafka-configmaps, mountPath: /configmaps }]
      containers:
        - name: kafka
          image: docker.io/bitnami/kafka:3.7.1-debian-12-r4
          env: [{ name: KAFKA_KRAFT_CLUSTER_ID, valueFrom: { secretKeyRef: { name: s, key: k } } }]
          volumeMounts: [{ name: kafka-config, mountPath: /opt/bitnami/kafka/config/server.properties, subPath: server.properties }]
      volumes:
        - { name: kafka-configmaps, configMap: { name: k-controller-configuration } }
        - { name: kafka-config, emptyDir: {} }
`;

  it('has the properties that another container copies where the image reads them', () => {
    const cluster = describeText('rendered.yaml', chart);
    // The chart's file takes the place of the one that the image ships, so Kafka's defaults hold.
    expect(summaryOf(cluster)).toBe(
      'kraft 3.7.1, 3 brokers, 3 controllers, combined: 3/1, __consumer_offsets 3/1, __transaction_state 3/2',
    );
    expect(cluster.warnings.join()).toContain('nothing that can be read sets node.id');
  });

  it('is not counted twice where its pods are listed as well (kubectl get -o yaml)', () => {
    const pods = [0, 1, 2].map(
      ordinal => `  - apiVersion: v1
    kind: Pod
    metadata: { name: kafka-${ordinal}, ownerReferences: [{ kind: StatefulSet, name: kafka }] }
    spec: { containers: [{ name: kafka, image: confluentinc/cp-kafka:7.6.0, env: [
      { name: KAFKA_ZOOKEEPER_CONNECT, value: "zk:2181" } ] }] }`,
    );
    const set = statefulSet(`          env: [{ name: KAFKA_ZOOKEEPER_CONNECT, value: "zk:2181" }]`);
    const list = (items: readonly string[]): string =>
      `apiVersion: v1\nkind: List\nitems:\n${items.join('\n')}\n`;
    const item = `  - ${set.trimEnd().split('\n').join('\n    ')}`;
    expect(describeText('all.yaml', list([item, ...pods])).brokers).toBe(3);
    expect(describeText('pods.yaml', list(pods)).brokers).toBe(3);
  });
});

describe('other objects of Kubernetes', () => {
  it('create topics and are no nodes: jobs and init containers', () => {
    const set = statefulSet(`${byOrdinal}\n          env:${kraftEnv}`);
    const job = `---
apiVersion: batch/v1
kind: Job
metadata: { name: topics }
spec: { template: { spec: { containers: [{ name: t, image: confluentinc/cp-kafka:7.6.0,
  command: [sh, -c, "kafka-topics --bootstrap-server kafka:9092 --create --topic orders --replication-factor 2 --partitions 1"] }] } } }
`;
    const cluster = describeText('k.yml', `${set}\n${job}`);
    expect([cluster.brokers, cluster.topics[1]?.topic]).toEqual([3, 'orders']);
    expect(cluster.topics[1]?.replicationFactor.value).toBe(2);
  });

  it('that an operator has made are passed over, and it is said what to give', () => {
    const pod = `apiVersion: v1
kind: Pod
metadata: { name: c-broker-0, labels: { strimzi.io/cluster: c } }
spec: { containers: [{ name: kafka, image: quay.io/strimzi/kafka:0.45.0-kafka-3.9.0, env: [] }] }
`;
    expect(errorOf({ name: 'pods.yml', text: pod }).message).toContain(
      'kubectl get kafka,kafkanodepool,kafkatopic',
    );
    const set = statefulSet(`${byOrdinal}\n          env:${kraftEnv}`);
    const cluster = describeText('k.yml', `${set}\n---\n${pod}`);
    expect(cluster.brokers).toBe(3);
    expect(cluster.warnings.join()).toContain('kubectl get kafka,kafkanodepool,kafkatopic -o yaml');
  });

  it('of another system, or of an image that nobody knows, are named with what to give', () => {
    const set = (image: string) => statefulSet('').replace('confluentinc/cp-kafka:7.6.0', image);
    const redpanda = set('docker.redpanda.com/redpandadata/redpanda:v24.1.1');
    expect(errorOf({ name: 'k.yml', text: redpanda }).message).toContain(
      'Redpanda is another system',
    );
    expect(errorOf({ name: 'k.yml', text: set('acme/kafka-kraft:1') }).message).toContain(
      'give its server.properties (image acme/kafka-kraft:1)',
    );
  });

  it('without Kafka are refused by their kind', () => {
    const text = statefulSet('').replace('confluentinc/cp-kafka', 'postgres');
    expect(errorOf({ name: 'k.yml', text }).message).toContain('a Kubernetes StatefulSet');
  });
});
