import { describe, expect, it } from 'vitest';
import { clusterScopes } from '../../../application/check/clusterScopes.ts';
import { profilesOf } from '../../../application/check/profiles.ts';
import type { ClusterDescription } from '../../../models/kafkaConfig/clusterDescription.ts';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import { combinedCompose, describeText, errorOf } from './helpers.ts';

/** What is said of the one client in a text. */
function clientIn(name: string, text: string): ClusterDescription['clients'][number] {
  const [client] = describeText(name, text).clients;
  if (client === undefined) throw new Error('no client');
  return client;
}

const producer = (...lines: readonly string[]) =>
  clientIn('p.properties', ['bootstrap.servers=a:1', ...lines].join('\n'));

/** Factor and minimum of each topic that a client creates. */
function created(...files: readonly (readonly [string, string])[]): Record<string, string> {
  const { topics } = describeCluster(files.map(([name, text]) => ({ name, text })));
  return Object.fromEntries(
    topics
      .filter(({ topic }) => topic !== 'auto-created topics')
      .map(each => [each.topic, `${each.replicationFactor.value}/${each.minInsyncReplicas.value}`]),
  );
}

describe('a producer', () => {
  it.each([
    [['acks=1'], '1', 'the leader alone acknowledges'],
    [['acks = ALL'], 'all', 'acknowledged when all of the ISR has it'],
    [['acks: -1'], 'all', 'min.insync.replicas at least'],
    [['acks 0'], '0', 'the producer does not hear of it'],
    [['enable.idempotence=true'], 'all', 'enable.idempotence=true at p.properties: line 2'],
    [['linger.ms=5'], undefined, 'all with clients from 3.0 on, 1 with older ones (KIP-679)'],
    [['acks=\\', '  1'], '1', 'acks=1 switches idempotence off'],
    [['acks=1', 'enable.idempotence=true'], '1', 'with acks=1: the producer refuses to start'],
    [
      ['acks=all', 'enable.idempotence=true', 'retries=0'],
      'all',
      'with retries=0: the producer refuses',
    ],
    [['acks=all', 'retries=0'], 'all', 'a write that is refused for a moment'],
    [
      ['acks=all', 'enable.idempotence=false'],
      'all',
      'may write a record twice, or behind a later one',
    ],
    [
      ['acks=all', 'enable.idempotence=false', 'max.in.flight.requests.per.connection=1'],
      'all',
      'may write a record twice.',
    ],
  ])('with %j', (lines, acks, remark) => {
    const client = producer(...lines);
    expect(client.kind).toBe('producer');
    expect(client.acks?.value).toBe(acks);
    expect(client.remarks.join(' ')).toContain(remark);
  });

  it('says nothing of retries and order where nothing is to be said', () => {
    expect(producer('acks=all', 'enable.idempotence=true').remarks).toHaveLength(1);
  });

  it.each([
    ['acks=2', 'expected all, -1, 0 or 1, found "2"'],
    ['acks=all\nretries=many', 'retries: expected an integer'],
  ])('%s is refused', (line, message) => {
    expect(errorOf({ name: 'p.properties', text: line }).message).toContain(message);
  });

  it('alone describes no cluster, and beside one joins it', () => {
    const text = 'bootstrap.servers=a:1\nacks=1\n';
    const alone = describeText('p.properties', text);
    expect(alone).toMatchObject({ brokers: 0, nodes: [], topics: [], controllers: undefined });
    const cluster = describeCluster([
      { name: 'c.yml', text: combinedCompose(3, ['KAFKA_DEFAULT_REPLICATION_FACTOR: 3']) },
      { name: 'p.properties', text },
    ]);
    const scopes = (of: ClusterDescription) =>
      profilesOf(of).flatMap(profile => clusterScopes(profile, of).plans.map(({ name }) => name));
    expect(scopes(cluster)).toContain("a client's acks=1");
    expect(scopes({ ...cluster, clients: [] })).not.toContain("a client's acks=1");
  });
});

