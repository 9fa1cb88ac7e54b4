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
  | 'electsInOneWrite'
  | 'beginsControllerEpoch'
  | 'comparesControllerEpoch'
  | 'watchesBeforeReading'
  | 'readsIsrWhenHandling'
  | 'tellsLeaderOfIsr'
  | 'prefersWithinIsr'
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
  electsInOneWrite: [
    {
      since: oldestRelease,
      value: false,
      source: 'KafkaController.onControllerFailover (incrementControllerEpoch)',
      prevents:
        'nothing: a controller begins its epoch after it was elected, and may be replaced by then',
      defect: 'epoch-begun-when-replaced',
      repaired: true,
    },
    {
      since: '2.1',
      value: true,
      source: 'KAFKA-6082; KafkaZkClient.registerControllerAndIncrementControllerEpoch',
      prevents:
        'that a controller which was replaced begins a newer epoch than the one that replaced it',
    },
  ],
  beginsControllerEpoch: always(
    true,
    'KafkaZkClient.registerControllerAndIncrementControllerEpoch',
    'that brokers cannot tell a controller from the one before it',
  ),
  comparesControllerEpoch: always(
    true,
    'KafkaZkClient.registerControllerAndIncrementControllerEpoch (SetDataOp with the version read)',
    'that two controllers begin the same epoch',
  ),
  watchesBeforeReading: always(
    true,
    'KafkaController.onControllerFailover (handlers are registered before the context is read); KAFKA-3085',
    'that a controller does not hear of what changes while it takes over',
  ),
  readsIsrWhenHandling: always(
    true,
    'KafkaController.processIsrChangeNotification; KAFKA-5879 (1.1)',
    'that a controller goes on with an ISR which its leader has changed since',
  ),
  tellsLeaderOfIsr: always(
    true,
    'ZkReplicaStateMachine.doRemoveReplicasFromIsr; KAFKA-2729, KAFKA-3042',
    'that a leader writes by a version of the state which is over, and can change nothing any more',
  ),
  prefersWithinIsr: always(
    true,
    'PartitionLeaderElectionAlgorithms.preferredReplicaPartitionLeaderElection',
    'that an operator who balances leaders has one elected that lacks records',
  ),
};
