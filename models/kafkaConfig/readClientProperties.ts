import type { ClientSource } from './clientSource.ts';
import { type ClientPlace, connectTopics, factorOf } from './clientTopics.ts';
import { type ClusterSource, EMPTY_SOURCE } from './clusterSource.ts';
import type { FoundProperty, PropertyTable } from './foundProperty.ts';
import { isMirrorMaker, mirrorMaker } from './mirrorMaker.ts';
import { oneLine } from './oneLine.ts';
import { isQuarkus, readQuarkus } from './readQuarkus.ts';
import { isSpring, readSpring } from './readSpring.ts';

/**
 * Reads properties of a program that speaks to brokers: a producer, a consumer, a worker of Kafka Connect,
 * MirrorMaker 2, Kafka Streams, a Spring or a Quarkus application.
 *
 * @returns nothing if they are of none of them.
 * @throws ConfigError if a setting is not what Kafka accepts.
 */
export function readClientProperties(
  properties: PropertyTable,
  at: ClientPlace,
): ClusterSource | undefined {
  const has = (name: string): boolean => properties.has(name);
  if (isSpring(properties)) return readSpring(properties, at);
  if (isQuarkus(properties)) return readQuarkus(properties, at);
  if (CONNECT_MARKS.some(has)) return connectWorker(properties, at);
  if (isMirrorMaker(properties)) {
    const { client, topics } = mirrorMaker(properties, at);
    return { ...EMPTY_SOURCE, clients: [client], topics };
  }
  if (BROKER_MARKS.some(has)) return undefined;
  if (has('application.id') && has('bootstrap.servers')) return streams(properties, at);
  const kind = PRODUCER_MARKS.some(has)
    ? 'producer'
    : CONSUMER_MARKS.some(has)
      ? 'consumer'
      : has('bootstrap.servers')
        ? 'client'
        : undefined;
  if (kind === undefined) return undefined;
  const remarks = kind === 'producer' ? [] : consumerRemarks(properties);
  return { ...EMPTY_SOURCE, clients: [{ ...at, kind, producer: properties, remarks }] };
}

const CONNECT_MARKS = [
  ...['config.storage.topic', 'offset.storage.topic', 'status.storage.topic'],
  'offset.storage.file.filename',
];
const BROKER_MARKS = ['default.replication.factor', 'min.insync.replicas'];
const PRODUCER_MARKS = [
  ...['acks', 'enable.idempotence', 'delivery.timeout.ms', 'linger.ms', 'transactional.id'],
  ...[
    'retries',
    'max.in.flight.requests.per.connection',
    'key.serializer',
    'value.serializer',
    'batch.size',
  ],
];
const CONSUMER_MARKS = [
  ...['group.id', 'auto.offset.reset', 'enable.auto.commit', 'isolation.level'],
  ...['key.deserializer', 'value.deserializer'],
];

/** A worker of Kafka Connect, and the topics that it keeps its state in. */
export function connectWorker(properties: PropertyTable, at: ClientPlace): ClusterSource {
  const topics = connectTopics(properties, at);
  const file = properties.get('offset.storage.file.filename');
  const remarks = [
    ...(topics.length === 0
      ? []
      : [`It keeps its state in ${topics.map(({ name }) => name).join(', ')}; they are counted.`]),
    ...(file === undefined || topics.length > 0
      ? []
      : ['It keeps its offsets in a file of its own, not in Kafka.']),
  ];
  const client: ClientSource = {
    ...at,
    kind: 'Kafka Connect worker',
    producer: withPrefix(properties, 'producer.'),
    // Worker.baseProducerProps: source connectors lose nothing unless somebody says so.
    producerDefaults: new Map([['acks', 'all']]),
    remarks,
  };
  return { ...EMPTY_SOURCE, clients: [client], topics };
}

/** An application of Kafka Streams, and the topics that it creates. */
function streams(properties: PropertyTable, at: ClientPlace): ClusterSource {
  const id = oneLine(properties.get('application.id')?.text.trim() ?? '', 60);
  const found = properties.get('replication.factor');
  const guarantee = properties.get('processing.guarantee')?.text.trim() ?? '';
  const isExactlyOnce = guarantee.startsWith('exactly_once');
  const client: ClientSource = {
    ...at,
    kind: 'Kafka Streams application',
    producer: new Map([...withPrefix(properties, 'producer.'), ...only(properties, 'acks')]),
    ...(isExactlyOnce ? { producerDefaults: new Map([['acks', 'all']]) } : {}),
    remarks: [
      `Its changelogs and repartition topics are counted as "internal topics of ${id}".`,
      ...(isExactlyOnce
        ? [`processing.guarantee=${guarantee}: its state is in __transaction_state as well.`]
        : []),
    ],
  };
  const topic = {
    ...at,
    name: `internal topics of ${id}`,
    replicas: factorOf(found, -1, 'the default', at),
    properties: withPrefix(properties, 'topic.'),
    byClient: true as const,
  };
  return { ...EMPTY_SOURCE, clients: [client], topics: [topic] };
}

function consumerRemarks(properties: PropertyTable): readonly string[] {
  const reset = properties.get('auto.offset.reset')?.text.trim().toLowerCase();
  return [
    'What it sets changes nothing of what the cluster keeps.',
    ...(reset === 'latest'
      ? [
          'auto.offset.reset=latest: where its offsets are lost, it passes over what came meanwhile.',
        ]
      : []),
  ];
}

/** Properties with a prefix, without it. */
function withPrefix(properties: PropertyTable, prefix: string): PropertyTable {
  return new Map(
    [...properties].flatMap(([name, found]): [string, FoundProperty][] =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), found]] : [],
    ),
  );
}

function only(properties: PropertyTable, name: string): readonly [string, FoundProperty][] {
  const found = properties.get(name);
  return found === undefined ? [] : [[name, found]];
}
