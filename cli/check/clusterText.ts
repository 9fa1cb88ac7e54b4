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
import { rackFact } from './rackText.ts';

/** Longer tables than this are cut, and say so; the JSON document has all rows. */
const MOST_ROWS = 24;

/** What was understood of a cluster and what its nodes survive, before how it keeps its records. */
export function clusterLines(
  { described: cluster, files, quorum, known }: CheckedCluster,
  style: TextLayout,
): string[] {
  const heading = (text: string): string => style.style('bold', text);
  const title = heading(`The cluster in ${files.map(printable).join(', ')}`);
  const clients = [
    ...(cluster.clients.length === 0 ? [] : ['', heading('Clients')]),
    ...bullets(clientSentences(cluster), style.width),
  ];
  if (isOfClientsAlone(cluster))
    return [title, ...wrapText(ofClientsAlone, style.width), ...clients];
  const { assumptions, warnings } = cluster;
  const played = playedSentences(cluster, quorum);
  const standing = partitionSentences(cluster);
  const mistakes = mistakeSentences(known);
  return [
    title,
    ...clusterFacts(cluster).flatMap(fact =>
      wrapText(fact, style.width - 2).map(line => `  ${line}`),
    ),
    '',
    ...topicTable(cluster, style),
    ...(assumptions.length === 0 ? [] : ['', heading('Not in the files, so assumed')]),
    ...assumptionTable(cluster, style),
    ...(warnings.length === 0 ? [] : ['', heading('Warnings')]),
    ...bullets(warnings, style.width),
    ...clients,
    ...(standing.length === 0 ? [] : ['', heading('Where its partitions stand')]),
    ...bullets(standing, style.width),
    '',
    heading('What it survives, by counting'),
    ...bullets(arithmeticSentences(cluster), style.width),
    ...(played.length === 0
      ? []
      : ['', heading('What it survives, played on the metadata quorum')]),
    ...bullets(played, style.width),
    ...(mistakes.length === 0 ? [] : ['', heading('Known mistakes of its metadata quorum')]),
    ...bullets(mistakes, style.width),
  ];
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

function starOf({ origin }: Setting<unknown>): string {
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
