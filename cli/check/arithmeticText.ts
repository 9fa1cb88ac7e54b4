import { listed } from '../../application/check/listed.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import {
  type DataArithmetic,
  dataArithmetic,
  metadataArithmetic,
  type NodeFailure,
  oneNodeFailure,
} from '../../models/kafkaConfig/quorumArithmetic.ts';

/** What counting alone says about both planes of a cluster, one sentence a line. */
export function arithmeticSentences(cluster: ClusterDescription): string[] {
  return [
    metadataSentence(cluster),
    ...dataSentences(cluster),
    ...oneNodeFailure(cluster).map(failure => failureSentence(failure, cluster)),
    limitsSentence(cluster),
  ];
}

/** Of a KRaft quorum more is said where it is played. */
function limitsSentence({ mode, controllers }: ClusterDescription): string {
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
    return `Metadata: no file says how many ${member}s there are, so nothing can be counted.`;
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
  for (const topic of [...cluster.topics, ...cluster.internalTopics].map(dataArithmetic)) {
    const sentence = dataSentence(topic);
    const topics = sentences.get(sentence);
    if (topics === undefined) sentences.set(sentence, [topic.topic]);
    else topics.push(topic.topic);
  }
  return [...sentences].map(([sentence, topics]) => `${listed(topics)}: ${sentence}`);
}

function dataSentence(data: DataArithmetic): string {
  const { replicationFactor, writesSurvive, readsSurvive, copiesWhenAcknowledged } = data;
  const copies = `An acknowledged record is on ${brokers(copiesWhenAcknowledged)} at least.`;
  if (replicationFactor === 1) {
    return `one copy: while its broker is down there are neither writes nor reads. ${copies}`;
  }
  const writes = writesSurvive === 0 ? 'no broker' : brokers(writesSurvive);
  return (
    `${replicationFactor} copies: acks=all writes go on with ${writes} failed, reads with ` +
    `${brokers(readsSurvive)}. ${copies}`
  );
}

function brokers(count: number): string {
  return count === 1 ? '1 broker' : `${count} brokers`;
}

function failureSentence(failure: NodeFailure, { mode }: ClusterDescription): string {
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
    ...(takesReplicas ? writesLeft(failure) : []),
  ].join('; ')}.`;
}

function metadataLeft(survives: boolean | undefined): string {
  if (survives === undefined) return 'whether the metadata plane survives is not known';
  return survives ? 'the metadata plane goes on' : 'the metadata plane stops';
}

function writesLeft({ writesStop, readsStop }: NodeFailure): string[] {
  if (writesStop.length === 0) return ['acks=all writes and reads go on everywhere'];
  const reads = readsStop.length === 0 ? 'reads go on' : `so do reads of ${listed(readsStop)}`;
  return [`acks=all writes stop where it held a replica of ${listed(writesStop)}`, reads];
}
