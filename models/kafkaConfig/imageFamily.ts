import type { Environment } from './environment.ts';

/** What an image starts a broker with before the variables of its environment are added. */
type StartsFrom =
  /** The server.properties of Kafka's distribution, always. */
  | 'shipped'
  /** The same, but only where the environment has no property and no file is mounted. */
  | 'shipped, if not configured'
  /** Nothing: what is not in the environment has Kafka's default. */
  | 'nothing';

/** Images of one maker, which read their environment alike. */
export interface ImageFamily {
  readonly name: string;
  /** Matches the repository of an image without its tag. */
  readonly repository: RegExp;
  readonly prefix: 'KAFKA_' | 'KAFKA_CFG_';
  readonly startsFrom: StartsFrom;
  /** Whether it is a single node, each part of whose identity it sets where the environment does not. */
  readonly isOneNode?: true;
  /** Where that was read. */
  readonly source: string;
}

/**
 * The images of Kafka brokers that are known here. What an image starts from decides the factors of the
 * internal topics: the server.properties of the distribution sets them to 1, Kafka's defaults are 3.
 */
export const imageFamilies: readonly ImageFamily[] = [
  {
    name: 'apache/kafka',
    repository: /(^|\/)apache\/kafka(-native)?$/,
    prefix: 'KAFKA_',
    startsFrom: 'shipped, if not configured',
    source: 'KafkaDockerWrapper.prepareServerConfigs: the default file is taken if nothing is set',
  },
  {
    name: 'bitnami/kafka',
    repository: /(^|\/)(bitnami\w*|soldevelo)\/kafka$/,
    prefix: 'KAFKA_CFG_',
    startsFrom: 'shipped',
    source: 'libkafka.sh, kafka_common_conf_set: replaces lines of the shipped file',
  },
  {
    name: 'wurstmeister/kafka',
    repository: /(^|\/)wurstmeister\/kafka$/,
    prefix: 'KAFKA_',
    startsFrom: 'shipped',
    source: 'start-kafka.sh: replaces lines of the shipped file',
  },
  {
    name: 'debezium/kafka',
    repository: /(^|\/)debezium\/kafka$/,
    prefix: 'KAFKA_',
    startsFrom: 'shipped',
    source: 'docker-entrypoint.sh: replaces lines of the shipped file',
  },
  {
    name: 'hyperledger/fabric-kafka',
    repository: /(^|\/)hyperledger\/fabric-kafka$/,
    prefix: 'KAFKA_',
    startsFrom: 'shipped',
    source: 'docker-entrypoint.sh: replaces lines of the shipped file',
  },
  {
    name: 'confluentinc/confluent-local',
    repository: /(^|\/)confluentinc\/confluent-local$/,
    prefix: 'KAFKA_',
    startsFrom: 'shipped',
    isOneNode: true,
    source: 'configureDefaults: has the same values as the shipped file',
  },
  {
    name: 'confluentinc/cp-kafka',
    repository: /(^|\/)confluentinc\/(cp-(enterprise-)?kafka|cp-server)$/,
    prefix: 'KAFKA_',
    startsFrom: 'nothing',
    source: 'configure: kafka.properties is made of the environment alone',
  },
];

/** An image without registry credentials, tag and digest. */
function repositoryOf(image: string): string {
  return image
    .trim()
    .replace(/@.*$/, '')
    .replace(/:[^:/]*$/, '');
}

/**
 * The family of an image; undefined where it is none that is known here. An image of somebody's own that
 * has variables with Bitnami's prefix is made from Bitnami's.
 */
export function familyOf(
  image: string | undefined,
  environment: Environment = new Map(),
): ImageFamily | undefined {
  const repository = repositoryOf(image ?? '');
  const known = imageFamilies.find(family => family.repository.test(repository));
  if (known !== undefined) return known;
  const isBitnami = [...environment.keys()].some(name => name.startsWith('KAFKA_CFG_'));
  return isBitnami ? imageFamilies.find(({ prefix }) => prefix === 'KAFKA_CFG_') : undefined;
}

/** Parts of the names of images that speak to Kafka, or stand beside it, and are no broker. */
const BESIDE_KAFKA = new RegExp(
  [
    ...['connect', 'schema-?registry', 'registry$', 'ksql', 'kafka-?ui', 'ui$', 'kafdrop', 'akhq'],
    ...['kowl', 'console', 'exporter', 'rest', 'mirror', 'maker', 'cruise', 'kcat', 'kafkacat'],
    ...[
      'control-center',
      'manager',
      'cmak',
      'burrow',
      'zookeeper',
      'client',
      'producer',
      'consumer',
    ],
    ...['lenses', 'conduktor', 'tools?$', 'cli$'],
  ].join('|'),
);

/** Whether an image is known by its name to be something else than a broker. */
export function isBesideKafka(image: string | undefined): boolean {
  const last =
    repositoryOf(image ?? '')
      .split('/')
      .at(-1) ?? '';
  return familyOf(image) === undefined && BESIDE_KAFKA.test(last);
}

/** Whether an image that is not known here is called like a broker. */
export function looksLikeBroker(image: string | undefined): boolean {
  const last =
    repositoryOf(image ?? '')
      .split('/')
      .at(-1) ?? '';
  if (last === 'fast-data-dev') return true;
  return /(^|[-_])kafka([-_]|$)/.test(last) && !isBesideKafka(image);
}

/** The name of another system that speaks Kafka's protocol, if the image is one. */
export function otherSystem(image: string | undefined): string | undefined {
  const repository = repositoryOf(image ?? '');
  if (/(^|[./])(redpandadata|vectorized)\/redpanda(-\w+)?$/.test(repository)) return 'Redpanda';
  if (/warpstream/.test(repository)) return 'WarpStream';
  return undefined;
}
