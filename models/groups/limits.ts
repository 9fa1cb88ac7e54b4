import type { GroupsBounds } from './config.ts';

/** How large the numbers of a scope can become. */
export interface Limits {
  readonly leaderEpoch: number;
  readonly generation: number;
  /** The most batches that the log of the coordinator can have, once what is superseded is taken out. */
  readonly logIndex: number;
}

/** How many there are of each. */
interface Counts {
  readonly member: { readonly count: number };
  readonly partition: { readonly count: number };
}

/** @returns upper limits; a state that went beyond one would be an error that names the field. */
export function limitsOf({ member, partition }: Counts, bounds: GroupsBounds): Limits {
  const failovers = bounds.failovers + bounds.lateResignations + bounds.uncleanFailovers;
  const departures = bounds.crashes + bounds.leaves + bounds.missedSessions + bounds.slowPolls;
  // Whoever joins or goes may begin a rebalance, and a failover may lose one; a cooperative one has two rounds.
  const rebalances = 2 * (member.count + 2 * departures + member.count * failovers + 1);
  return {
    leaderEpoch: failovers,
    generation: rebalances + departures,
    // What is not committed yet: an assignment for each rebalance, and a commit of each process.
    logIndex: 1 + partition.count + rebalances + member.count + departures + bounds.offsetExpiries,
  };
}
