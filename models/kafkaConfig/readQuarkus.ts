import type { ClientSource } from './clientSource.ts';
import type { ClientPlace } from './clientTopics.ts';
import { type ClusterSource, EMPTY_SOURCE } from './clusterSource.ts';
import type { FoundProperty, PropertyTable } from './foundProperty.ts';
import { oneLine } from './oneLine.ts';
import { flattened, withDefaults } from './readSpring.ts';
import type { YamlFormat } from './yamlFormat.ts';

/** A channel of SmallRye Reactive Messaging; a profile may stand before it (`%prod.`). */
const CHANNEL = /^(?:%[\w,-]+\.)?mp\.messaging\.(outgoing|incoming)\.("[^"]+"|[^.]+)\.(.+)$/;
/** What all channels have, above what the connector has by itself. */
const SHARED = /^(?:%[\w,-]+\.)?(?:kafka|mp\.messaging\.connector\.smallrye-kafka)\.(.+)$/;
const STREAMS = /^(?:%[\w,-]+\.)?(?:quarkus\.)?kafka-streams\./;

/** The connector commits by itself what was processed. */
const OF_CONNECTOR: FoundProperty = {
  file: 'the connector',
  place: 'enable.auto.commit',
  text: 'false',
  shippedIn: 'the connector',
};

/** Whether properties are those of a Quarkus application that speaks to Kafka. */
export function isQuarkus(properties: PropertyTable): boolean {
  const names = [...properties.keys()];
  const hasConnector = [...properties].some(
    ([name, { text }]) => /\.connector$/.test(name) && text.trim() === 'smallrye-kafka',
  );
  const isOfKafka = names.some(name => /^(?:%[\w,-]+\.)?kafka\.bootstrap\.servers$/.test(name));
  return hasConnector || (names.some(name => CHANNEL.test(name)) && isOfKafka);
}

/** The configuration of a Quarkus application in YAML. */
export const quarkus: YamlFormat = {
  isIn: document => isQuarkus(flattened(document)),
  read: document => readQuarkus(flattened(document), { file: document.file, place: '' }),
};

/**
 * A Quarkus application: each channel that sends is a producer of its own, with the acks=1 that the connector has where
 * nothing is set, and each that receives a consumer, whose offsets the connector commits itself.
 *
 * Source: SmallRye Reactive Messaging, the Kafka connector's configuration (`acks`, `retries`, `enable.auto.commit`).
 */
export function readQuarkus(properties: PropertyTable, at: ClientPlace): ClusterSource {
  const shared = new Map<string, FoundProperty>();
  const channels = new Map<string, { isSent: boolean; own: Map<string, FoundProperty> }>();
  for (const [name, written] of properties) {
    const found = { ...written, text: withDefaults(written.text) };
    const [, direction, quoted = '', setting = ''] = CHANNEL.exec(name) ?? [];
    const ofAll = SHARED.exec(name)?.[1];
    if (direction === undefined) {
      if (ofAll !== undefined && !STREAMS.test(name)) shared.set(ofAll, found);
      continue;
    }
    const channel = `${direction} ${quoted.replace(/"/g, '')}`;
    const known = channels.get(channel) ?? { isSent: direction === 'outgoing', own: new Map() };
    channels.set(channel, known);
    known.own.set(setting, found);
  }
  const clients = [...channels].map(([channel, { isSent, own }]): ClientSource => {
    const producer = new Map([...shared, ...own]);
    const place = oneLine([at.place, `channel ${channel}`].filter(text => text !== '').join(': '));
    if (!isSent) {
      const consumer = new Map([['enable.auto.commit', OF_CONNECTOR] as const, ...producer]);
      return { file: at.file, place, kind: 'consumer', producer: consumer, remarks: [] };
    }
    const producerDefaults = new Map([['acks', '1']]);
    return { file: at.file, place, kind: 'producer', producer, producerDefaults, remarks: [] };
  });
  return { ...EMPTY_SOURCE, clients };
}
