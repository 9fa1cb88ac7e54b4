import type { CheckedCluster } from '../../application/check/check.ts';
import { printable } from '../../checker/trace/renderParts.ts';
import type {
  ClusterDescription,
  Setting,
  TopicDurability,
} from '../../models/kafkaConfig/clusterDescription.ts';
import type { TextLayout } from '../output/style.ts';
import { renderTable, wrapText } from '../output/table.ts';
import { arithmeticSentences } from './arithmeticText.ts';
import { bullets } from './bullets.ts';
import { clientSentences, isOfClientsAlone } from './clientText.ts';
import { mistakeSentences } from './mistakeText.ts';
import { partitionSentences } from './partitionsText.ts';
import { playedSentences } from './playedText.ts';
import { quorumStateSentences } from './quorumStateText.ts';
import { rackFact } from './rackText.ts';

/** Longer tables than this are cut, and say so; the JSON document has all rows. */
const MOST_ROWS = 24;

/** A part of what is to be said of a cluster, by the name that `--explain` takes. */
export interface Section {
  readonly name: string;
  readonly heading: string;
  readonly lines: readonly string[];
}

/** What was understood of a cluster and what its nodes survive, before how it keeps its records. */
export function clusterLines(checked: CheckedCluster, layout: TextLayout): string[] {
  return sectionsOf(checked, layout).flatMap((section, index) => [
    ...(index === 0 ? [] : ['']),
    ...sectionLines(section, layout),
  ]);
}

/** A section under its heading. */
export function sectionLines({ heading, lines }: Section, { style }: TextLayout): string[] {
  return [style('bold', heading), ...lines];
}

/** The sections that there is something to say in. */
export function sectionsOf(checked: CheckedCluster, layout: TextLayout): readonly Section[] {
  const { described: cluster, files, quorum, known } = checked;
  const { width } = layout;
  const listOf = (name: string, heading: string, sentences: readonly string[]): Section => {
    return { name, heading, lines: bullets(sentences, width) };
  };
  const title = `The cluster in ${files.map(printable).join(', ')}`;
  const clients = listOf('clients', 'Clients', clientSentences(cluster));
  const head = isOfClientsAlone(cluster)
    ? [{ name: 'cluster', heading: title, lines: wrapText(ofClientsAlone, width) }, clients]
    : [
        { name: 'cluster', heading: title, lines: factLines(cluster, layout) },
        {
          name: 'assumptions',
          heading: 'Not in the files, so assumed',
          lines: assumptionTable(cluster, layout),
        },
        listOf('warnings', 'Warnings', cluster.warnings),
        clients,
        listOf(
          'voters',
          'Where its metadata quorum stands',
          quorumStateSentences(cluster.quorumState),
        ),
        listOf('partitions', 'Where its partitions stand', partitionSentences(cluster)),
        listOf('counting', 'What it survives, by counting', arithmeticSentences(cluster)),
        listOf(
          'quorum',
          'What it survives, played on the metadata quorum',
          playedSentences(cluster, quorum),
        ),
        listOf('mistakes', 'Known mistakes of its metadata quorum', mistakeSentences(known)),
      ];
  return head.filter(({ lines }) => lines.length > 0);
}

function factLines(cluster: ClusterDescription, layout: TextLayout): string[] {
  const facts = clusterFacts(cluster).flatMap(fact => wrapText(fact, layout.width - 2));
  return [...facts.map(line => `  ${line}`), '', ...topicTable(cluster, layout)];
}

const ofClientsAlone =
  'Only clients are described: of the cluster nothing is known. Give its files as well, and its topics are counted ' +
  'and put to the test.';

