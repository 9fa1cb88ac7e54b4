import type { ClusterSource } from './clusterSource.ts';
import { EMPTY_SOURCE, mergeSources } from './clusterSource.ts';
import { type ComposeService, environmentOf } from './composeService.ts';
import type { FoundProperty, PropertyTable } from './foundProperty.ts';
import { connectWorker } from './readClientProperties.ts';
import { isSpring, readSpring } from './readSpring.ts';

/** Variables of Debezium's image for Connect that have no prefix (docker-entrypoint.sh). */
const DEBEZIUM = ['CONFIG_STORAGE_TOPIC', 'OFFSET_STORAGE_TOPIC', 'STATUS_STORAGE_TOPIC'];

/** Services that are no brokers and speak to them: workers of Kafka Connect and Spring applications. */
export function composeClients(services: readonly ComposeService[]): ClusterSource {
  return mergeSources([EMPTY_SOURCE, ...services.flatMap(service => clientOf(service) ?? [])]);
}

function clientOf(service: ComposeService): ClusterSource | undefined {
  const { file, place } = service.at;
  const connect = connectProperties(service);
  if (connect.has('config.storage.topic')) return connectWorker(connect, { file, place });
  const spring = new Map(
    [...environmentOf(service)].map(([name, found]): [string, FoundProperty] => {
      return [name.toLowerCase().replaceAll('_', '.'), found];
    }),
  );
  return isSpring(spring) ? readSpring(spring, { file, place }) : undefined;
}

/** `CONNECT_CONFIG_STORAGE_TOPIC` to `config.storage.topic`. */
function connectProperties(service: ComposeService): PropertyTable {
  const environment = environmentOf(service);
  const isDebezium = /(^|\/)debezium\/connect/.test(service.image?.text ?? '');
  const own = [...environment].flatMap(([name, found]): [string, FoundProperty][] => {
    const isOfDebezium = isDebezium && DEBEZIUM.includes(name);
    if (!name.startsWith('CONNECT_') && !isOfDebezium) return [];
    return [[propertyName(name.replace(/^CONNECT_/, '')), found]];
  });
  return new Map([...(isDebezium ? shippedFactors() : []), ...own]);
}

function propertyName(variable: string): string {
  return variable.toLowerCase().replaceAll('_', '.');
}

/** What the connect-distributed.properties of Kafka's distribution has, which Debezium's image starts from. */
function shippedFactors(): readonly [string, FoundProperty][] {
  const shippedIn = 'the connect-distributed.properties that debezium/connect starts from';
  return ['config', 'offset', 'status'].map((kind): [string, FoundProperty] => {
    const name = `${kind}.storage.replication.factor`;
    return [name, { text: '1', file: shippedIn, place: name, shippedIn }];
  });
}
