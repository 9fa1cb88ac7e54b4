import type { ClientSource } from './clientSource.ts';
import { type ClientPlace, connectTopics, factorOf } from './clientTopics.ts';
import type { TopicSource } from './clusterSource.ts';
import { booleanOf, type FoundProperty, type PropertyTable } from './foundProperty.ts';
import { oneLine } from './oneLine.ts';

/** One direction in which MirrorMaker 2 copies. */
interface Flow {
  readonly source: string;
  readonly target: string;
}

/** MirrorMaker 2's own topics of a flow: their names and the settings that have their factors. */
const OWN_TOPICS: readonly (readonly [
  name: (flow: Flow) => string,
  setting: string,
  fallback: number,
])[] = [
  [({ source, target }) => `topics mirrored from ${source} to ${target}`, 'replication.factor', 2],
  [({ source }) => `${source}.checkpoints.internal`, 'checkpoints.topic.replication.factor', 3],
  [() => 'heartbeats', 'heartbeats.topic.replication.factor', 3],
  [
    ({ target }) => `mm2-offset-syncs.${target}.internal`,
    'offset-syncs.topic.replication.factor',
    3,
  ],
];

/** Whether properties are MirrorMaker 2's: they name clusters, or what is copied between them. */
export function isMirrorMaker(properties: PropertyTable): boolean {
  return properties.has('clusters') || flowsOf(properties, false).length > 0;
}

/**
 * MirrorMaker 2 and the topics that it creates, on one of its clusters or the other: the copies, and its own with the
 * factors that it asks for.
 *
 * Source: MirrorMakerConfig.workerConfig and connectorBaseConfig, MirrorSourceConfig, MirrorCheckpointConfig,
 * MirrorHeartbeatConfig; what a flow sets is above what all have. The minimum of a source topic is not copied
 * (DefaultConfigPropertyFilter).
 */
export function mirrorMaker(
  properties: PropertyTable,
  at: ClientPlace,
): { readonly client: ClientSource; readonly topics: readonly TopicSource[] } {
  const flows = flowsOf(properties, true);
  const byName = new Map<string, TopicSource>();
  for (const topic of flows.flatMap(flow => topicsOfFlow(flow, properties, at))) {
    const known = byName.get(topic.name);
    const isWeaker = (topic.replicas?.value ?? 0) < (known?.replicas?.value ?? 0);
    if (known === undefined || isWeaker) byName.set(topic.name, topic);
  }
  const words = flows.map(({ source, target }) => `${source} to ${target}`);
  const remark =
    words.length === 0
      ? 'No flow is enabled, so it copies nothing and creates no topic.'
      : `It copies from ${oneLine(words.join(', from '), 200)}. Its topics are counted as if each were of this ` +
        'cluster; the copies have the minimum of the brokers that they are on.';
  const client: ClientSource = {
    ...at,
    kind: 'MirrorMaker 2',
    producer: producerOf(properties),
    producerDefaults: new Map([['acks', 'all']]),
    remarks: [remark],
  };
  return { client, topics: [...byName.values()] };
}

/** `source->target.enabled=true`; the names of flows that are not enabled as well where it does not matter. */
function flowsOf(properties: PropertyTable, isEnabled: boolean): readonly Flow[] {
  const flows = [...properties].flatMap(([name, found]): Flow[] => {
    const parts = /^([^\s.]+)->([^\s.]+)\.(enabled|topics)$/.exec(name);
    const [, source = '', target = '', what] = parts ?? [];
    if (parts === null) return [];
    if (isEnabled && !(what === 'enabled' && booleanOf(found))) return [];
    return [{ source, target }];
  });
  const seen = new Set<string>();
  return flows.filter(({ source, target }) => {
    const key = `${source}->${target}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function topicsOfFlow(
  flow: Flow,
  properties: PropertyTable,
  at: ClientPlace,
): readonly TopicSource[] {
  const own = OWN_TOPICS.map(([name, setting, fallback]): TopicSource => {
    const found =
      properties.get(`${flow.source}->${flow.target}.${setting}`) ?? properties.get(setting);
    const replicas = factorOf(found, fallback, "MirrorMaker's default", at);
    return {
      ...at,
      ...placeOf(found),
      name: oneLine(name(flow), 100),
      replicas,
      properties: new Map(),
      byClient: true,
    };
  });
  const worker = new Map<string, FoundProperty>();
  for (const [name, found] of properties) {
    if (/^(config|offset|status)\.storage\./.test(name)) worker.set(name, found);
  }
  for (const [name, found] of properties) {
    const prefix = `${flow.target}.`;
    const short = name.startsWith(prefix) ? name.slice(prefix.length) : '';
    if (/^(config|offset|status)\.storage\./.test(short) && !worker.has(short))
      worker.set(short, found);
  }
  for (const kind of ['config', 'offset', 'status']) {
    const setting = `${kind}.storage.topic`;
    const text = `mm2-${kind}s.${flow.source}.internal`.replace('statuss', 'status');
    if (!worker.has(setting)) worker.set(setting, { ...at, text });
  }
  return [...own, ...connectTopics(worker, at)];
}

function placeOf(found: FoundProperty | undefined): Partial<ClientPlace> {
  return found === undefined ? {} : { file: found.file, place: found.place };
}

/** What all of its producers have: of the flow's or cluster's own the weakest is not looked for. */
function producerOf(properties: PropertyTable): PropertyTable {
  return new Map(
    [...properties].flatMap(([name, found]): [string, FoundProperty][] => {
      const parts = /(?:^|\.)producer\.(?:override\.)?([\w.]+)$/.exec(name);
      return parts?.[1] === undefined ? [] : [[parts[1], found]];
    }),
  );
}