it('a consumer changes nothing of what is kept', () => {
  const text = 'bootstrap.servers=a:1\ngroup.id=g\nauto.offset.reset=latest\n';
  const client = clientIn('c.properties', text);
  expect(client).toMatchObject({ kind: 'consumer', acks: undefined });
  expect(client.remarks.join(' ')).toContain('passes over what came meanwhile');
  expect(clientIn('a.properties', 'bootstrap.servers=a:1').kind).toBe('client');
});

describe('Kafka Connect', () => {
  const worker = (factor: string, more = '') =>
    [
      'bootstrap.servers=a:1',
      'group.id=connect',
      'config.storage.topic=configs',
      'offset.storage.topic=offsets',
      'status.storage.topic=status',
      `offset.storage.replication.factor=${factor}`,
      more,
    ].join('\n');

  it('has topics of its own: with its factors, the minimum of the brokers, or their own', () => {
    expect(created(['w.properties', worker('1')])).toEqual({
      configs: '3/1',
      offsets: '1/1',
      status: '3/1',
    });
    const compose = combinedCompose(3, [
      'KAFKA_MIN_INSYNC_REPLICAS: 2',
      'KAFKA_DEFAULT_REPLICATION_FACTOR: 2',
    ]);
    const more = 'status.storage.min.insync.replicas=1';
    const both = created(['c.yml', compose], ['w.properties', worker('-1', more)]);
    expect(both).toEqual({ configs: '3/2', offsets: '2/2', status: '3/1' });
  });

  it('has each topic once where several workers name it, and as it is where somebody else created it', () => {
    expect(created(['1.properties', worker('3')], ['2.properties', worker('2')])).toMatchObject({
      offsets: '2/1',
    });
    const told =
      'Topic: offsets\tTopicId: a-b\tPartitionCount: 1\tReplicationFactor: 2\tConfigs: min.insync.replicas=2';
    expect(created(['w.properties', worker('3')], ['t.txt', told])).toMatchObject({
      offsets: '2/2',
    });
  });

  it('sends with acks=all unless it is told otherwise', () => {
    expect(clientIn('w.properties', worker('3')).acks?.value).toBe('all');
    expect(clientIn('w.properties', worker('3', 'producer.acks=1')).acks?.value).toBe('1');
    const alone = clientIn(
      's.properties',
      'bootstrap.servers=a:1\noffset.storage.file.filename=/tmp/o\n',
    );
    expect(alone.remarks.join(' ')).toContain('keeps its offsets in a file');
  });
});

describe('MirrorMaker 2', () => {
  const mirror = (...lines: readonly string[]) =>
    created([
      'mm2.properties',
      ['clusters = A, B', 'A.bootstrap.servers = a:1', ...lines].join('\n'),
    ]);

  it('has topics for each flow that is enabled, with its own factor before that of all', () => {
    expect(mirror('A->B.enabled=true', 'A->B.topics=.*', 'replication.factor=1')).toEqual({
      'topics mirrored from A to B': '1/1',
      'A.checkpoints.internal': '3/1',
      heartbeats: '3/1',
      'mm2-offset-syncs.B.internal': '3/1',
      'mm2-configs.A.internal': '3/1',
      'mm2-offsets.A.internal': '3/1',
      'mm2-status.A.internal': '3/1',
    });
    expect(
      mirror(
        'A->B.enabled=true',
        'B->A.enabled=true',
        'B->A.replication.factor=3',
        'heartbeats.topic.replication.factor=2',
        'A.config.storage.replication.factor=1',
        'offset.storage.replication.factor=2',
      ),
    ).toMatchObject({
      'topics mirrored from A to B': '2/1',
      'topics mirrored from B to A': '3/1',
      heartbeats: '2/1',
      'mm2-configs.A.internal': '3/1',
      'mm2-configs.B.internal': '1/1',
      'mm2-offsets.A.internal': '2/1',
    });
  });

  it('copies nothing where no flow is enabled', () => {
    const client = clientIn(
      'mm2.properties',
      'clusters = A, B\nA->B.topics=.*\nA->B.enabled=false\n',
    );
    expect(client.remarks.join(' ')).toContain('No flow is enabled');
  });
});

