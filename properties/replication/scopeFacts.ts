import type { NodeType } from '../../checker/state/nodeType.ts';
import type { ReplicationBounds, ReplicationConfig } from '../../models/replication/config.ts';
import { brokersOf, partitionsOf } from '../../models/replication/context.ts';
import type { ReplicationRules } from '../../models/replication/rules.ts';
import { rulesOf } from '../../models/replication/rulesOf.ts';
import { firstOf } from '../notApplicable.ts';

/**
 * What can happen in a scope, by its configuration and bounds: enough to say of a property whether
 * its precondition is met there, and of a goal whether it can be reached.
 */
export interface ScopeFacts {
  readonly broker: NodeType<'broker'>;
  readonly partition: NodeType<'partition'>;
  readonly config: ReplicationConfig;
  readonly bounds: ReplicationBounds;
  /** The rules of the release, without any defect. */
  readonly rules: ReplicationRules;
  /** `min.insync.replicas` as it counts at the start. */
  readonly minIsr: number;
  /** The fewest replicas that reassignments can leave. */
  readonly fewestReplicas: number;
  /** Brokers that may hold a replica, now or after a reassignment. */
  readonly holders: number;
  /** Power losses that can take a record. */
  readonly powerLosses: number;
  /** Stops of a process that leave no proof of a clean shutdown. */
  readonly uncleanStops: number;
  /** Reasons to fence a broker whose process goes on, or which stops cleanly. */
  readonly gentleFencings: number;
  /** Reasons to fence a broker, each good for one fencing. */
  readonly fencings: number;
  /** Whether an election can happen. */
  readonly elections: boolean;
  /** Whether an election outside ISR and ELR is allowed by the topic or an operator. */
  readonly uncleanElectionAllowed: boolean;
  /** Whether a replica can be removed from the ISR. */
  readonly isrRemovals: boolean;
  /** Whether a replica can be fenced while it is about to be added to the ISR. */
  readonly isrRefusals: boolean;
  /** Whether a broker can act as leader after the controller has elected another. */
  readonly staleLeaders: boolean;
}

/** What can happen in a scope. */
export function scopeFactsOf(config: ReplicationConfig, bounds: ReplicationBounds): ScopeFacts {
  const powerLosses = config.flushEveryRecord ? 0 : bounds.powerLosses;
  const uncleanStops = bounds.crashes + powerLosses + bounds.diskLosses;
  const { pauses, missedHeartbeats, partitions, shutdowns, reassignments } = bounds;
  const gentleFencings = pauses + missedHeartbeats + partitions + shutdowns;
  const fencings = uncleanStops + gentleFencings;
  const holders = config.brokers + (reassignments > 0 ? config.spareBrokers : 0);
  const preferred = config.brokers > 1 ? bounds.preferredElections : 0;
  const moved = holders > 1 ? reassignments : 0;
  const outsiders = fencings - 1 + (config.brokers > 1 ? bounds.isrShrinks : 0);
  const joins = outsiders + (config.spareBrokers > 0 ? reassignments : 0);
  return {
    broker: brokersOf(config, bounds),
    partition: partitionsOf(config),
    config,
    bounds,
    rules: rulesOf(config),
    minIsr: Math.min(config.minInsyncReplicas, config.brokers),
    fewestReplicas: Math.max(1, config.brokers - reassignments),
    holders,
    powerLosses,
    uncleanStops,
    gentleFencings,
    fencings,
    elections: fencings + preferred + moved > 0,
    uncleanElectionAllowed: config.uncleanLeaderElection || bounds.uncleanElections > 0,
    isrRemovals: fencings > 0 || (config.brokers > 1 && bounds.isrShrinks > 0),
    isrRefusals: holders > 1 && fencings > 0 && joins > 0,
    staleLeaders: holders > 1 && gentleFencings + preferred + moved > 0,
  };
}

/** Why nothing is said about several replicas, where there is only one. */
export function onlyOneReplica({ holders }: ScopeFacts): string | undefined {
  return holders < 2 ? 'there is only one replica' : undefined;
}

/** Why nothing is said about elections, where there is none. */
export function noElection({ elections }: ScopeFacts): string | undefined {
  return elections ? undefined : 'nothing in this scope moves the leadership';
}

/**
 * Why clean replication does not keep what is committed: a replica outside ISR and ELR may be
 * elected, or an ISR member may lose what it has told its leader to have.
 */
export function committedMayBeLost(facts: ScopeFacts): string | undefined {
  return firstOf(
    facts.uncleanElectionAllowed && 'unclean leader election is allowed',
    facts.powerLosses > 0 && 'a power loss takes records from an ISR member',
    facts.bounds.diskLosses > 0 && 'a disk loss takes records from an ISR member',
  );
}
