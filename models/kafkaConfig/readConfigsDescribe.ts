import {
  type ClusterSource,
  EMPTY_SOURCE,
  type NodeSource,
  type ToldBroker,
} from './clusterSource.ts';
import type { FoundProperty, PropertyTable } from './foundProperty.ts';
import { oneLine } from './oneLine.ts';
import type { TextFormat } from './textFormat.ts';

/**
 * The lines that begin a block. Source: ConfigCommand.describeResourceConfig; before 2.5 without the first word, and of
 * ZooKeeper all in one line (describeConfigWithZk).
 */
const OF_ENTITY = /^(?:(All|Dynamic)\s+)?[Cc]onfigs for (topic|broker) '?([^\s']+)'? are:?\s*(.*)$/;
const OF_DEFAULT = /^Default configs? for brokers in the cluster are:?\s*(.*)$/;
const ENTRY = /^\s+([a-z][\w.-]*)=(.*?)(?:\s+sensitive=(?:true|false)\s+synonyms=\{(.*)\})?$/;

/** What `kafka-configs --describe` prints. */
export const configsDescribe: TextFormat = {
  isIn: text =>
    text
      .split(/\r\n|\n|\r/)
      .some(line => OF_ENTITY.test(line.trim()) || OF_DEFAULT.test(line.trim())),
  read: readConfigsDescribe,
};

/** Reads the output of `kafka-configs --describe`, with `--all` or without, of brokers and of topics. */
function readConfigsDescribe(file: string, text: string): ClusterSource {
  const defaults = new Map<string, FoundProperty>();
  const topics = new Map<string, Map<string, FoundProperty>>();
  const brokers: ToldBroker[] = [];
  let block: Map<string, FoundProperty> | undefined;
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const at = { file, place: `line ${index + 1}` };
    const begun = beginningOf(line.trim());
    if (begun !== undefined) {
      const properties = new Map(pairsIn(begun.rest, at));
      block = properties;
      if (begun.kind === 'default') block = addAll(defaults, properties);
      if (begun.kind === 'topic') {
        block = addAll(topics.get(begun.name) ?? new Map(), properties);
        topics.set(begun.name, block);
      }
      if (begun.kind === 'broker') {
        brokers.push({ id: begun.name, isAll: begun.isAll, properties, ...at });
      }
      continue;
    }
    const [, name, value, synonyms = ''] = ENTRY.exec(line) ?? [];
    if (name !== undefined && value !== undefined && value !== 'null' && value !== '') {
      block?.set(name, { ...at, text: value });
      // The first of them is the one in force: it holds for the whole cluster, whoever was asked.
      if (synonyms.startsWith('DYNAMIC_DEFAULT_BROKER_CONFIG:')) {
        defaults.set(name, { ...at, text: value });
      }
    }
  }
  return { ...EMPTY_SOURCE, dynamicDefaults: defaults, told: { brokers, topics } };
}

interface Beginning {
  readonly kind: 'default' | 'topic' | 'broker';
  readonly name: string;
  readonly isAll: boolean;
  /** What follows in the same line. */
  readonly rest: string;
}

function beginningOf(line: string): Beginning | undefined {
  const ofDefault = OF_DEFAULT.exec(line);
  if (ofDefault !== null)
    return { kind: 'default', name: '', isAll: false, rest: ofDefault[1] ?? '' };
  const parts = OF_ENTITY.exec(line);
  if (parts === null) return undefined;
  const [, which, kind, name = '', rest = ''] = parts;
  return { kind: kind === 'topic' ? 'topic' : 'broker', name, isAll: which === 'All', rest };
}

function pairsIn(text: string, at: { file: string; place: string }): [string, FoundProperty][] {
  return text.split(/,(?=[a-z][\w.-]*=)/).flatMap((pair): [string, FoundProperty][] => {
    const equals = pair.indexOf('=');
    return equals < 0
      ? []
      : [[pair.slice(0, equals), { ...at, text: pair.slice(equals + 1).trim() }]];
  });
}

function addAll(into: Map<string, FoundProperty>, more: PropertyTable): Map<string, FoundProperty> {
  for (const [name, found] of more) into.set(name, found);
  return into;
}

/**
 * The source with what the running cluster tells: above the files of its brokers, and of the topics that are described.
 * A broker of which everything is told needs no file.
 */
export function withToldSettings(source: ClusterSource): ClusterSource {
  const { brokers, topics } = source.told;
  const idOf = ({ properties }: NodeSource) =>
    (properties.get('node.id') ?? properties.get('broker.id'))?.text.trim();
  const nodes = source.nodes.map((node): NodeSource => {
    const own = brokers.filter(({ id }) => id === idOf(node));
    return {
      ...node,
      properties: new Map([...node.properties, ...own.flatMap(each => [...each.properties])]),
    };
  });
  const strangers = brokers.filter(({ id }) => source.nodes.every(node => idOf(node) !== id));
  const whole = strangers.filter(({ isAll }) => isAll);
  const known = source.topics.map(topic => {
    const own = topics.get(topic.name);
    return own === undefined
      ? topic
      : { ...topic, properties: new Map([...topic.properties, ...own]) };
  });
  const names = [...topics.keys()].filter(name => known.every(topic => topic.name !== name));
  return {
    ...source,
    nodes: [...nodes, ...whole.map(nodeOf)],
    topics: known,
    warnings: [
      ...source.warnings,
      ...strangers
        .filter(({ isAll }) => !isAll)
        .map(
          ({ id, file, place }) =>
            `${file}: ${place}: no file describes broker ${oneLine(id, 20)}; what is told of it is left out.`,
        ),
      ...names.map(
        name =>
          `What kafka-configs tells of the topic ${oneLine(name, 60)} is left out: of its replicas nothing is ` +
          'told. Give the output of kafka-topics --describe as well.',
      ),
    ],
  };
}

/** A node of which `--all` tells everything: its own settings and Kafka's defaults. */
function nodeOf({ id, file, place, properties }: ToldBroker): NodeSource {
  const format = 'properties' as const;
  const named = properties.has('node.id') || properties.has('broker.id');
  const own: [string, FoundProperty][] = named ? [] : [['broker.id', { file, place, text: id }]];
  return {
    file,
    place,
    name: `broker ${oneLine(id, 20)}`,
    format,
    properties: new Map([...properties, ...own]),
    image: undefined,
    assigned: undefined,
  };
}
