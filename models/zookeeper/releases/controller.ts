import { always } from '../../description/always.ts';
import { oldestRelease } from '../../description/release.ts';
import type { RuleTable } from '../../description/ruleTable.ts';
import type { ZooKeeperRules } from '../rules.ts';

type ControllerRules = Pick<
  ZooKeeperRules,
  | 'fencesWrites'
  | 'resignsAtExpiry'
  | 'resignsWhenReplaced'
  | 'noticesBounces'
  | 'electsFromNewestState'
  | 'tellsEverybody'
  | 'lastMemberStaysInIsr'
  | 'electsLive'
  | 'bumpsLeaderEpoch'
  | 'watchesBrokersAgain'
  | 'hearsOfController'
  | 'findsOwnController'
  | 'waitsForAllReplicas'
>;

/** What controllers do, by release. */
export const controllerRules: RuleTable<ControllerRules> = {
  fencesWrites: [
    {
      since: oldestRelease,
      value: false,
      source: 'KafkaZkClient.updateLeaderAndIsr (a conditional write of the state znode alone)',
      prevents: 'nothing: a controller that was replaced and does not know it writes',
      defect: 'deposed-controller-writes',
      repaired: true,
    },
    {
      since: '2.1',
      value: true,
      source: 'KAFKA-6082; KafkaZkClient.retryRequestsUntilConnected (check of /controller_epoch)',
      prevents: 'that a controller writes which was replaced',
    },
  ],
  resignsAtExpiry: always(
    true,
    'KAFKA-4447 (0.10.2); KafkaController.processExpire',
    'that a controller acts under a session in which it was not elected',
  ),
  resignsWhenReplaced: always(
    true,
    'KafkaController.maybeResign',
    'that two controllers act for ever',
  ),
  noticesBounces: [
    {
      since: oldestRelease,
      value: false,
      source: 'KAFKA-1120; KafkaController.processBrokerChange (ids alone)',
      prevents: 'nothing: a broker that has restarted between two looks is told nothing',
      defect: 'restart-unnoticed',
      repaired: true,
    },
    {
      since: '2.2',
      value: true,
      source: 'KIP-380, KAFKA-7235; KafkaController.processBrokerChange (czxid)',
      prevents: 'that a broker which has restarted has no role',
    },
  ],
  electsFromNewestState: always(
    true,
    'PartitionStateMachine.doElectLeaderForPartitions (getTopicPartitionStatesRaw)',
    'that a replica is elected which its leader has removed from the ISR',
  ),
  tellsEverybody: always(
    true,
    'ReplicaStateMachine.startup, KafkaController.sendUpdateMetadataRequest',
    'that what the controller before had not sent is never heard',
  ),
  lastMemberStaysInIsr: always(
    true,
    'KAFKA-708; ReplicaStateMachine.doRemoveReplicasFromIsr',
    'that nobody knows who has everything that is committed',
  ),
  electsLive: always(
    true,
    'PartitionLeaderElectionAlgorithms.offlinePartitionLeaderElection',
    'that a broker is elected which is not there',
  ),
  bumpsLeaderEpoch: always(
    true,
    'LeaderAndIsr.newLeaderAndIsr',
    'that brokers take a new leader for the one that they know',
  ),
  watchesBrokersAgain: always(
    true,
    'ZNodeChildChangeHandler; KafkaZkClient.getSortedBrokerList',
    'that only the first change of /brokers/ids is noticed',
  ),
  hearsOfController: always(
    true,
    'ControllerChangeHandler; KafkaController.processReelect',
    'that nobody follows a controller that is gone',
  ),
  findsOwnController: always(
    true,
    'KafkaZkClient.registerControllerAndIncrementControllerEpoch (checkControllerAndEpoch)',
    'that a broker is named as controller and does not know it',
  ),
  waitsForAllReplicas: always(
    true,
    'TopicDeletionManager.isTopicEligibleForDeletion, markTopicIneligibleForDeletion',
    'that a broker which was down serves a deleted topic',
  ),
};
