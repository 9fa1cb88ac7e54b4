import type { Release } from '../description/release.ts';
import { isBefore } from './kafkaVersion.ts';

/** Whose value of a setting is in force. */
export type Decider =
  /** Each broker for itself: that which leads, or receives the request. */
  | 'brokers'
  /** The active controller, by its own file. */
  | 'controllers'
  /** The active controller at formatting, whose file became a dynamic default of the whole cluster. */
  | 'controllers, at formatting'
  /** Nobody: the setting has no effect. */
  | 'nobody';

/** What decides where a setting comes from. */
export interface ClusterFacts {
  readonly mode: 'kraft' | 'zookeeper';
  readonly version: Release | undefined;
  /** Whether eligible leader replicas are on; undefined where the version is not known. */
  readonly eligibleLeaderReplicas: boolean | undefined;
}

/** One row of the table. */
interface SettingSource {
  readonly setting: string;
  /** For which clusters, in words. */
  readonly where: string;
  readonly applies: (facts: ClusterFacts) => boolean;
  readonly decidedBy: Decider;
  readonly source: string;
}

const always = (): boolean => true;
const isKraft = ({ mode }: ClusterFacts): boolean => mode === 'kraft';

/** Setting for topics that are created without a replication factor of their own. */
export const CREATED_FACTOR = 'default.replication.factor, topics created without a factor';

/**
 * Where each setting of a topic comes from that has none of its own: the first row that applies. A topic's
 * own configuration wins over all of them.
 */
export const settingSources: readonly SettingSource[] = [
  {
    setting: 'min.insync.replicas',
    where: 'eligible leader replicas on (new clusters from 4.1)',
    applies: facts => isKraft(facts) && facts.eligibleLeaderReplicas === true,
    decidedBy: 'controllers, at formatting',
    source: 'ActivationRecordsGenerator, KAFKA-16540',
  },
  {
    setting: 'min.insync.replicas',
    where: 'all others',
    applies: always,
    decidedBy: 'brokers',
    source: 'Partition.appendRecordsToLeader: the configuration of the log of the leader',
  },
  {
    setting: 'default.replication.factor',
    where: 'topics created automatically',
    applies: always,
    decidedBy: 'brokers',
    source: 'AutoTopicCreationManager.creatableTopic: the broker that was asked',
  },
  {
    setting: CREATED_FACTOR,
    where: 'KRaft',
    applies: isKraft,
    decidedBy: 'controllers',
    source: 'ReplicationControlManager.createTopic, KIP-1211',
  },
  {
    setting: CREATED_FACTOR,
    where: 'ZooKeeper',
    applies: always,
    decidedBy: 'brokers',
    source: 'ZkAdminManager.createTopics: the controller is a broker',
  },
  {
    setting: 'unclean.leader.election.enable',
    where: 'KRaft before 3.9',
    applies: facts => isKraft(facts) && isBefore(facts.version, 3, 9),
    decidedBy: 'nobody',
    source: 'KAFKA-12670',
  },
  {
    setting: 'unclean.leader.election.enable',
    where: 'KRaft from 3.9',
    applies: isKraft,
    decidedBy: 'controllers',
    source: 'ConfigurationControlManager.uncleanLeaderElectionEnabledForTopic',
  },
  {
    setting: 'unclean.leader.election.enable',
    where: 'ZooKeeper',
    applies: always,
    decidedBy: 'brokers',
    source: 'PartitionStateMachine: the controller is a broker',
  },
  {
    setting: 'log.flush.interval.messages',
    where: 'all',
    applies: always,
    decidedBy: 'brokers',
    source: 'UnifiedLog.append: each replica for itself',
  },
  {
    setting: 'factors and minimums of internal topics',
    where: 'all',
    applies: always,
    decidedBy: 'brokers',
    source: 'AutoTopicCreationManager.creatableTopic: the broker that was asked',
  },
];

/** Whose value of a setting is in force in a cluster. */
export function deciderOf(setting: string, facts: ClusterFacts): Decider {
  const row = settingSources.find(each => each.setting === setting && each.applies(facts));
  return row?.decidedBy ?? 'brokers';
}
