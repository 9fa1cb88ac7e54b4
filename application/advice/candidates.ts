import { newestRelease } from '../../models/description/release.ts';
import {
  AUTO_CREATED_TOPICS,
  type ClusterDescription,
  type ClusterNode,
  type TopicDurability,
} from '../../models/kafkaConfig/clusterDescription.ts';
import { propertiesOfInternal } from '../../models/kafkaConfig/internalTopics.ts';
import { versionOf } from '../../models/kafkaConfig/kafkaVersion.ts';
import { effectiveMinIsr } from '../../models/kafkaConfig/quorumArithmetic.ts';
import { deciderOf } from '../../models/kafkaConfig/settingSources.ts';
import { type Change, said, type WantedProperty, withTopics } from './change.ts';

/** Copies that are advised: one may be down, and one more may fail before a record is lost. */
const COPIES = 3;
/** The minimum that goes with them. */
const MINIMUM = 2;

const MIN_ISR = 'min.insync.replicas';

/** What could be changed of a cluster; whether it helps is not known before it was explored. */
export function candidatesFor(cluster: ClusterDescription): readonly Change[] {
  const kept = withMinimum(withCopies(cluster));
  return [
    change(cluster, withMinimum(cluster), minimumTexts),
    change(cluster, withoutUnclean(cluster), uncleanTexts),
    change(cluster, withCopies(cluster), copiesTexts),
    change(cluster, kept, { ...copiesTexts, costs: `${copiesTexts.costs}; ${minimumTexts.costs}` }),
    ...upgrades(cluster, kept),
    ...moreVoters(cluster),
    ...moreBrokers(cluster),
    ...thirdSite(cluster),
    // Where there is another broker a second copy is what is meant.
    ...(cluster.brokers === 1 ? [change(cluster, withFlush(cluster), flushTexts)] : []),
  ].filter(
    ({ changed, wanted, effort }) =>
      changed !== cluster && (wanted.length > 0 || effort !== 'a setting'),
  );
}

type Texts = Pick<Change, 'effort' | 'costs'>;

const minimumTexts: Texts = {
  effort: 'a setting',
  costs: 'with 2 of 3 copies down acks=all is refused (NotEnoughReplicas)',
};
const uncleanTexts: Texts = {
  effort: 'a setting',
  costs: 'a partition whose replicas in sync are gone stays offline until one is back',
};
const copiesTexts: Texts = {
  effort: 'copies',
  costs: 'disk and network for each copy; topics that exist need kafka-reassign-partitions',
};
const flushTexts: Texts = { effort: 'throughput', costs: 'every record waits for the disk' };

/** A change of settings, named by the lines that it takes. */
function change(before: ClusterDescription, changed: ClusterDescription, texts: Texts): Change {
  const wanted = wantedFor(before, changed);
  const title = wanted
    .map(({ property, value, of }) => `${ownerOf(of)}${property}=${value}`)
    .join(', ');
  return { title, wanted, changed: wanted.length === 0 ? before : changed, ...texts };
}

function ownerOf(of: WantedProperty['of']): string {
  return typeof of === 'string' ? '' : `${of.topic}: `;
}

export function withMinimum(cluster: ClusterDescription): ClusterDescription {
  return withTopics(cluster, topic => {
    if (topic.replicationFactor.value < COPIES || effectiveMinIsr(topic) >= MINIMUM) return topic;
    return { ...topic, minInsyncReplicas: said(MINIMUM) };
  });
}

export function withCopies(cluster: ClusterDescription): ClusterDescription {
  const most = Math.min(COPIES, cluster.brokers);
  return withTopics(cluster, topic => {
    const factor = topic.replicationFactor.value;
    if (factor > cluster.brokers) {
      return { ...topic, replicationFactor: said(most), unusable: undefined };
    }
    if (factor >= most) return topic;
    const refuses = topic.minInsyncReplicas.value > most ? topic.unusable : undefined;
    return { ...topic, replicationFactor: said(most), unusable: refuses };
  });
}

