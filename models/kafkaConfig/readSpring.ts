import type { ClientSource } from './clientSource.ts';
import { type ClientPlace, factorOf } from './clientTopics.ts';
import { type ClusterSource, EMPTY_SOURCE, type TopicSource } from './clusterSource.ts';
import type { FoundProperty, PropertyTable } from './foundProperty.ts';
import type { YamlFormat } from './yamlFormat.ts';
import { isYamlMap, type Located } from './yamlShape.ts';

const KAFKA = 'spring.kafka.';
const BINDER = 'spring.cloud.stream.kafka.binder.';

/** Kafka's names of what Spring Boot has names of its own for (KafkaProperties.Producer). */
const OF_PRODUCER = ['acks', 'retries', 'batch.size', 'buffer.memory', 'compression.type'];

/** Whether properties are those of a Spring application that speaks to Kafka. */
export function isSpring(properties: PropertyTable): boolean {
  return [...properties.keys()].some(name => {
    const key = canonical(name);
    return key.startsWith(KAFKA) || key.startsWith(BINDER);
  });
}

/** The configuration of a Spring application in YAML. */
export const spring: YamlFormat = {
  isIn: document => isSpring(flattened(document)),
  read: document => readSpring(flattened(document), { file: document.file, place: 'spring' }),
};

/** The settings of a YAML document as properties. */
export function flattened(document: Located): PropertyTable {
  const properties = new Map<string, FoundProperty>();
  flatten(document.value, '', document.file, properties);
  return properties;
}

/** Nested mappings as names with dots, as Spring's binder takes them; lists with commas. */
function flatten(
  value: unknown,
  path: string,
  file: string,
  into: Map<string, FoundProperty>,
): void {
  if (isYamlMap(value)) {
    for (const [key, inner] of value) {
      // A key in brackets is taken as it is: "[enable.idempotence]".
      const name =
        typeof key === 'string' || typeof key === 'number'
          ? String(key).replace(/^\[(.*)\]$/, '$1')
          : '';
      flatten(inner, path === '' ? name : `${path}.${name}`, file, into);
    }
    return;
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = items.filter(
    item => typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean',
  );
  if (texts.length > 0) into.set(path, { text: withDefaults(texts.join(',')), file, place: path });
}

/** `${NAME:value}` with its default; without one it stays. */
export function withDefaults(text: string): string {
  return text.replace(/\$\{[\w.-]+:([^${}]*)\}/g, '$1');
}

/** Relaxed binding: upper case and hyphens do not matter in Spring's own names. */
function canonical(name: string): string {
  return name.toLowerCase().replaceAll('-', '').replaceAll('_', '.');
}

/**
 * A Spring application: the settings of its producer under Kafka's names, of Spring for Apache Kafka and of the Kafka
 * binder of Spring Cloud Stream, whose own default is acks=1; and the factor of the topics that it creates.
 *
 * Source: KafkaProperties (Spring Boot), KafkaBinderConfigurationProperties.
 */
export function readSpring(properties: PropertyTable, at: ClientPlace): ClusterSource {
  const producer = new Map<string, FoundProperty>();
  const topics: TopicSource[] = [];
  const names = [...properties].map(([name, found]): [string, string, FoundProperty] => {
    return [canonical(name), name, { ...found, text: withDefaults(found.text) }];
  });
  const isBinder = names.some(([key]) => key.startsWith(BINDER));
  for (const [, name, found] of names) {
    // `spring.kafka.properties` is of all clients; what the producer has is above it.
    const parts = /^spring\.kafka\.(?:properties|producer\.properties)\.(.+)$/i.exec(name);
    const isOfProducer = /\.producer\./i.test(name);
    const kafka = parts?.[1];
    if (kafka !== undefined && (isOfProducer || !producer.has(kafka))) producer.set(kafka, found);
  }
  for (const [key, , found] of names) {
    const own = key.startsWith(`${KAFKA}producer.`) ? key.slice(`${KAFKA}producer.`.length) : '';
    const kafka = OF_PRODUCER.find(name => name.replaceAll('.', '') === own.replaceAll('.', ''));
    if (kafka !== undefined) producer.set(kafka, found);
    if (key === `${KAFKA}producer.transactionidprefix`) producer.set('transactional.id', found);
    if (key === `${BINDER}requiredacks`) producer.set('acks', found);
    const setting =
      /\.(?:producerproperties|configuration)\.(acks|enable\.idempotence|retries)$/.exec(key);
    if (key.startsWith(BINDER) && setting?.[1] !== undefined) producer.set(setting[1], found);
  }
  for (const [key, , found] of names) {
    const name = { [`${KAFKA}streams.replicationfactor`]: 'topics of Spring Kafka Streams' }[key];
    const ofBinder = { [`${BINDER}replicationfactor`]: 'topics of Spring Cloud Stream' }[key];
    const topic = name ?? ofBinder;
    if (topic === undefined) continue;
    const replicas = factorOf(found, -1, 'the default', at);
    topics.push({
      file: found.file,
      place: found.place,
      name: topic,
      replicas,
      properties: new Map(),
      byClient: true,
    });
  }
  const client: ClientSource = {
    ...at,
    kind: 'Spring application',
    producer,
    ...(isBinder ? { producerDefaults: new Map([['acks', '1']]) } : {}),
    remarks: profileRemark(properties),
  };
  const consumer = consumerOf(names);
  const clients = consumer.size === 0 ? [client] : [client, consumerClient(consumer, at)];
  return { ...EMPTY_SOURCE, clients, topics };
}

/** Kafka's names of what decides about a consumer's records, by Spring Boot's (KafkaProperties.Consumer). */
const OF_CONSUMER = ['enable.auto.commit', 'auto.offset.reset', 'isolation.level'];

function consumerOf(
  names: readonly (readonly [key: string, name: string, found: FoundProperty])[],
): Map<string, FoundProperty> {
  const consumer = new Map<string, FoundProperty>();
  for (const [key, , found] of names) {
    const own = /^spring\.kafka\.consumer\.(?:properties\.)?(.+)$/.exec(key)?.[1] ?? '';
    const kafka = OF_CONSUMER.find(name => name.replaceAll('.', '') === own.replaceAll('.', ''));
    if (kafka !== undefined) consumer.set(kafka, found);
  }
  return consumer;
}

/** Its listeners commit themselves, unless it is said that the client does (ConsumerProperties since 2.3). */
function consumerClient(consumer: Map<string, FoundProperty>, { file }: ClientPlace): ClientSource {
  const shippedIn = 'Spring for Apache Kafka';
  const own: FoundProperty = { file: shippedIn, place: '', text: 'false', shippedIn };
  const producer = new Map([['enable.auto.commit', own] as const, ...consumer]);
  return { file, place: 'spring.kafka.consumer', kind: 'consumer', producer, remarks: [] };
}

function profileRemark(properties: PropertyTable): readonly string[] {
  const profile =
    properties.get('spring.config.activate.on-profile') ?? properties.get('spring.profiles');
  return profile === undefined ? [] : [`In the profile ${profile.text.trim()}.`];
}
