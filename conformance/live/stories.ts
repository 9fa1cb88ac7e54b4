import {
  elr,
  elrWhileOffline,
  minIsrRaised,
  removedReplicaElected,
} from './stories/eligibleLeaders.ts';
import { groupRejoins } from './stories/groupRejoins.ts';
import { classicGroup, consumerGroup } from './stories/groups.ts';
import {
  acks1,
  lastReplicaStanding,
  minIsr2,
  powerLoss,
  uncleanElection,
  zombie,
} from './stories/losses.ts';
import { skippedEpoch } from './stories/metadata.ts';
import { lostAnswer, renumberedWhileUndecided, secondBatchFirst } from './stories/producers.ts';
import { quorumLoss, votersNotRead } from './stories/quorum.ts';
import {
  logOfNewTopicDeleted,
  startOfDeletedTopic39,
  startOfDeletedTopicKept,
} from './stories/recreatedTopic.ts';
import { resignsUncounted } from './stories/resignation.ts';
import { decisionNotCommitted } from './stories/transactions.ts';
import { zooKeeperFailover } from './stories/zooKeeper.ts';
import type { Story } from './story.ts';

/** Every story, the quick ones first. */
export const stories: readonly Story[] = [
  ...[acks1, uncleanElection, lastReplicaStanding, minIsr2, powerLoss, zombie],
  ...[elr, elrWhileOffline, minIsrRaised, skippedEpoch, votersNotRead, quorumLoss],
  ...[zooKeeperFailover, removedReplicaElected, resignsUncounted],
  ...[lostAnswer, secondBatchFirst, renumberedWhileUndecided, classicGroup, consumerGroup],
  ...[decisionNotCommitted, groupRejoins],
  ...[startOfDeletedTopicKept, logOfNewTopicDeleted, startOfDeletedTopic39],
];