export function withoutUnclean(cluster: ClusterDescription): ClusterDescription {
  return withTopics(cluster, topic =>
    topic.uncleanLeaderElection.value ? { ...topic, uncleanLeaderElection: said(false) } : topic,
  );
}

function withFlush(cluster: ClusterDescription): ClusterDescription {
  return withTopics(cluster, topic => ({ ...topic, flushEveryRecord: said(true) }));
}

function upgrades(cluster: ClusterDescription, kept: ClusterDescription): readonly Change[] {
  const { mode, eligibleLeaderReplicas: elr, version } = cluster;
  if (mode !== 'kraft' || elr.value !== false || version.value === undefined) return [];
  const newest = { version: said(newestRelease), eligibleLeaderReplicas: said(true) };
  const title = `Kafka ${newestRelease} with eligible leader replicas`;
  const costs =
    'an upgrade, then kafka-features.sh upgrade --feature eligible.leader.replicas.version=1';
  const upgraded: Change = {
    ...{ title, effort: 'an upgrade', costs, wanted: [] },
    changed: { ...cluster, ...newest },
  };
  const wanted = wantedFor(cluster, kept);
  if (wanted.length === 0) return [upgraded];
  const settings = change(cluster, kept, copiesTexts).title;
  const both = { ...upgraded, title: `${title}, and ${settings}`, wanted };
  return [upgraded, { ...both, changed: { ...kept, ...newest } }];
}

/** As many voters that one may fail: 2 survive no more than 1 does. */
export function moreVoters(cluster: ClusterDescription): readonly Change[] {
  const { mode, controllers } = cluster;
  if (mode !== 'kraft' || controllers === undefined || controllers > 2) return [];
  const missing = 3 - controllers;
  const costs = `${missing} more node${missing === 1 ? '' : 's'} that vote${missing === 1 ? 's' : ''}`;
  const nodes = [...cluster.nodes, ...added(missing, ['controller'])];
  const changed = { ...cluster, controllers: 3, nodes };
  return [{ title: '3 controllers', effort: 'nodes', costs, wanted: [], changed }];
}

export function moreBrokers(cluster: ClusterDescription): readonly Change[] {
  const { brokers, placement, mode } = cluster;
  if (brokers >= COPIES || brokers === 0) return [];
  const missing = COPIES - brokers;
  const roles: ClusterNode['roles'] =
    placement === 'combined' ? ['broker', 'controller'] : ['broker'];
  const nodes = [...cluster.nodes, ...added(missing, roles)];
  const voters = placement === 'combined' && mode === 'kraft' ? { controllers: COPIES } : {};
  const larger = { ...cluster, ...voters, brokers: COPIES, nodes };
  const changed = withMinimum(withCopies(larger));
  const costs = `${missing} more node${missing === 1 ? '' : 's'}`;
  const title = `${COPIES} brokers, with ${COPIES} copies of which ${MINIMUM} are in sync`;
  return [{ title, effort: 'nodes', costs, wanted: [], changed }];
}

function added(count: number, roles: ClusterNode['roles']): readonly ClusterNode[] {
  return Array.from({ length: count }, (_, index): ClusterNode => {
    const head = { id: undefined, name: `one more ${index + 1}`, described: false };
    return { ...head, roles, rack: undefined, where: 'advice' };
  });
}

/** A third rack for brokers and voters, where two racks can never both hold a majority. */
export function thirdSite(cluster: ClusterDescription): readonly Change[] {
  const racks = [...new Set(cluster.nodes.flatMap(({ rack }) => rack ?? []))];
  if (racks.length !== 2 || cluster.brokers < COPIES) return [];
  const all = [...racks, 'a third one'];
  const counts = { broker: 0, controller: 0 };
  const nodes = cluster.nodes.map(node => {
    const role = node.roles.includes('controller') ? 'controller' : 'broker';
    const rack = all[counts[role]++ % all.length];
    return { ...node, rack };
  });
  const title = 'nodes spread over a third rack, with an odd number of controllers';
  const odd = oddVoters({ ...cluster, nodes });
  return [{ title, effort: 'sites', costs: 'a third site', wanted: [], changed: odd }];
}

