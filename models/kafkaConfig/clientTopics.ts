import type { TopicSource } from './clusterSource.ts';
import { type FoundProperty, integerOf, type PropertyTable, settingFrom } from './foundProperty.ts';
import { MOST_REPLICAS } from './legalTopic.ts';
import { oneLine } from './oneLine.ts';

/** Where a program is configured. */
export interface ClientPlace {
  readonly file: string;
  readonly place: string;
}

/** Kafka Connect's own topics: the prefix of their settings, and what is in them. */
const CONNECT_TOPICS = ['config.storage', 'offset.storage', 'status.storage'] as const;

/** What Connect asks for where nothing is set (DistributedConfig). */
const CONNECT_FACTOR = 3;

/** Settings of the prefix that are none of the topic (DistributedConfig.topicSettings). */
const NOT_OF_TOPIC = [
  'topic',
  'partitions',
  'replication.factor',
  'cleanup.policy',
  'file.filename',
];

/**
 * The topics that a Connect worker keeps its state in, with the factor that it asks for; -1 is the broker's default.
 * They have the minimum of every topic unless their own prefix sets one (KIP-605).
 */
export function connectTopics(properties: PropertyTable, at: ClientPlace): readonly TopicSource[] {
  return CONNECT_TOPICS.flatMap(prefix => {
    const name = properties.get(`${prefix}.topic`);
    if (name === undefined) return [];
    const factor = properties.get(`${prefix}.replication.factor`);
    return [
      {
        file: name.file,
        place: name.place,
        name: oneLine(name.text.trim(), 60),
        replicas: factorOf(factor, CONNECT_FACTOR, "Connect's default", at),
        properties: settingsOf(properties, `${prefix}.`),
        byClient: true,
      },
    ];
  });
}

/** A factor that a program asks for; undefined where it leaves it to the brokers. */
export function factorOf(
  found: FoundProperty | undefined,
  fallback: number,
  whose: string,
  { file, place }: ClientPlace,
): TopicSource['replicas'] {
  if (found === undefined) {
    if (fallback === -1) return undefined;
    const where = `not set in ${oneLine(place === '' ? file : `${file}: ${place}`)}; ${whose} is ${fallback}`;
    return { value: fallback, origin: 'default', where };
  }
  const count = integerOf(found, { least: -1, most: MOST_REPLICAS });
  if (count === -1) return undefined;
  return settingFrom(found, integerOf(found, { least: 1, most: MOST_REPLICAS }));
}

function settingsOf(properties: PropertyTable, prefix: string): PropertyTable {
  return new Map(
    [...properties].flatMap(([name, found]): [string, FoundProperty][] => {
      if (!name.startsWith(prefix)) return [];
      const own = name.slice(prefix.length);
      return NOT_OF_TOPIC.includes(own) ? [] : [[own, found]];
    }),
  );
}
