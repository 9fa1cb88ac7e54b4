import type { TopicSource } from './clusterSource.ts';
import { ConfigError } from './configError.ts';

/** The topics of a cluster, each once, and where what is written is not what is running. */
export interface JoinedTopics {
  readonly topics: readonly TopicSource[];
  readonly warnings: readonly string[];
}

/**
 * Topics that files say should be created, and those that the running cluster tells. Of one name the running one
 * counts: what a file says of a topic counts when it is created.
 *
 * @throws ConfigError if a topic is described twice in the same way.
 */
export function joinedTopics(sources: readonly TopicSource[]): JoinedTopics {
  const running = onceEach(sources.filter(({ told }) => told !== undefined));
  const byClients = weakestOfEach(sources.filter(({ byClient }) => byClient === true));
  const operators = onceEach(
    sources.filter(({ told, byClient }) => told === undefined && byClient !== true),
  );
  // A client that finds its topic takes it as it is.
  const written = new Map([...byClients, ...operators]);
  return {
    topics: [
      ...[...written.values()].map(topic => running.get(topic.name) ?? topic),
      ...[...running.values()].filter(({ name }) => !written.has(name)),
    ],
    warnings: [...written.values()].flatMap(topic => otherwise(topic, running.get(topic.name))),
  };
}

function onceEach(sources: readonly TopicSource[]): ReadonlyMap<string, TopicSource> {
  const byName = new Map<string, TopicSource>();
  for (const source of sources) {
    const other = byName.get(source.name);
    if (other !== undefined) {
      throw new ConfigError({
        file: source.file,
        place: source.place,
        expected: 'every topic once',
        found: `the topic "${source.name}", which ${other.file}: ${other.place} describes too`,
      });
    }
    byName.set(source.name, source);
  }
  return byName;
}

/** Topics that several clients may create: the factor depends on who is first. */
function weakestOfEach(sources: readonly TopicSource[]): ReadonlyMap<string, TopicSource> {
  const byName = new Map<string, TopicSource>();
  for (const source of sources) {
    const known = byName.get(source.name)?.replicas?.value ?? Number.POSITIVE_INFINITY;
    const factor = source.replicas?.value ?? Number.POSITIVE_INFINITY;
    if (!byName.has(source.name) || factor < known) byName.set(source.name, source);
  }
  return byName;
}

function otherwise(written: TopicSource, running: TopicSource | undefined): readonly string[] {
  const [wanted, real] = [written.replicas, running?.replicas];
  if (wanted === undefined || real === undefined || wanted.value === real.value) return [];
  return [
    `${written.name}: replication factor ${wanted.value} at ${wanted.where} is not that of the running ` +
      `cluster, ${real.value} at ${real.where}: a factor counts when the topic is created.`,
  ];
}
