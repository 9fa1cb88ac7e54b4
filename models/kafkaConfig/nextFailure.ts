import type { ClusterDescription } from './clusterDescription.ts';
import { type PartitionStanding, partitionStandings } from './partitionStandings.ts';
import { takesWrites } from './partitionState.ts';
import { majorityOf } from './quorumArithmetic.ts';
import { silentVoters } from './quorumState.ts';

/** What the failure of one more broker takes from a running cluster, as it stands; partitions as `orders-0`. */
export interface NextFailure {
  readonly broker: number;
  /** Those that have a leader now, and then none of the ISR is left. */
  readonly offline: readonly string[];
  /** Those of them of which nobody else is eligible: what it loses with its power or its disk is lost. */
  readonly alone: readonly string[];
  /** Those of them in which a replica out of sync may lead then, for unclean election is on. */
  readonly unclean: readonly string[];
  /** Those that take acks=all writes now and refuse them then. */
  readonly stopped: readonly string[];
  /** Whether the metadata quorum stops with it. */
  readonly stopsQuorum: boolean;
}

/**
 * What each broker takes that is in the ISR of a partition with a leader, in the order of their ids; none where nobody
 * told where partitions stand. By counting: of the ISR that is left one is elected, and acks=all needs as many as the
 * minimum.
 *
 * Source: `PartitionChangeBuilder` (elections), `Partition.appendRecordsToLeader`; KIP-966 for eligible replicas.
 */
export function nextFailures(
  cluster: Pick<
    ClusterDescription,
    'partitions' | 'topics' | 'internalTopics' | 'mode' | 'version' | 'quorumState'
  >,
): readonly NextFailure[] {
  const led = partitionStandings(cluster).filter(({ state }) => state.leader !== undefined);
  const brokers = [...new Set(led.flatMap(({ state }) => state.isr))].sort((a, b) => a - b);
  return brokers.map(broker => {
    const own = led.filter(({ state }) => state.isr.includes(broker));
    const last = own.filter(({ state }) => state.isr.length === 1);
    const fewer = own.filter(({ state, standing, minimum }) => {
      return takesWrites(standing) && state.isr.length > 1 && state.isr.length - 1 < minimum;
    });
    return {
      broker,
      offline: last.map(nameOf),
      alone: last.filter(({ state }) => state.elr.length === 0).map(nameOf),
      unclean: last
        .filter(({ state, electsUncleanly }) => electsUncleanly && state.replicas.length > 1)
        .map(nameOf),
      stopped: fewer.map(nameOf),
      stopsQuorum: isNeededVoter(broker, cluster.quorumState),
    };
  });
}

function nameOf({ state }: PartitionStanding): string {
  return `${state.topic}-${state.partition}`;
}

function isNeededVoter(broker: number, state: ClusterDescription['quorumState']): boolean {
  if (state === undefined || state.voters.every(({ id }) => id !== broker)) return false;
  const silent = silentVoters(state);
  if (silent.some(({ id }) => id === broker)) return false;
  return state.voters.length - silent.length - 1 < majorityOf(state.voters.length);
}
