import type { NodeType } from '../../checker/state/nodeType.ts';
import type { KraftBounds, KraftConfig } from '../../models/kraft/config.ts';
import { preVotesIn } from '../../models/kraft/config.ts';
import { nodesOf } from '../../models/kraft/context.ts';

/**
 * What can happen in a scope, by its configuration and bounds: enough to say of a property whether
 * it asks anything there, and of a goal whether it can be reached.
 */
export interface KraftFacts {
  readonly node: NodeType<'node'>;
  readonly config: KraftConfig;
  readonly bounds: KraftBounds;
  /** Nodes that ever fetch: an observer has to ask the bootstrap servers for the leader. */
  readonly replicas: number;
  /** Whether an observer can become a voter. */
  readonly observersJoin: boolean;
  /** Whether some node holds elections without pre-votes. */
  readonly standsAtOnce: boolean;
  /** Whether another node can lead after a leader that has committed something. */
  readonly successors: boolean;
  /** Whether a node can lead after a leader that has committed something: another, or the same. */
  readonly laterLeaders: boolean;
}

/** What can happen in a scope; a larger model has names of its own for the nodes. */
export function scopeFactsOf(
  config: KraftConfig,
  bounds: KraftBounds,
  node: NodeType<'node'> = nodesOf(config),
): KraftFacts {
  const { voters, observers, bootstrapFetch, dynamicVoters, kafka } = config;
  const { epochs, crashes, voterChanges } = bounds;
  const fetching = bootstrapFetch ? observers : 0;
  const observersJoin = dynamicVoters && fetching > 0 && voterChanges > 0;
  const standsAtOnce = preVotesIn(kafka) !== 'all';
  const successors = epochs > 1 && hasSuccessors(config, bounds, observersJoin);
  // The only voter comes back resigned, and only in the epoch after may it ask for pre-votes.
  const again = voters === 1 && crashes > 0 && epochs > (standsAtOnce ? 1 : 2);
  return {
    node,
    config,
    bounds,
    replicas: voters + fetching,
    observersJoin,
    standsAtOnce,
    successors,
    laterLeaders: successors || again,
  };
}

/**
 * Whether a leader can be followed by another. Of two voters the one needs the other's vote, and a
 * leader gives no pre-vote: it has to stop leading before.
 */
function hasSuccessors(
  { voters, kafka }: KraftConfig,
  { crashes, resignations, diskLosses, voterChanges }: KraftBounds,
  observersJoin: boolean,
): boolean {
  const standsAtOnce = preVotesIn(kafka) !== 'all';
  if (voters > 2 || (voters > 1 && standsAtOnce)) return true;
  const stops = crashes + resignations + diskLosses > 0;
  if (voters === 2) return stops || voterChanges > 0;
  return observersJoin && (stops || standsAtOnce || voterChanges > 1);
}