function clusterFacts(cluster: ClusterDescription): string[] {
  const { mode, version, eligibleLeaderReplicas } = cluster;
  const system = mode === 'kraft' ? 'KRaft' : 'ZooKeeper mode';
  const { value } = eligibleLeaderReplicas;
  const elr = value === undefined ? 'unknown' : onOff(value);
  return [
    `${system}, Kafka ${version.value ?? 'of unknown version'}${starOf(version)}`,
    brokersFact(cluster),
    ...rackFact(cluster),
    `eligible leader replicas (KIP-966): ${elr}${starOf(eligibleLeaderReplicas)}`,
  ];
}

function brokersFact(cluster: ClusterDescription): string {
  if (cluster.brokers === 0) return `${counts(cluster)}; no file describes a broker`;
  return `${counts(cluster)}, ${placements[cluster.placement]}`;
}

const placements: Readonly<Record<ClusterDescription['placement'], string>> = {
  combined: 'combined: every node is both',
  separate: 'on separate nodes',
  mixed: 'mixed: some nodes are both',
  zookeeper: 'on processes of their own',
};

function counts({ mode, brokers, controllers }: ClusterDescription): string {
  const member = mode === 'kraft' ? 'controller' : 'ZooKeeper server';
  const several = (count: number, noun: string): string =>
    `${count} ${noun}${count === 1 ? '' : 's'}`;
  const members =
    controllers === undefined ? `an unknown number of ${member}s` : several(controllers, member);
  return `${several(brokers, 'broker')} and ${members}`;
}

function topicTable(cluster: ClusterDescription, { width }: TextLayout): string[] {
  const all = [...cluster.topics, ...cluster.internalTopics];
  if (all.length === 0) return ['No broker, so no topic: what is asked is the metadata quorum.'];
  const table = renderTable(
    {
      columns: [
        { title: 'topic' },
        { title: 'replication factor', align: 'right' },
        { title: 'min.insync.replicas', align: 'right' },
        { title: 'unclean election' },
        { title: 'flush each record' },
      ],
      rows: all.slice(0, MOST_ROWS).map(topicRow),
    },
    { width },
  );
  return [
    ...table,
    ...cutLine(all.length),
    ...(all.some(isAssumed) ? ['*: not set in any file, see below'] : []),
    ...(all.some(({ unusable }) => unusable !== undefined)
      ? ['!: cannot be used, see the warnings; neither counted nor explored']
      : []),
  ];
}

function topicRow(topic: TopicDurability): string[] {
  const { replicationFactor, minInsyncReplicas, uncleanLeaderElection, flushEveryRecord } = topic;
  return [
    topic.topic + (topic.unusable === undefined ? '' : '!'),
    marked(replicationFactor, String),
    marked(minInsyncReplicas, String),
    marked(uncleanLeaderElection, onOff),
    marked(flushEveryRecord, onOff),
  ];
}

function isAssumed(topic: TopicDurability): boolean {
  const { replicationFactor, minInsyncReplicas, uncleanLeaderElection, flushEveryRecord } = topic;
  const settings = [replicationFactor, minInsyncReplicas, uncleanLeaderElection, flushEveryRecord];
  return settings.some(({ origin }) => origin !== 'file');
}

function marked<T>(setting: Setting<T>, show: (value: T) => string): string {
  return show(setting.value) + starOf(setting);
}

export function starOf({ origin }: Setting<unknown>): string {
  return origin === 'file' ? '' : '*';
}

function onOff(value: boolean): string {
  return value ? 'on' : 'off';
}

function assumptionTable({ assumptions }: ClusterDescription, { width }: TextLayout): string[] {
  if (assumptions.length === 0) return [];
  const rows = assumptions
    .slice(0, MOST_ROWS)
    .map(({ setting, value, why }) => [setting, value, why]);
  const columns = [{ title: 'setting' }, { title: 'value' }, { title: 'why' }];
  return [...renderTable({ columns, rows }, { width }), ...cutLine(assumptions.length)];
}

function cutLine(rows: number): string[] {
  const missing = rows - MOST_ROWS;
  return missing > 0 ? [`... and ${missing} more rows; --json has them all`] : [];
}
