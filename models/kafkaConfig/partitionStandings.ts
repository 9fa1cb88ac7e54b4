import type { ClusterDescription, TopicDurability } from './clusterDescription.ts';
import { isBefore, versionOf } from './kafkaVersion.ts';
import {
  type PartitionState,
  type Standing,
  standingOfPartition,
  takesWrites,
} from './partitionState.ts';
import { effectiveMinIsr } from './quorumArithmetic.ts';

/** A partition as the running cluster told it, with what follows from the settings of its topic. */
export interface PartitionStanding {
  readonly state: PartitionState;
  readonly standing: Standing;
  /** The minimum that is in force. */
  readonly minimum: number;
  /** Whether a replica out of sync would be elected. */
  readonly electsUncleanly: boolean;
}

/** Every described partition, in their order. */
export function partitionStandings(
  cluster: Pick<
    ClusterDescription,
    'partitions' | 'topics' | 'internalTopics' | 'mode' | 'version'
  >,
): readonly PartitionStanding[] {
  const topics = new Map(
    [...cluster.topics, ...cluster.internalTopics].map((topic): [string, TopicDurability] => [
      topic.topic,
      topic,
    ]),
  );
  const isHonoured = cluster.mode === 'zookeeper' || !isBefore(versionOf(cluster.version), 3, 9);
  return cluster.partitions.map(state => {
    const topic = topics.get(state.topic);
    const minimum = topic === undefined ? 1 : effectiveMinIsr(topic);
    return {
      state,
      standing: standingOfPartition(state, minimum),
      minimum,
      electsUncleanly: isHonoured && topic?.uncleanLeaderElection.value === true,
    };
  });
}

/** The partitions that take no acks=all writes as they stand: `orders-0`. */
export function stoppedPartitions(
  cluster: Parameters<typeof partitionStandings>[0],
): readonly string[] {
  return partitionStandings(cluster)
    .filter(({ standing }) => !takesWrites(standing))
    .map(({ state }) => `${state.topic}-${state.partition}`);
}
