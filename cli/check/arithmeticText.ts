import { listed } from '../../application/check/listed.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { neededBy } from '../../models/kafkaConfig/internalTopics.ts';
import {
  type DataArithmetic,
  dataArithmetic,
  metadataArithmetic,
  type NodeFailure,
  oneNodeFailure,
  usableTopics,
} from '../../models/kafkaConfig/quorumArithmetic.ts';
import { rackSentences } from './rackText.ts';

/** What counting alone says about both planes of a cluster, one sentence a line. */
export function arithmeticSentences(cluster: ClusterDescription): string[] {
  return [
    metadataSentence(cluster),
    ...unusableSentences(cluster),
    ...dataSentences(cluster),
    ...singleCopySentences(cluster),
    ...oneNodeFailure(cluster).map(failure => failureSentence(failure, cluster)),
    ...rackSentences(cluster),
    limitsSentence(cluster),
  ];
}

/** Topics that are not counted, and why is among the warnings. */
function unusableSentences({ topics, internalTopics }: ClusterDescription): string[] {
  const unusable = [...topics, ...internalTopics].filter(each => each.unusable !== undefined);
  if (unusable.length === 0) return [];
  const stops = unusable.flatMap(each => each.unusable?.stops ?? []);
  const without = stops.length === 0 ? '' : ` There is no ${inWords(stops)}.`;
  const names = listed(unusable.map(({ topic }) => topic));
  return [`Neither counted nor explored: ${names}, as the warnings say.${without}`];
}

/** "consumer group, transaction and share group". */
function inWords(words: readonly string[]): string {
  const [last = '', ...before] = [...words].reverse();
  return before.length === 0 ? last : `${[...before].reverse().join(', ')} and no ${last}`;
}

/** Of Kafka's own topics a single copy stops part of its clients with each broker. */
function singleCopySentences({ internalTopics, brokers }: ClusterDescription): string[] {
  if (brokers < 2) return [];
  return internalTopics.flatMap(({ topic, replicationFactor, unusable }) => {
    const needs = neededBy(topic);
    if (replicationFactor.value !== 1 || needs === undefined) return [];
    if (unusable?.kind === 'cannot be created') return [];
    const clients = needs === 'tiered storage' ? 'tiered segments' : `${needs}s`;
    return [
      `${topic} has one copy: with one of the ${brokers} brokers down, ${shareOf(brokers)} of the ` +
        `${clients} have no coordinator until it is back.`,
    ];
  });
}

function shareOf(brokers: number): string {
  return { 2: 'half', 3: 'a third', 4: 'a quarter' }[brokers] ?? `one in ${brokers}`;
}

/** Of a KRaft quorum more is said where it is played. */
function limitsSentence({ mode, controllers, brokers }: ClusterDescription): string {
  if (brokers === 0) return 'Counted of controllers alone: no file describes a broker.';
  const detected = 'Counted for failures that are detected, with every other replica in sync.';
  if (mode === 'kraft' && controllers !== undefined) {
    return `${detected} Without a majority of the metadata plane nothing is detected; see below.`;
  }
  return (
    `${detected} Without a majority of the metadata plane nothing is detected: no election, no ` +
    'change of an ISR, and acks=all writes hang until they time out.'
  );
}

function metadataSentence(cluster: ClusterDescription): string {
  const isKraft = cluster.mode === 'kraft';
  const member = isKraft ? 'voter' : 'ZooKeeper server';
  const metadata = metadataArithmetic(cluster);
  if (metadata === undefined) {
    return `Metadata: no file says how many ${member}s there are, so nothing is claimed of them.`;
  }
  const { members, majority, survives } = metadata;
  const may = survives === 0 ? 'none may fail' : `${survives} may fail, whichever`;
  return (
    `Metadata: ${members} ${member}${members === 1 ? '' : 's'}, of which ${majority} must be ` +
    `alive to elect leaders and change an ISR: ${may}.`
  );
}

/** Topics with the same numbers share a sentence. */
function dataSentences(cluster: ClusterDescription): string[] {
  const sentences = new Map<string, string[]>();
  for (const topic of usableTopics(cluster).map(dataArithmetic)) {
    const sentence = dataSentence(topic, quorumLeft(cluster));
    const topics = sentences.get(sentence);
    if (topics === undefined) sentences.set(sentence, [topic.topic]);
    else topics.push(topic.topic);
  }
  return [...sentences].map(([sentence, topics]) => `${listed(topics)}: ${sentence}`);
}

function dataSentence(data: DataArithmetic, most: number): string {
  const { replicationFactor, writesSurvive, readsSurvive, copiesWhenAcknowledged } = data;
  const copies = `An acknowledged record is on ${brokers(copiesWhenAcknowledged)} at least.`;
  if (replicationFactor === 1) {
    return `one copy: while its broker is down there are neither writes nor reads. ${copies}`;
  }
  const writes = brokers(writesSurvive);
  const writesGoOn =
    writesSurvive > most
      ? `acks=all writes go on with ${brokers(most)} failed, and hang with ${writes}`
      : `acks=all writes go on with ${writes} failed`;
  const only = readsSurvive > most ? ' where the survivor led already' : '';
  const gone =
    only === '' ? '' : ` With more than ${most} failed the quorum is gone: nobody is elected.`;
  return `${replicationFactor} copies: ${writesGoOn}, reads with ${brokers(readsSurvive)}${only}.${gone} ${copies}`;
}

/** The most failed brokers that leave a majority of voters, where every broker is a voter. */
function quorumLeft(cluster: ClusterDescription): number {
  if (cluster.placement !== 'combined') return Number.POSITIVE_INFINITY;
  return metadataArithmetic(cluster)?.survives ?? Number.POSITIVE_INFINITY;
}

function brokers(count: number): string {
  if (count === 0) return 'no broker';
  return count === 1 ? '1 broker' : `${count} brokers`;
}

function failureSentence(failure: NodeFailure, cluster: ClusterDescription): string {
  const { mode } = cluster;
  const { nodes, takesVoter, takesReplicas, metadataSurvives } = failure;
  const kind = takesVoter && takesReplicas ? 'combined node' : takesVoter ? 'controller' : 'broker';
  const which = nodes === 1 ? `the only ${kind}` : `one of the ${nodes} ${kind}s`;
  const takes =
    takesVoter && takesReplicas
      ? 'takes a vote and its replicas at once'
      : takesVoter
        ? 'takes a vote, no replica'
        : 'takes its replicas, no vote';
  return `If ${which} fails, it ${takes}: ${[
    ...(takesVoter || mode === 'zookeeper' ? [metadataLeft(metadataSurvives)] : []),
    ...(takesReplicas ? writesLeft(failure, cluster) : []),
  ].join('; ')}.`;
}

function metadataLeft(survives: boolean | undefined): string {
  if (survives === undefined) return 'whether the metadata plane survives is not known';
  return survives ? 'the metadata plane goes on' : 'the metadata plane stops';
}

function writesLeft({ writesStop, readsStop }: NodeFailure, cluster: ClusterDescription): string[] {
  if (usableTopics(cluster).length === 0) return ['there is no topic that can be used'];
  if (writesStop.length === 0) return ['acks=all writes and reads go on everywhere'];
  const reads = readsStop.length === 0 ? 'reads go on' : `so do reads of ${listed(readsStop)}`;
  return [`acks=all writes stop where it held a replica of ${listed(writesStop)}`, reads];
}
