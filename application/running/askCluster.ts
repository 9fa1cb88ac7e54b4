import type { Connection } from '@platformatic/kafka';
import { UsageError } from '../../catalogue/usageError.ts';
import type { ConfigFile } from '../../models/kafkaConfig/configFile.ts';
import type { ConnectionConfig } from './clientConfig.ts';
import {
  brokerText,
  quorumText,
  type ToldConfig,
  type ToldPartition,
  topicText,
} from './toolText.ts';

type Library = typeof import('@platformatic/kafka');

const TIMEOUT = 10_000;
/** The numbers of requests (the protocol's guide). */
const METADATA = 3;
const DESCRIBE_QUORUM = 55;
const DESCRIBE_TOPIC_PARTITIONS = 75;
/** Most topics that one request asks the settings of. */
const AT_ONCE = 200;
const PARTITIONS_AT_ONCE = 2000;
const TOPIC = 2;
const BROKER = 4;

/** One broker that answers, and what it understands. */
interface Asked {
  readonly library: Library;
  readonly connection: Connection;
  /** The latest version of each request. */
  readonly versions: ReadonlyMap<number, number>;
}

/**
 * Asks a running cluster for its topics, where their partitions stand, the settings in force for brokers and topics,
 * and its metadata quorum; each as Kafka's tools print it, so that it is read as their output is.
 *
 * @param servers `host:port`, separated by commas; the first that answers is asked
 * @throws UsageError if the client library is not installed, or nobody answers.
 */
export async function askCluster(
  servers: string,
  config: ConnectionConfig,
): Promise<readonly ConfigFile[]> {
  const library = await clientLibrary();
  const first = await firstOf(library, servers, config);
  try {
    const metadata = await metadataOf(first);
    const topics = metadata.topics.flatMap(({ name, topicId, errorCode }) =>
      name == null || errorCode !== 0 ? [] : [{ name, topicId }],
    );
    const partitions = await partitionsOf(
      first,
      metadata.topics,
      topics.map(({ name }) => name),
    );
    const configs = await topicConfigs(
      first,
      topics.map(({ name }) => name),
    );
    const told = topics.map(({ name, topicId }) =>
      topicText(name, topicId, partitions.get(name) ?? [], configs.get(name) ?? []),
    );
    const brokers: string[] = [];
    for (const { nodeId, host, port } of metadata.brokers) {
      brokers.push(await brokerOf(library, { nodeId, host, port }, config));
    }
    const quorum = await quorumOf(first);
    return [
      { name: `${servers} (topics)`, text: told.join('\n') },
      { name: `${servers} (brokers)`, text: brokers.join('\n') },
      { name: `${servers} (quorum)`, text: quorum },
    ].filter(({ text }) => text !== '');
  } finally {
    await first.connection.close();
  }
}

/** The client, which nothing else needs. */
async function clientLibrary(): Promise<Library> {
  try {
    return await import('@platformatic/kafka');
  } catch {
    throw new UsageError(
      '--bootstrap-server needs a Kafka client: npm install @platformatic/kafka@1',
      'wrong-value',
    );
  }
}