/** One voter less where their number is even: it survives the same, and no half is left alone. */
function oddVoters(cluster: ClusterDescription): ClusterDescription {
  const { controllers, nodes } = cluster;
  if (controllers === undefined || controllers % 2 === 1 || controllers < 4) return cluster;
  const last = nodes.findLastIndex(({ roles }) => roles.includes('controller'));
  const fewer = nodes.flatMap((node, index): ClusterNode[] => {
    if (index !== last) return [node];
    const roles = node.roles.filter(role => role !== 'controller');
    return roles.length === 0 ? [] : [{ ...node, roles }];
  });
  return { ...cluster, nodes: fewer, controllers: controllers - 1 };
}

/** The lines that make the topics of one description those of the other. */
function wantedFor(
  before: ClusterDescription,
  after: ClusterDescription,
): readonly WantedProperty[] {
  const old = [...before.topics, ...before.internalTopics];
  const all = [...after.topics, ...after.internalTopics].flatMap((topic, index) => {
    const was = old[index];
    return was === undefined ? [] : wantedOf(was, topic, before);
  });
  const first = (one: WantedProperty): WantedProperty | undefined =>
    all.find(other => keyOf(other) === keyOf(one));
  return all.filter(each => first(each) === each);
}

function keyOf({ property, of }: WantedProperty): string {
  return JSON.stringify([property, of]);
}

function wantedOf(
  was: TopicDurability,
  now: TopicDurability,
  cluster: ClusterDescription,
): readonly WantedProperty[] {
  const internal = propertiesOfInternal(now.topic);
  const isBase = now.topic === AUTO_CREATED_TOPICS;
  const ofTopic = { topic: now.topic };
  // A topic without a minimum of its own has that of every topic.
  const common = cluster.topics.find(({ topic }) => topic === AUTO_CREATED_TOPICS)
    ?.minInsyncReplicas.where;
  const decided = (setting: string): 'brokers' | 'controllers' =>
    deciderOf(setting, { ...factsOf(cluster) }).startsWith('controllers')
      ? 'controllers'
      : 'brokers';
  const line = (property: string, value: unknown, own: string | undefined): WantedProperty => {
    if (own !== undefined) return { property: own, value: String(value), of: 'brokers' };
    const inherits =
      isBase ||
      internal !== undefined ||
      (property === MIN_ISR && was.minInsyncReplicas.where === common);
    return { property, value: String(value), of: inherits ? decided(property) : ofTopic };
  };
  const factor = isBase ? 'default.replication.factor' : 'replicas';
  return [
    ...(was.replicationFactor.value === now.replicationFactor.value
      ? []
      : [line(factor, now.replicationFactor.value, internal?.factor)]),
    ...(was.minInsyncReplicas.value === now.minInsyncReplicas.value
      ? []
      : [line(MIN_ISR, now.minInsyncReplicas.value, internal?.minimum)]),
    ...(was.uncleanLeaderElection.value === now.uncleanLeaderElection.value
      ? []
      : [line('unclean.leader.election.enable', now.uncleanLeaderElection.value, undefined)]),
    ...(was.flushEveryRecord.value === now.flushEveryRecord.value
      ? []
      : [
          line(isBase || internal ? 'log.flush.interval.messages' : 'flush.messages', 1, undefined),
        ]),
  ];
}

function factsOf({ mode, version, eligibleLeaderReplicas }: ClusterDescription) {
  return {
    mode,
    version: versionOf(version),
    eligibleLeaderReplicas: eligibleLeaderReplicas.value,
  };
}
