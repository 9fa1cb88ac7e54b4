import type { RuleTable } from '../../description/ruleTable.ts';
import type { ReplicationRules } from '../rules.ts';

type IsrRules = Pick<
  ReplicationRules,
  | 'isrChange'
  | 'expandNeedsHighWatermark'
  | 'expandNeedsEpochStart'
  | 'expandNeedsFetch'
  | 'forgetsFollowersOnElection'
  | 'fetchNeedsBrokerEpoch'
  | 'judgesFollowerByOneFetch'
  | 'oneIsrChangeAtATime'
  | 'repeatsIsrChange'
  | 'caughtUpFollowerStays'
  | 'checksLeaderOfIsrChange'
  | 'checksPartitionEpochOfIsrChange'
  | 'refusesIneligibleMembers'
  | 'checksBrokerEpochOfMembers'
  | 'shrinkBumpsLeaderEpoch'
>;

/** In-sync replicas, by release. */
export const isrRules: RuleTable<IsrRules> = {
  isrChange: [
    {
      since: '0.10',
      value: 'zookeeper',
      source: 'ReplicationUtils.updateLeaderAndIsr',
      prevents: 'an ISR change by a leader that does not know the newest version of the partition',
    },
    {
      since: '2.7',
      value: 'alterPartition',
      source: 'KIP-497, inter.broker.protocol.version 2.7-IV2',
      prevents: 'that the controller does not know of an ISR change',
    },
  ],
  expandNeedsHighWatermark: [
    {
      since: '0.10',
      value: true,
      source: 'Partition.isFollowerInSync',
      prevents: 'that a replica without a committed record enters the ISR',
    },
  ],
  expandNeedsEpochStart: [
    {
      since: '0.10',
      value: false,
      source: 'Partition.maybeExpandIsr',
      prevents:
        'nothing: the high watermark of a new leader may be below what its predecessor has committed',
      defect: 'joins-isr-below-epoch-start',
      repaired: true,
    },
    {
      since: '2.0.1',
      value: true,
      source: 'KAFKA-7128; Partition.isFollowerInSync',
      prevents:
        'that a replica without a committed record enters the ISR while the high watermark trails',
    },
  ],
  expandNeedsFetch: [
    {
      since: '0.10',
      value: true,
      source: 'Partition.updateFollowerFetchState, maybeExpandIsr',
      prevents: 'that a follower enters the ISR by what it had once',
    },
  ],
  forgetsFollowersOnElection: [
    {
      since: '0.10',
      value: true,
      source: 'Replica.resetReplicaState',
      prevents: 'that fetches of an earlier leadership count',
    },
  ],
  fetchNeedsBrokerEpoch: [
    {
      since: '0.10',
      value: false,
      source: 'KIP-903, motivation',
      prevents: 'nothing: a fetch does not say which incarnation of the broker has sent it',
      defect: 'fetch-of-earlier-incarnation',
    },
    {
      since: '3.5',
      mode: 'kraft',
      value: true,
      source: 'KIP-903; Partition.updateFollowerFetchState',
      prevents: 'that what an earlier incarnation of a follower had counts for a later one',
    },
  ],
  judgesFollowerByOneFetch: [
    {
      since: '0.10',
      value: true,
      source: 'Partition.maybeExpandIsr; Replica.updateFetchStateOrThrow (KAFKA-15221)',
      prevents: 'that a broker enters the ISR for what its earlier incarnation had',
      sometimes:
        'does not hold in 3.5 and 3.6 where the next incarnation fetches between two looks at the earlier one',
    },
  ],
  oneIsrChangeAtATime: [
    {
      since: '0.10',
      value: true,
      source:
        'Partition.maybeExpandIsr; KAFKA-12686 (2.7 and 2.8 forget it, and the request is refused)',
      prevents: 'that a leader forgets an ISR change which the controller may have accepted',
    },
  ],
  repeatsIsrChange: [
    {
      since: '0.10',
      value: true,
      source: 'KAFKA-14144; DefaultAlterPartitionManager',
      prevents: 'a leader that waits for ever for the answer to an ISR change',
    },
  ],
  caughtUpFollowerStays: [
    {
      since: '0.10',
      value: false,
      source: 'Replica.lastCaughtUpTimeMs',
      prevents:
        'nothing: a follower at the end of the log that reads nothing new counts as lagging',
      defect: 'caught-up-follower-removed',
      repaired: true,
    },
    {
      since: '0.10.2',
      value: true,
      source: 'KAFKA-4485; Replica.isCaughtUp',
      prevents: 'that the last one with every record leaves the ISR',
    },
  ],
  checksLeaderOfIsrChange: [
    {
      since: '0.10',
      value: true,
      source: 'KAFKA-1382, KIP-497; ReplicationControlManager.validateAlterPartitionData',
      prevents: 'ISR changes by a broker that does not lead any more',
    },
  ],
  checksPartitionEpochOfIsrChange: [
    {
      since: '0.10',
      value: true,
      source: 'KIP-497; ReplicationControlManager.validateAlterPartitionData',
      prevents: 'ISR changes that were built on an older ISR',
    },
  ],
  refusesIneligibleMembers: [
    {
      since: '0.10',
      value: false,
      source: 'KIP-841, motivation',
      prevents: 'nothing: a broker that has just been fenced, or stops, may enter the ISR',
      defect: 'fenced-broker-joins-isr',
    },
    {
      since: '3.3',
      value: true,
      source: 'KIP-841, KAFKA-13916',
      prevents: 'that a broker enters the ISR which is fenced or about to stop',
    },
  ],
  checksBrokerEpochOfMembers: [
    {
      since: '0.10',
      value: false,
      source: 'KIP-903, motivation',
      prevents: 'nothing: a member may have been replaced by another incarnation, with less',
      defect: 'earlier-incarnation-joins-isr',
    },
    {
      since: '3.5',
      mode: 'kraft',
      value: true,
      source: 'KIP-903, KAFKA-14139',
      prevents: 'that a broker enters the ISR for what its earlier incarnation had',
    },
  ],
  shrinkBumpsLeaderEpoch: [
    {
      since: '0.10',
      value: true,
      source: 'KAFKA-15021; PartitionChangeBuilder.triggerLeaderEpochBumpForShrinkIfNeeded',
      prevents: 'that a leader waits for a follower which it has not heard to have left',
    },
    {
      since: '3.6',
      value: false,
      source: 'KAFKA-15021, metadata.version 3.6-IV0',
      prevents: 'that every shrink makes all followers start anew',
    },
  ],
};