async function firstOf(
  library: Library,
  servers: string,
  config: ConnectionConfig,
): Promise<Asked> {
  const failures: string[] = [];
  for (const server of servers.split(',').map(each => each.trim())) {
    const [, host = '', port = ''] = /^\[?(.+?)\]?:(\d{1,5})$/.exec(server) ?? [];
    if (host === '') {
      throw new UsageError(
        `--bootstrap-server: expected host:port, found "${server}"`,
        'wrong-value',
      );
    }
    try {
      return await opened(library, host, Number(port), config);
    } catch (error) {
      failures.push(`${server}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new UsageError(
    `--bootstrap-server: nobody answers (${failures.join('; ')})`,
    'unreadable-input',
  );
}

async function opened(
  library: Library,
  host: string,
  port: number,
  { tls, sasl }: ConnectionConfig,
): Promise<Asked> {
  const connection = new library.Connection('highwater', {
    connectTimeout: TIMEOUT,
    requestTimeout: TIMEOUT,
    ...(tls === undefined ? {} : { tls, tlsServerName: true }),
    ...(sasl === undefined ? {} : { sasl: { ...sasl } }),
  });
  await connection.connect(host, port);
  const { apiKeys } = await library.apiVersionsV3.api.async(connection, 'highwater', '1');
  const versions = new Map(apiKeys.map(({ apiKey, maxVersion }) => [apiKey, maxVersion]));
  return { library, connection, versions };
}

async function metadataOf({ library, connection, versions }: Asked) {
  const latest = versions.get(METADATA) ?? 0;
  if (latest >= 12) return library.metadataV12.api.async(connection, null, false, false);
  if (latest >= 10) return library.metadataV10.api.async(connection, null, false, false);
  throw new UsageError(
    '--bootstrap-server: expected Kafka 2.8 or later, found an earlier release; pipe what kafka-topics --describe ' +
      'prints',
    'wrong-value',
  );
}

/** Where partitions stand: with eligible leader replicas where the cluster knows of them. */
async function partitionsOf(
  { library, connection, versions }: Asked,
  plain: readonly {
    readonly name?: string | null | undefined;
    readonly partitions: readonly ToldPartition[];
  }[],
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly ToldPartition[]>> {
  const result = new Map<string, readonly ToldPartition[]>();
  if (!versions.has(DESCRIBE_TOPIC_PARTITIONS) || names.length === 0) {
    for (const { name, partitions } of plain) if (name != null) result.set(name, partitions);
    return result;
  }
  const wanted = [...names].sort().map(name => ({ name }));
  let cursor: { topicName: string; partitionIndex: number } | undefined;
  do {
    const left = wanted.filter(({ name }) => cursor === undefined || name >= cursor.topicName);
    const ask = library.describeTopicPartitionsV0.api.async;
    const { topics, nextCursor } = await ask(connection, left, PARTITIONS_AT_ONCE, cursor);
    for (const { name, partitions } of topics) {
      if (name != null) result.set(name, [...(result.get(name) ?? []), ...partitions]);
    }
    cursor = nextCursor;
  } while (cursor !== undefined && cursor !== null);
  return result;
}

async function topicConfigs(
  { library, connection }: Asked,
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly ToldConfig[]>> {
  const result = new Map<string, readonly ToldConfig[]>();
  for (let from = 0; from < names.length; from += AT_ONCE) {
    const resources = names.slice(from, from + AT_ONCE).map(resourceName => {
      return { resourceType: TOPIC, resourceName, configurationKeys: null } as const;
    });
    const { results } = await library.describeConfigsV4.api.async(
      connection,
      resources,
      true,
      false,
    );
    for (const { resourceName, configs } of results) result.set(resourceName, configs);
  }
  return result;
}

/** The settings of a broker, which only that broker knows; nothing of one that is down, and not yet known to be. */
async function brokerOf(
  library: Library,
  { nodeId, host, port }: { readonly nodeId: number; readonly host: string; readonly port: number },
  config: ConnectionConfig,
): Promise<string> {
  const asked = await opened(library, host, port, config).catch(() => undefined);
  if (asked === undefined) return '';
  const { connection } = asked;
  try {
    const resource = {
      resourceType: BROKER,
      resourceName: String(nodeId),
      configurationKeys: null,
    } as const;
    const { results } = await library.describeConfigsV4.api.async(
      connection,
      [resource],
      true,
      false,
    );
    return brokerText(
      nodeId,
      results.flatMap(({ configs }) => configs),
    );
  } finally {
    await connection.close();
  }
}

/** The metadata quorum; nothing of a cluster with ZooKeeper, or of one before 3.9. */
async function quorumOf({ library, connection, versions }: Asked): Promise<string> {
  if ((versions.get(DESCRIBE_QUORUM) ?? 0) < 2) return '';
  const wanted = [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }];
  const { topics } = await library.describeQuorumV2.api.async(connection, wanted);
  const [partition] = topics.flatMap(({ partitions }) => partitions);
  if (partition === undefined) return '';
  return quorumText(partition.leaderId, partition.currentVoters, partition.observers);
}
