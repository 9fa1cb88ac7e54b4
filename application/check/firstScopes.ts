import type { ScopePlan } from '../../models/description/mainJob.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { survival } from '../../models/replication/eventPairs.ts';
import { leaderScopes, mayShrinkToOne, showsLastReplica } from './clusterScopes.ts';
import type { Profile } from './profiles.ts';

/** With so many replicas and more, nothing larger than one failure in sync is explored first. */
const MANY_REPLICAS = 4;
/** Where a search of them gives up: it would take minutes, and shows only the shortest losses here. */
const MOST_STATES = 10_000;
/** The same where a loss is expected, and the search ends there. */
const MOST_STATES_OF_STORY = 300_000;

/**
 * A story of three replicas and a minimum of two, without eligible leader replicas: a change of the ISR is under way
 * while the others catch up, and takes effect after the leader has lost its power.
 */
const overtakenShrink = [
  'shrinkIsr(leader=broker-1, follower=none)',
  'produce(leader=broker-1, acks=all)',
  'fetch(follower=broker-2, leader=broker-1)',
  'receiveFetchResponse(follower=broker-2, leader=broker-1)',
  'fetch(follower=broker-2, leader=broker-1)',
  'fetch(follower=broker-3, leader=broker-1)',
  'receiveFetchResponse(follower=broker-3, leader=broker-1)',
  'fetch(follower=broker-3, leader=broker-1)',
  'losePower(broker=broker-1, kept=0)',
  'restart(broker=broker-1)',
  'handleAlterPartition(sender=broker-1)',
  'register(broker=broker-1)',
  'receiveRegistrationAnswer(broker=broker-1)',
  'unfence(broker=broker-1)',
  'replayMetadata(broker=broker-1, records=1)',
];

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
      ? [
          {
            ...planOf(failureScopes.last, { powerLosses: 1, isrShrinks }, MOST_STATES_OF_STORY),
            tryFirst: overtakenShrink,
          },
        ]
      : []),
    ...(uncleanLeaderElection && mayShrinkToOne(config)
      ? [planOf(failureScopes.unclean, { crashes: 1, isrShrinks }, MOST_STATES_OF_STORY)]
      : []),
    ...leaderScopes(profile, cluster),
  ];
}
