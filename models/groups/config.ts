import { expecting } from '../description/expectations.ts';
import { isEarlier, newestRelease, parseRelease, releaseNamed } from '../description/release.ts';

/** How members of a group and its coordinator agree: `group.protocol`. */
export const protocolNames = ['classic', 'consumer'] as const;
type ProtocolName = (typeof protocolNames)[number];

/**
 * Whether members give up all partitions in a rebalance, or only those that others get:
 * `partition.assignment.strategy`.
 */
export const assignorNames = ['eager', 'cooperative'] as const;
type AssignorName = (typeof assignorNames)[number];

/** Whether members have a `group.instance.id`: none, each its own, or all the same by mistake. */
export const instanceNames = ['none', 'own', 'shared'] as const;
type InstanceIds = (typeof instanceNames)[number];

/** What an application does about its offsets, and when; as in `clients`. */
export const commitNames = ['auto', 'handedOver', 'before', 'after', 'async'] as const;
type CommitPattern = (typeof commitNames)[number];

/** Where a member goes on in a partition of which nothing is committed: `auto.offset.reset`. */
export const resetNames = ['earliest', 'latest'] as const;
type ResetPolicy = (typeof resetNames)[number];

/** What of a release is repaired: these known bugs, or all of them. */
export const repairNames = [
  'commit-answered-after-leading',
  'offsets-expire-of-active-group',
  'stale-claims-trusted',
  'polls-while-revoking',
  'all',
] as const;
type RepairName = (typeof repairNames)[number];

/** The first release that is played here. */
const oldestGroups = '1.0';
/** The first one with the cooperative protocol (KIP-429). */
const oldestCooperative = '2.4';
/** The first one with static members (KIP-345). */
const oldestStatic = '2.3';

/** The first one with the consumer protocol (KIP-848; early access since 3.7). */
const oldestConsumer = '4.0';

/** What is read as the release of members and coordinator. */
export const groupsExpected = `a Kafka release from ${oldestGroups} to ${newestRelease}`;

/** The settings of a group. */
export interface GroupsConfig {
  /** Brokers that may be its coordinator. 2 to 3. */
  readonly brokers: number;
  /** Consumers in it. 1 to 3. */
  readonly members: number;
  /** Partitions of the topic that they read. 1 to 3. */
  readonly partitions: number;
  /** The release of members and coordinator. */
  readonly kafka: string;
  /** `group.protocol`. */
  readonly protocol: ProtocolName;
  /** `partition.assignment.strategy`, by what it makes members do. */
  readonly assignor: AssignorName;
  /** `group.instance.id`. */
  readonly instanceIds: InstanceIds;
  /** What a member does about its offsets. */
  readonly commit: CommitPattern;
  /** `auto.offset.reset`. */
  readonly reset: ResetPolicy;
  /** Known bugs of the release that are mended here, so that a search goes on to others. */
  readonly repairs: readonly RepairName[];
}

/** How much of each bounded event the search may use. */
export interface GroupsBounds {
  /** Records in each partition. */
  readonly records: number;
  /** Members whose process dies. */
  readonly crashes: number;
  /** Members that the application closes. */
  readonly leaves: number;
  /** Members that are given up although they live: paused, cut off, or late for a rebalance. */
  readonly missedSessions: number;
  /** Members that leave by themselves while the application processes: `max.poll.interval.ms`. */
  readonly slowPolls: number;
  /** Clean failovers of the coordinator: nothing that is committed is lost. */
  readonly failovers: number;
  /** The same, and the old coordinator does not know it yet. */
  readonly lateResignations: number;
  /** Failovers of the coordinator that lose committed records. */
  readonly uncleanFailovers: number;
  /** Times that a member is sent to a coordinator that was deposed, by a broker that does not know it. */
  readonly staleLookups: number;
  /** Committed offsets that are deleted: `offsets.retention.minutes`. */
  readonly offsetExpiries: number;
}

/** A scope with one record in each partition and nothing else. */
export const quietScope: GroupsBounds = {
  records: 1,
  crashes: 0,
  leaves: 0,
  missedSessions: 0,
  slowPolls: 0,
  failovers: 0,
  lateResignations: 0,
  uncleanFailovers: 0,
  staleLookups: 0,
  offsetExpiries: 0,
};

/** Two members of a current release that read one partition. */
export const defaultConfig: GroupsConfig = {
  brokers: 2,
  members: 2,
  partitions: 1,
  kafka: newestRelease,
  protocol: 'classic',
  assignor: 'eager',
  instanceIds: 'none',
  commit: 'auto',
  reset: 'earliest',
  repairs: [],
};

/** The scope that `explore groups` covers completely: a member dies. */
export const smallScope: GroupsBounds = { ...quietScope, crashes: 1 };

/** The scope that `liveness groups` covers completely. */
export const livenessScope: GroupsBounds = { ...quietScope, crashes: 1 };

/** The scope of random interleavings: too large to cover, large enough to meet rare events. */
export const largeScope: GroupsBounds = {
  ...quietScope,
  records: 3,
  crashes: 2,
  leaves: 1,
  missedSessions: 2,
  slowPolls: 1,
  failovers: 1,
  lateResignations: 1,
};

/** The largest bound of each kind that the state is meant for. */
const LARGEST = 8;

/** A setting or bound that the model cannot take; the message says what was expected. */
export class GroupsConfigError extends Error {
  override readonly name = 'GroupsConfigError';
}

const expect = expecting(GroupsConfigError);

/** Whether a word is a release that the model plays. */
export function isGroupsRelease(word: string): boolean {
  return parseRelease(word) !== undefined && !isBefore(word, oldestGroups);
}

function isBefore(release: string, first: string): boolean {
  return isEarlier(releaseNamed(release), releaseNamed(first));
}

/** @throws GroupsConfigError when a value is outside what the model is meant for. */
export function validateGroups(config: GroupsConfig, bounds: GroupsBounds): void {
  const { kafka, assignor, instanceIds } = config;
  expect.within('brokers', config.brokers, 2, 3);
  expect.within('members', config.members, 1, 3);
  expect.within('partitions', config.partitions, 1, 3);
  expect.valid('kafka', kafka, isGroupsRelease(kafka), groupsExpected);
  expect.oneOf('protocol', config.protocol, protocolNames);
  expect.oneOf('assignor', assignor, assignorNames);
  expect.oneOf('instanceIds', instanceIds, instanceNames);
  expect.oneOf('commit', config.commit, commitNames);
  expect.oneOf('reset', config.reset, resetNames);
  for (const repair of config.repairs) expect.oneOf('repairs', repair, repairNames);
  const hasCooperative = assignor === 'eager' || !isBefore(kafka, oldestCooperative);
  expect.valid('assignor', assignor, hasCooperative, `eager before ${oldestCooperative}`);
  const hasStatic = instanceIds === 'none' || !isBefore(kafka, oldestStatic);
  expect.valid('instanceIds', instanceIds, hasStatic, `none before ${oldestStatic}`);
  if (config.protocol === 'consumer') {
    expect.valid(
      'protocol',
      'consumer',
      !isBefore(kafka, oldestConsumer),
      `classic before ${oldestConsumer}`,
    );
    expect.valid(
      'assignor',
      assignor,
      assignor === 'eager',
      'nothing else with group.protocol=consumer: brokers assign',
    );
    expect.valid(
      'instanceIds',
      instanceIds,
      instanceIds === 'none',
      'none with group.protocol=consumer',
    );
  }
  expect.within('records', bounds.records, 1, LARGEST);
  expect.upTo(bounds, LARGEST);
}
