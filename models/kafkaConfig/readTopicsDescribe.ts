import { type ClusterSource, EMPTY_SOURCE, type TopicSource } from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { type FoundProperty, integerOf, type PropertyTable, settingFrom } from './foundProperty.ts';
import { LEGAL_TOPIC, MOST_REPLICAS } from './legalTopic.ts';
import { quoted } from './oneLine.ts';
import type { PartitionState } from './partitionState.ts';
import type { TextFormat } from './textFormat.ts';

/**
 * The names of the columns of all releases. Source: TopicCommand, `printDescription` (until 2.3 without a blank after
 * the colon); `Offline`, `LiveObservers` and `Observers` are Confluent Server's.
 */
const COLUMNS = [
  ...['TopicId', 'Topic', 'PartitionCount', 'ReplicationFactor', 'Configs', 'MarkedForDeletion'],
  ...['Partition', 'Leader', 'Replicas', 'Isr', 'Adding Replicas', 'Removing Replicas'],
  ...['Elr', 'LastKnownElr', 'Offline', 'LiveObservers', 'Observers'],
];
const COLUMN = new RegExp(`(?:^|\\s)(${COLUMNS.join('|')}):`, 'g');

const TOPIC_LINE = /^\s*Topic:\s*\S+\s.*\bPartitionCount:/;
const PARTITION_LINE = /^\s*Topic:\s*\S+\s+Partition:\s*\d+\s.*\bIsr:/;

/** What `kafka-topics --describe` prints. */
export const topicsDescribe: TextFormat = {
  isIn: text =>
    text.split(/\r\n|\n|\r/).some(line => TOPIC_LINE.test(line) || PARTITION_LINE.test(line)),
  read: readTopicsDescribe,
};

/**
 * Reads the output of `kafka-topics --describe`: topics with the settings that the running cluster has in force,
 * and where each partition stands. Other lines (a prompt, warnings of the tool) are passed over.
 *
 * @throws ConfigError if a line of a topic or partition has a column that is not what Kafka prints.
 */
function readTopicsDescribe(file: string, text: string): ClusterSource {
  const topics: TopicSource[] = [];
  const partitions: PartitionState[] = [];
  // Only the quorum's controllers tell eligible leader replicas, if none: with ZooKeeper the column says N/A.
  let isKraft = false;
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const at = { file, place: `line ${index + 1}` };
    if (TOPIC_LINE.test(line)) topics.push(topicIn(columnsOf(line), at));
    else if (PARTITION_LINE.test(line)) {
      const columns = columnsOf(line);
      isKraft ||= columns.has('Elr') && columns.get('Elr') !== 'N/A';
      partitions.push(partitionIn(columns, at));
    }
  }
  const others = withoutLine(topics, partitions, isKraft);
  const warnings = others.map(
    ({ name }) =>
      `${name}: the output tells where partitions stand and no setting; give that of kafka-topics --describe ` +
      `--topic ${name}, which tells its min.insync.replicas.`,
  );
  return { ...EMPTY_SOURCE, topics: [...topics, ...others], partitions, warnings };
}

interface Place {
  readonly file: string;
  readonly place: string;
}

type Columns = ReadonlyMap<string, string>;

function columnsOf(line: string): Columns {
  const found = [...line.matchAll(COLUMN)];
  return new Map(
    found.map((match, index): [string, string] => {
      const end = found[index + 1]?.index ?? line.length;
      return [match[1] ?? '', line.slice(match.index + match[0].length, end).trim()];
    }),
  );
}

function topicIn(columns: Columns, at: Place): TopicSource {
  const name = topicName(columns, at);
  const factor = { ...at, text: columns.get('ReplicationFactor') ?? '' };
  const count = integerOf(factor, { least: 1, most: MOST_REPLICAS });
  return {
    ...at,
    name,
    replicas: settingFrom(factor, count),
    properties: configsIn(columns.get('Configs') ?? '', at),
    told: columns.has('TopicId') ? 'everything' : 'its own configuration',
  };
}

/** A topic of whose partitions alone the output tells, as with `--under-replicated-partitions`. */
function withoutLine(
  topics: readonly TopicSource[],
  partitions: readonly PartitionState[],
  isKraft: boolean,
): readonly TopicSource[] {
  const firsts = new Map<string, TopicSource>();
  for (const { topic: name, replicas, where } of partitions) {
    if (firsts.has(name) || topics.some(topic => topic.name === name)) continue;
    const factor = { value: replicas.length, origin: 'file' as const, where };
    firsts.set(name, {
      file: where,
      place: '',
      name,
      replicas: factor,
      properties: new Map(),
      told: isKraft ? 'its partitions' : 'its own configuration',
    });
  }
  return [...firsts.values()];
}

/** `a=b,c=d`, where values may have commas of their own (`cleanup.policy=compact,delete`). */
function configsIn(text: string, at: Place): PropertyTable {
  const pairs = text.split(/,(?=\s*[a-z][\w.-]*=)/);
  return new Map(
    pairs.flatMap((pair): [string, FoundProperty][] => {
      const equals = pair.indexOf('=');
      if (equals < 0) return [];
      const value = pair.slice(equals + 1).trim();
      return [[pair.slice(0, equals).trim(), { ...at, text: value }]];
    }),
  );
}

function partitionIn(columns: Columns, at: Place): PartitionState {
  const ids = (column: string): readonly number[] => idsIn(columns.get(column) ?? '', column, at);
  const leader = columns.get('Leader') ?? '';
  const replicas = ids('Replicas');
  if (replicas.length === 0) throw unreadable('Replicas', columns.get('Replicas') ?? '', at);
  return {
    topic: topicName(columns, at),
    partition: Number(columns.get('Partition')),
    leader: /^(none|-1|)$/.test(leader) ? undefined : idsIn(leader, 'Leader', at)[0],
    replicas,
    isr: ids('Isr'),
    elr: ids('Elr'),
    lastKnownElr: ids('LastKnownElr'),
    offline: ids('Offline'),
    adding: ids('Adding Replicas'),
    where: `${at.file}: ${at.place}`,
  };
}

/** `1,2,3`; with a reassignment whole nodes, `host:9092 (id: 4 rack: null)`. */
function idsIn(text: string, column: string, at: Place): readonly number[] {
  if (/^(N\/A)?$/.test(text)) return [];
  const nodes = [...text.matchAll(/\(id: (\d+) /g)].map(([, id = '']) => id);
  const ids = (nodes.length > 0 ? nodes : text.split(',')).map(id => id.trim());
  return ids.map(id => {
    if (/^\d{1,10}$/.test(id)) return Number(id);
    throw unreadable(column, text, at);
  });
}

function topicName(columns: Columns, at: Place): string {
  const name = columns.get('Topic') ?? '';
  if (LEGAL_TOPIC.test(name)) return name;
  throw unreadable('Topic', name, at);
}

function unreadable(column: string, text: string, at: Place): ConfigError {
  const expected = `what kafka-topics --describe prints as ${column}`;
  return new ConfigError({ ...at, expected, found: quoted(text) });
}
