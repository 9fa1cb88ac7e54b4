import type { ScopePlan } from '../../models/description/mainJob.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { largeScope, type ReplicationConfig } from '../../models/replication/config.ts';
import { survival } from '../../models/replication/eventPairs.ts';
import { releaseMistakes } from './knownMistakes.ts';
import { MOST_STATES_OF_STORY, mistakeScope } from './mistakeScope.ts';
import type { Profile } from './profiles.ts';

/** With so many replicas and more, a scope that can be covered in seconds is very small. */
const MANY_REPLICAS = 4;
/** What many replicas may cost; a scope that needs more is reported as not covered. */
const MOST_STATES = 300_000;

/** What is explored for one profile, and what is not. */
export interface ClusterScopes {
  readonly plans: readonly ScopePlan[];
  /** One sentence each. */
  readonly notExplored: readonly string[];
}

/**
 * Chooses scopes that can be covered in seconds and say what the profile's records survive.
 *
 * @param isBounded whether somebody else chooses what happens in them
 */
export function clusterScopes(
  profile: Profile,
  cluster: ClusterDescription,
  isBounded = false,
): ClusterScopes {
  const { config, isInternal } = profile;
  const { brokers, flushEveryRecord } = config;
  const records = brokers >= MANY_REPLICAS || isInternal ? 1 : 2;
  const limit = brokers < MANY_REPLICAS ? {} : { maxStates: MOST_STATES };
  const common = { config: { ...config } };
  const covering = (name: string, bounds: ScopePlan['bounds']): ScopePlan => {
    return { ...common, name, bounds, engine: 'exhaustive', ...limit };
  };
  const showing = (name: string, fault: ScopePlan['bounds']): ScopePlan => {
    const bounds = { ...fault, isrShrinks: brokers - 1 };
    return { ...covering(name, bounds), maxStates: MOST_STATES_OF_STORY, asks: survival };
  };
  return {
    plans: [
      covering('process crashes', { records, crashes: brokers === 1 ? 2 : 1 }),
      ...(flushEveryRecord ? [] : [covering('one power loss', { records, powerLosses: 1 })]),
      ...(brokers < MANY_REPLICAS ? [covering('network partition', { partitions: 1 })] : []),
      ...(showsLastReplica(profile, cluster)
        ? [showing('last replica standing', { powerLosses: 1 })]
        : []),
      ...(config.uncleanLeaderElection && mayShrinkToOne(config)
        ? [showing('unclean election', { crashes: 1 })]
        : []),
      ...leaderScopes(profile, cluster),
      ...mistakeScopes(profile),
      {
        ...common,
        name: 'random, no power loss',
        bounds: { ...largeScope },
        engine: 'simulate',
      },
      {
        ...common,
        name: 'in the end',
        bounds: { crashes: 1 },
        // Of many replicas there are too many fair runs even here.
        engine: brokers < MANY_REPLICAS ? 'liveness' : 'settle',
      },
    ],
    notExplored: isBounded ? elrNotes(profile, cluster) : notExplored(profile, cluster),
  };
}

/** A scope for each known mistake of the release. */
function mistakeScopes({ config, isInternal }: Profile): ScopePlan[] {
  if (isInternal || config.brokers === 1 || config.brokers >= MANY_REPLICAS) return [];
  return releaseMistakes(config).map(mistake => mistakeScope(mistake, { ...config }));
}

/** What acks=1 costs, where a client is described that sends so: a record, with the leader's first failure. */
export function leaderScopes(
  { config, isInternal }: Profile,
  { clients }: ClusterDescription,
): ScopePlan[] {
  const isSent = clients.some(({ acks }) => acks?.value === '1');
  if (!isSent || isInternal || config.brokers === 1) return [];
  return [
    {
      name: "a client's acks=1",
      config: { ...config, acks: ['1'] },
      bounds: { records: 1, crashes: 1 },
      engine: 'exhaustive',
      maxStates: MOST_STATES,
      asks: ['leader-acknowledged-records-survive'],
    },
  ];
}

/**
 * Whether a power loss of the last in-sync replica tells the truth about this cluster. Eligible leader
 * replicas prevent what it shows, but not with a minimum of one: then only the last replica itself is
 * eligible, loses that by its unclean restart, and is elected as the last known leader (KIP-966).
 */
export function showsLastReplica({ config }: Profile, cluster: ClusterDescription): boolean {
  if (config.flushEveryRecord || !mayShrinkToOne(config)) return false;
  return config.minInsyncReplicas === 1 || cluster.eligibleLeaderReplicas.value === false;
}

/**
 * Whether a small scope has records that are acknowledged and then on one ISR member only. With three
 * of three needed nobody lags behind an acknowledged record there.
 */
export function mayShrinkToOne({ brokers, minInsyncReplicas }: ReplicationConfig): boolean {
  return brokers === 2 || (brokers === 3 && minInsyncReplicas < brokers);
}

function notExplored(profile: Profile, cluster: ClusterDescription): string[] {
  const { config } = profile;
  if (config.brokers === 1) return config.flushEveryRecord ? [flushed] : [];
  const unclean = config.uncleanLeaderElection && !mayShrinkToOne(config);
  return [
    ...(unclean
      ? ['What unclean election loses after the ISR has shrunk needs a larger scope than these.']
      : []),
    ...(config.flushEveryRecord ? [flushed] : powerNotes(profile, cluster)),
  ];
}

const flushed = 'Every record is flushed when it is written: a power loss is no more than a crash.';

function powerNotes(profile: Profile, cluster: ClusterDescription): string[] {
  const rest = showsLastReplica(profile, cluster)
    ? 'Power loss together with crashes or partitions is not explored here.'
    : 'Power loss together with other faults, or after the ISR has shrunk, is not explored here.';
  return [...elrNotes(profile, cluster), rest];
}

function elrNotes({ config }: Profile, cluster: ClusterDescription): string[] {
  if (cluster.eligibleLeaderReplicas.value !== undefined) return [];
  const effect =
    config.minInsyncReplicas === 1
      ? 'With min.insync.replicas 1 they do not change what is found here.'
      : 'They change the outcome only where power is lost after the ISR has shrunk.';
  return [
    'The cluster may have eligible leader replicas on (KIP-966); the model has them off, so the ' +
      `verdict is for the protocol without them. ${effect}`,
  ];
}
