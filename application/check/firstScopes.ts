import type { ScopePlan } from '../../models/description/mainJob.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { hostFailures, rackFailures } from '../../models/kafkaConfig/rackArithmetic.ts';
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
  together: 'copies that lose power together',
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
    ...(flushEveryRecord
      ? []
      : [
          {
            ...planOf(failureScopes.power, { powerLosses: 1 }, most),
            // Of fewer replicas the search is quick, and finds a shortest story.
            ...(brokers < MANY_REPLICAS ? {} : { tryFirst: unnoticedBounce(brokers, 1) }),
          },
        ]),
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
    ...togetherScopes(profile, cluster).map(({ copies, steps }) => ({
      ...planOf(failureScopes.together, { powerLosses: copies }, 1),
      tryFirst: steps,
    })),
    ...leaderScopes(profile, cluster),
  ];
}

/**
 * What is tried where a rack or a machine holds several copies of a partition: they lose power at once, which in a
 * model whose steps follow each other is one after the other, with nothing between. Steps that cannot be taken by
 * the rules of the release say nothing, and no search is made, for one with so many failures takes minutes.
 */
function togetherScopes(
  { config: { brokers, flushEveryRecord }, topics }: Profile,
  cluster: ClusterDescription,
): readonly { readonly copies: number; readonly steps: readonly string[] }[] {
  const [name] = topics;
  const groups = [...rackFailures(cluster), ...hostFailures(cluster)];
  const left = groups.flatMap(group => group.topics.filter(({ topic }) => topic === name));
  const fewest = Math.min(...left.map(({ replicasLeft }) => replicasLeft));
  const copies = Math.min(brokers, brokers - fewest);
  if (flushEveryRecord || left.length === 0 || copies < 2) return [];
  return [{ copies, steps: unnoticedBounce(brokers, copies) }];
}

/**
 * All replicas have a record, so many of them lose power at once, the leader first, and it is back before anybody has
 * noticed: it leads on, and has nothing.
 */
function unnoticedBounce(replicas: number, copies: number): readonly string[] {
  const ids = Array.from({ length: replicas }, (_, index) => `broker-${index + 1}`);
  const leader = 'broker-1';
  const fetched = ids
    .slice(1)
    .flatMap(follower => [
      `fetch(follower=${follower}, leader=${leader})`,
      `receiveFetchResponse(follower=${follower}, leader=${leader})`,
      `fetch(follower=${follower}, leader=${leader})`,
    ]);
  return [
    `produce(leader=${leader}, acks=all)`,
    ...fetched,
    ...ids.slice(0, copies).map(broker => `losePower(broker=${broker}, kept=0)`),
    ...[`restart(broker=${leader})`, `register(broker=${leader})`],
    ...[`receiveRegistrationAnswer(broker=${leader})`, `unfence(broker=${leader})`],
  ];
}
