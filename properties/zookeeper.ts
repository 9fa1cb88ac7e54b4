import { type AnyProperty, anyProperties } from '../checker/model/property.ts';
import { type AnyTemporalProperty, anyTemporal } from '../checker/model/temporal.ts';
import {
  partitionBoundsOf,
  partitionConfigOf,
  type ZooKeeperBounds,
  type ZooKeeperConfig,
} from '../models/zookeeper/config.ts';
import { partitionPart } from '../models/zookeeper/recorders.ts';
import { replicationProperties, replicationTemporal } from './replication.ts';
import {
  brokersObeyTheNewestController,
  controllerEpochGrows,
  isrHasAMember,
  oneControllerInAnEpoch,
  onlyTheControllerWrites,
  requestsReachTheirIncarnation,
  rolesDoNotGoBack,
} from './zookeeper/controllers.ts';
import { zooKeeperGoals } from './zookeeper/goals.ts';
import { aControllerActs } from './zookeeper/progress.ts';
import {
  brokersKnowTheState,
  controllerKnowsTheState,
  deletedTopicsStayDeleted,
  partitionIsLedWhenSettled,
} from './zookeeper/settled.ts';
import { zooKeeperFactsOf } from './zookeeper/zooKeeperScope.ts';

/** What is claimed of the partition here as well, under the same names. */
const ofPartition: readonly string[] = [
  'acknowledged-records-survive',
  'exposed-records-survive',
  'readers-agree',
  'reads-below-high-watermark',
  'one-leader-per-epoch',
  'leaders-were-elected',
  'leader-epoch-grows-with-leader',
  'clean-election-from-isr',
  'isr-within-replicas',
  'isr-members-have-committed-records',
  'isr-joiners-have-high-watermark',
  'maximal-isr-covers-isr',
  'high-watermark-within-maximal-isr',
  'high-watermark-within-log',
  'stale-leader-commits-nothing-alone',
  'logs-agree-below-high-watermark',
  'same-epoch-same-record',
];

/** Brokers delete their replicas one after the other, and the last of them goes on serving until it is told. */
const notWhileDeleting: readonly string[] = ['isr-members-have-committed-records'];

/** What must come about of the partition here as well. */
const progressOfPartition: readonly string[] = ['replicas-come-back', 'producers-are-answered'];

const families = [
  onlyTheControllerWrites,
  oneControllerInAnEpoch,
  controllerEpochGrows,
  brokersObeyTheNewestController,
  requestsReachTheirIncarnation,
  rolesDoNotGoBack,
  isrHasAMember,
  brokersKnowTheState,
  controllerKnowsTheState,
  partitionIsLedWhenSettled,
  deletedTopicsStayDeleted,
] as const;

/**
 * The properties and goals of a cluster with ZooKeeper: those of the partition that do not tell what a KRaft controller
 * does, under their own names, and those of controllers, requests and znodes.
 */
export function zooKeeperProperties(
  config: ZooKeeperConfig,
  bounds: ZooKeeperBounds,
): readonly AnyProperty[] {
  const facts = zooKeeperFactsOf(config, bounds);
  const partition = replicationProperties(partitionConfigOf(config), partitionBoundsOf(bounds));
  return [
    ...partition
      .filter(({ name }) => ofPartition.includes(name))
      .map(property => ({
        ...partitionPart.liftProperty(property),
        ...(bounds.topicDeletions > 0 && notWhileDeleting.includes(property.name)
          ? { notApplicable: 'a topic is deleted broker by broker' }
          : {}),
      })),
    ...anyProperties([...families.map(propertyOf => propertyOf(facts)), ...zooKeeperGoals(facts)]),
  ];
}

/** What must come about at some time. */
export function zooKeeperTemporal(
  config: ZooKeeperConfig,
  bounds: ZooKeeperBounds,
): readonly AnyTemporalProperty[] {
  const facts = zooKeeperFactsOf(config, bounds);
  const partition = replicationTemporal(partitionConfigOf(config), partitionBoundsOf(bounds));
  return [
    ...anyTemporal([aControllerActs(facts)]),
    ...partition
      .filter(({ name }) => progressOfPartition.includes(name))
      .map(property => partitionPart.liftTemporal(property)),
  ];
}