it('Kafka Streams has topics of its own', () => {
  const text =
    'application.id=app\nbootstrap.servers=a:1\nreplication.factor=1\nprocessing.guarantee=exactly_once_v2\n';
  expect(created(['s.properties', text])).toEqual({ 'internal topics of app': '1/1' });
  expect(clientIn('s.properties', text).acks?.value).toBe('all');
});

describe('a Spring application', () => {
  it.each([
    ['spring: { kafka: { producer: { acks: 1, retries: 0 } } }', '1', 'retries=0'],
    [
      'spring.kafka.producer: { acks: all, properties: { enable.idempotence: false } }',
      'all',
      'enable.idempotence=false',
    ],
    ['spring.kafka.producer.properties.enable.idempotence: true', 'all', 'enable.idempotence=true'],
    ['spring.kafka.producer.properties: { "[acks]": all, "[retries]": 0 }', 'all', 'retries=0'],
    [
      'spring: { kafka: { properties: { acks: 1 }, producer: { properties: { acks: all } } } }',
      'all',
      'acks=all',
    ],
    [`spring: { kafka: { producer: { acks: "\${ACKS:0}" } } }`, '0', 'acks=0'],
    ['spring: { kafka: { bootstrap-servers: "a:1" } }', undefined, 'KIP-679'],
    [
      'spring: { cloud: { stream: { kafka: { binder: { brokers: a } } } } }',
      '1',
      'not set; 1 is the default there',
    ],
    [
      'spring: { cloud: { stream: { kafka: { binder: { requiredAcks: all } } } } }',
      'all',
      'acks=all',
    ],
  ])('%s', (text, acks, remark) => {
    const client = clientIn('application.yml', text);
    expect(client.kind).toBe('Spring application');
    expect(client.acks?.value).toBe(acks);
    expect(client.remarks.join(' ')).toContain(remark);
  });

  it('is read from properties, and once for each document', () => {
    const text = 'spring.kafka.producer.acks=1\nspring.kafka.streams.replication-factor=1\n';
    expect(clientIn('application.properties', text).acks?.value).toBe('1');
    expect(created(['application.properties', text])).toEqual({
      'topics of Spring Kafka Streams': '1/1',
    });
    const documents = `spring: { kafka: { producer: { acks: all } } }
---
spring: { config: { activate: { on-profile: dev } }, kafka: { producer: { acks: 0 } } }
`;
    const { clients } = describeText('application.yaml', documents);
    expect(clients.map(({ acks }) => acks?.value)).toEqual(['all', '0']);
    expect(clients[1]?.remarks.join(' ')).toContain('In the profile dev');
  });
});

describe('a client among the services of a compose file', () => {
  it.each([
    [
      'confluentinc/cp-kafka-connect:7.6.0',
      'CONNECT_CONFIG_STORAGE_TOPIC: c, CONNECT_CONFIG_STORAGE_REPLICATION_FACTOR: 1, CONNECT_OFFSET_STORAGE_TOPIC: o',
      { c: '1/1', o: '3/1' },
    ],
    // It starts from the file of the distribution, which has factors of 1.
    [
      'quay.io/debezium/connect:2.7',
      'CONFIG_STORAGE_TOPIC: c, OFFSET_STORAGE_TOPIC: o, CONNECT_OFFSET_STORAGE_REPLICATION_FACTOR: 3',
      { c: '1/1', o: '3/1' },
    ],
  ])('%s', (image, environment, topics) => {
    const connect = `\n  connect: { image: "${image}", environment: { ${environment} } }\n`;
    expect(created(['c.yml', combinedCompose(3) + connect])).toEqual(topics);
  });

  it('is read as a Spring application by its variables', () => {
    const app = '\n  app: { image: "me/app", environment: [SPRING_KAFKA_PRODUCER_ACKS=1] }\n';
    const { clients } = describeText('c.yml', combinedCompose(3) + app);
    expect(clients).toMatchObject([{ kind: 'Spring application', acks: { value: '1' } }]);
  });
});

