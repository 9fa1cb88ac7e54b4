import type { Release } from '../description/release.ts';
import type { ClusterNode } from './clusterDescription.ts';
import { type ClusterSource, MOST_NODES } from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { isBefore } from './kafkaVersion.ts';
import { toldBroker, toldBrokerIds } from './toldBrokers.ts';
import type { Topology } from './topology.ts';
import { weakerMode } from './weakerMode.ts';

/** What is known besides the topics. */
export interface KnownBesides {
  /** How many brokers there are, where somebody says so. */
  readonly brokers: number | undefined;
  readonly version: Release | undefined;
}

/**
 * The cluster that topics are of, when no file describes the cluster itself: the brokers that a running cluster names,
 * or as many as the topic with the most replicas has, and a metadata quorum about which nothing is known.
 *
 * @throws ConfigError if a topic has more replicas than a description may have nodes.
 */
export function topologyForTopics(source: ClusterSource, besides: KnownBesides): Topology {
  const told = toldBrokerIds(source.partitions);
  const { count, why } = brokersOf(source, told.length, besides.brokers);
  const isZooKeeper = mayBeZooKeeper(source, besides.version);
  const mode = isZooKeeper ? 'zookeeper' : 'kraft';
  const reason = 'only topics are described; the files of the nodes would say';
  const nodes = Array.from({ length: count }, (_, index) => {
    const id = told[index];
    return id === undefined ? assumedBroker(index, why) : toldBroker(id, source.partitions);
  });
  return {
    mode,
    nodes,
    brokers: count,
    controllers: undefined,
    dynamicVoters: isZooKeeper ? false : undefined,
    placement: isZooKeeper ? 'zookeeper' : 'separate',
    assumptions: [
      { setting: 'number of brokers', value: String(count), why },
      {
        setting: 'mode',
        value: mode,
        why: isBefore(besides.version, 4, 0) ? `${reason}; before 4.0 it may be either` : reason,
      },
      { setting: 'controllers', value: 'unknown, on nodes of their own', why: reason },
    ],
    warnings: [],
  };
}

/** Where files describe clients alone: of the cluster nothing is known. */
export const topologyOfNothing: Topology = {
  mode: 'kraft',
  nodes: [],
  brokers: 0,
  controllers: undefined,
  placement: 'separate',
  dynamicVoters: undefined,
  assumptions: [],
  warnings: [],
};

interface Brokers {
  readonly count: number;
  readonly why: string;
}

function brokersOf(source: ClusterSource, told: number, asked: number | undefined): Brokers {
  const [first, ...others] = source.topics;
  let largest = first;
  for (const topic of others) {
    if ((topic.replicas?.value ?? 1) > (largest?.replicas?.value ?? 1)) largest = topic;
  }
  const most = largest?.replicas?.value ?? 1;
  if (asked !== undefined) {
    if (asked >= told) return { count: asked, why: 'said by --brokers' };
    const expected = `at least the ${told} brokers that partitions are on`;
    throw new ConfigError({ file: '--brokers', place: '', expected, found: String(asked) });
  }
  if (most > MOST_NODES) {
    throw new ConfigError({
      file: largest?.file ?? '',
      place: `${largest?.place ?? ''}.replicas`,
      expected: `at most ${MOST_NODES}, where no file describes the cluster`,
      found: String(most),
    });
  }
  if (told >= most) {
    return {
      count: told,
      why: 'those that have a replica of a described partition; there may be more',
    };
  }
  const because = 'only topics are described; the files of the nodes would say';
  return {
    count: most,
    why: `as many as the replicas of topic ${largest?.name ?? ''}; ${because}`,
  };
}

function mayBeZooKeeper(
  { topics, partitions }: ClusterSource,
  version: Release | undefined,
): boolean {
  // What an operator of Kubernetes creates, and clusters with eligible leader replicas, are KRaft's.
  if (topics.every(({ told, byClient }) => told === undefined && byClient !== true)) return false;
  if (partitions.some(({ elr, lastKnownElr }) => elr.length + lastKnownElr.length > 0))
    return false;
  if (version === undefined) return topics.some(({ told }) => told === 'its own configuration');
  const isUnclean = topics.some(
    ({ properties }) => properties.get('unclean.leader.election.enable')?.text.trim() === 'true',
  );
  return weakerMode({ version, isUnclean }) === 'zookeeper';
}

function assumedBroker(index: number, where: string): ClusterNode {
  return {
    id: undefined,
    name: `broker ${index}`,
    roles: ['broker'],
    described: false,
    rack: undefined,
    where,
  };
}
