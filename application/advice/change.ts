import type {
  ClusterDescription,
  Setting,
  TopicDurability,
} from '../../models/kafkaConfig/clusterDescription.ts';

/** How dear a change is, the cheapest first. */
export const efforts = [
  'a setting',
  'copies',
  'an upgrade',
  'nodes',
  'throughput',
  'sites',
] as const;

/** One kind of effort. */
type Effort = (typeof efforts)[number];

/** One line of what an operator has written, as it is to be. */
export interface WantedProperty {
  /** Of Kafka, as `min.insync.replicas`. */
  readonly property: string;
  readonly value: string;
  /** Whose files are to have it; that of a topic where it is set for one alone. */
  readonly of: 'brokers' | 'controllers' | { readonly topic: string };
}

/** Something that can be changed of a cluster, and the cluster as it is then. */
export interface Change {
  /** A few words: "min.insync.replicas=2". */
  readonly title: string;
  readonly effort: Effort;
  /** What it costs, a sentence without its subject. */
  readonly costs: string;
  readonly wanted: readonly WantedProperty[];
  readonly changed: ClusterDescription;
}

/** A setting with another value, as if a file said so. */
export function said<T>(value: T): Setting<T> {
  return { value, origin: 'file', where: 'advice' };
}

/** A cluster with its topics changed, Kafka's own as well. */
export function withTopics(
  cluster: ClusterDescription,
  change: (topic: TopicDurability) => TopicDurability,
): ClusterDescription {
  return {
    ...cluster,
    topics: cluster.topics.map(change),
    internalTopics: cluster.internalTopics.map(change),
  };
}