describe("Strimzi's clients", () => {
  const resource = (kind: string, spec: string) =>
    `apiVersion: kafka.strimzi.io/v1\nkind: ${kind}\nmetadata: { name: c }\nspec: ${spec}\n`;

  it('are Connect, with names of its own or of the operator', () => {
    const spec =
      '{ replicas: 1, offsetStorageTopic: o, config: { config.storage.replication.factor: 1 } }';
    expect(created(['k.yaml', resource('KafkaConnect', spec)])).toEqual({
      'connect-cluster-configs': '1/1',
      o: '3/1',
      'connect-cluster-status': '3/1',
    });
  });

  it.each([
    [
      `{ connectCluster: B, clusters: [{ alias: A }, { alias: B, config: { config.storage.replication.factor: 1 } }],
        mirrors: [{ sourceCluster: A, targetCluster: B, sourceConnector: { config: { replication.factor: 1 } } }] }`,
    ],
    [
      `{ target: { alias: B, config: { config.storage.replication.factor: 1 } },
        mirrors: [{ source: { alias: A }, sourceConnector: { config: { replication.factor: 1 } } }] }`,
    ],
  ])('are MirrorMaker 2: %s', spec => {
    expect(created(['k.yaml', resource('KafkaMirrorMaker2', spec)])).toMatchObject({
      'topics mirrored from A to B': '1/1',
      'mirrormaker2-cluster-configs': '1/1',
      'mirrormaker2-cluster-offsets': '3/1',
    });
  });

  it('are the producer of the bridge', () => {
    const text = resource('KafkaBridge', '{ producer: { config: { acks: 1 } } }');
    expect(describeText('k.yaml', text).clients).toMatchObject([{ acks: { value: '1' } }]);
  });
});

describe('a Quarkus application', () => {
  const yaml = `kafka: { bootstrap: { servers: "k:9092" }, acks: "\${ACKS:all}" }
mp:
  messaging:
    outgoing:
      orders: { connector: smallrye-kafka, acks: 1, retries: 0 }
      bills: { connector: smallrye-kafka }
    incoming:
      paid: { connector: smallrye-kafka, auto: { offset: { reset: earliest } } }
`;

  it('is a producer or a consumer for each of its channels, under what all have', () => {
    const { clients } = describeText('application.yml', yaml);
    expect(clients.map(({ kind, acks }) => [kind, acks?.value])).toEqual([
      ['producer', '1'],
      ['producer', 'all'],
      ['consumer', undefined],
    ]);
    expect(clients[0]?.behaviour?.is).toMatchObject({ acks: '1', retries: false });
    expect(clients[2]?.behaviour?.is).toMatchObject({ commit: 'after', reset: 'earliest' });
  });

  it('has the acks=1 of its connector where nothing is set, also in properties and profiles', () => {
    const text =
      'kafka.bootstrap.servers=k:9092\n%prod.mp.messaging.outgoing."my-orders".connector=smallrye-kafka\n';
    const { clients } = describeText('application.properties', text);
    expect(clients).toMatchObject([{ kind: 'producer', acks: { value: '1', origin: 'default' } }]);
    expect(clients[0]?.where).toContain('channel outgoing my-orders');
  });
});

describe('the consumer of a Spring application', () => {
  it('commits by the container, unless the client is told to', () => {
    const text =
      'spring: { kafka: { consumer: { auto-offset-reset: latest, isolation-level: read_committed } } }';
    const { clients } = describeText('application.yml', text);
    expect(clients[1]?.behaviour?.is).toMatchObject({ commit: 'after', reset: 'latest' });
    const auto = 'spring.kafka.consumer.enable-auto-commit=true\n';
    expect(describeText('a.properties', auto).clients[1]?.behaviour?.is).toMatchObject({
      commit: 'auto',
    });
  });
});
