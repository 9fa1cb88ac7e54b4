import type { ScopePlan } from '../../models/description/mainJob.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { survival } from '../../models/replication/eventPairs.ts';
import { leaderScopes, mayShrinkToOne, showsLastReplica } from './clusterScopes.ts';
import type { Profile } from './profiles.ts';

/** With so many replicas and more, nothing larger than one failure in sync is explored first. */
const MANY_REPLICAS = 4;
/** Where a search of them gives up: some three seconds. */
const MOST_STATES = 30_000;
/** The same where a loss is expected, and the search ends there. */
const MOST_STATES_OF_STORY = 300_000;

/** The names of the scopes that answer what a failure costs, in the first answer and in the whole one. */
export const failureScopes = {
  node: 'process crashes',
  power: 'one power loss',
  last: 'last replica standing',
  unclean: 'unclean election',
} as const;

/**
 * What the first answer takes of a profile: whether records survive the crash of a node, the loss of its power, and
 * that of the last replica in sync. It asks about one record and of nothing else, so that it takes seconds.
 */
export function firstScopes(profile: Profile, cluster: ClusterDescription): readonly ScopePlan[] {
  const { config } = profile;
  const { brokers, flushEveryRecord, uncleanLeaderElection } = config;
  const planOf = (name: string, bounds: ScopePlan['bounds'], maxStates: number): ScopePlan => {
    const asked = {
      name,
      config: { ...config },
      bounds: { records: 1, ...bounds },
      asks: survival,
    };
    return { ...asked, engine: 'exhaustive', maxStates };
  };
  const most = brokers < MANY_REPLICAS ? MOST_STATES_OF_STORY : MOST_STATES;
  const isrShrinks = 1;
  return [
    planOf(failureScopes.node, { crashes: brokers === 1 ? 2 : 1 }, most),
    ...(flushEveryRecord ? [] : [planOf(failureScopes.power, { powerLosses: 1 }, most)]),
    ...(showsLastReplica(profile, cluster)
      ? [planOf(failureScopes.last, { powerLosses: 1, isrShrinks }, MOST_STATES_OF_STORY)]
      : []),
    ...(uncleanLeaderElection && mayShrinkToOne(config)
      ? [planOf(failureScopes.unclean, { crashes: 1, isrShrinks }, MOST_STATES_OF_STORY)]
      : []),
    ...leaderScopes(profile, cluster),
  ];
}
