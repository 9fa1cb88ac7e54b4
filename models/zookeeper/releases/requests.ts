import { always } from '../../description/always.ts';
import { oldestRelease } from '../../description/release.ts';
import type { RuleTable } from '../../description/ruleTable.ts';
import type { ZooKeeperRules } from '../rules.ts';

type RequestRules = Pick<
  ZooKeeperRules,
  | 'requestsNameBrokerEpoch'
  | 'fencesControllerEpoch'
  | 'fencesLeaderEpoch'
  | 'stopNamesLeaderEpoch'
  | 'acceptsNewerBrokerEpoch'
  | 'sendsAgain'
  | 'replacesOwnNode'
  | 'registersAgain'
  | 'recognisesOwnWrite'
>;

/** What becomes of requests of controllers, and of registrations, by release. */
export const requestRules: RuleTable<RequestRules> = {
  requestsNameBrokerEpoch: [
    {
      since: oldestRelease,
      value: false,
      source: 'KIP-380, motivation',
      prevents: 'nothing: a broker does what an earlier process of it was told',
      defect: 'request-to-earlier-incarnation',
      repaired: true,
    },
    {
      since: '2.2',
      value: true,
      source: 'KIP-380; KafkaApis.isBrokerEpochStale',
      prevents: 'that a broker does what an earlier process of it was told',
    },
  ],
  fencesControllerEpoch: always(
    true,
    'ReplicaManager.becomeLeaderOrFollower, stopReplicas, maybeUpdateMetadataCache',
    'that a broker obeys an earlier controller than it has heard of',
  ),
  fencesLeaderEpoch: always(
    true,
    'KAFKA-1188 (0.8.2); ReplicaManager.becomeLeaderOrFollower',
    'that a broker goes back to an earlier role',
  ),
  stopNamesLeaderEpoch: [
    {
      since: oldestRelease,
      value: false,
      source: 'KIP-570, motivation',
      prevents: 'nothing: a late StopReplica stops a replica that has another role since',
      defect: 'late-stop-replica',
      repaired: true,
    },
    {
      since: '2.6',
      value: true,
      source: 'KIP-570, KAFKA-9539',
      prevents: 'that a late StopReplica stops a replica that has another role since',
    },
  ],
  acceptsNewerBrokerEpoch: [
    {
      since: oldestRelease,
      value: true,
      source: 'before KIP-380 a request names no broker epoch',
      prevents: 'that a broker refuses what it is told',
    },
    {
      since: '2.2',
      value: false,
      source: 'KIP-380; KafkaApis.isBrokerEpochStale (IllegalStateException)',
      prevents: 'nothing: what a broker is told before it knows its new epoch is never told again',
      defect: 'newer-broker-epoch-refused',
      repaired: true,
    },
    {
      since: '2.5.1',
      value: true,
      source: 'KAFKA-9839',
      prevents: 'that a broker misses what it is told while it registers again',
    },
  ],
  sendsAgain: always(
    true,
    'RequestSendThread.doWork (0.9)',
    'that a broker misses what it is told, while it is alive',
  ),
  replacesOwnNode: [
    {
      since: oldestRelease,
      value: false,
      source: 'KafkaZkClient.checkedEphemeralCreate (NODEEXISTS)',
      prevents:
        'nothing: a broker that restarts waits until the session of its earlier process is over',
    },
    {
      since: '2.2',
      value: true,
      source: 'KAFKA-7165; CheckedEphemeral.getAfterNodeExists',
      prevents: 'that a broker cannot register',
    },
  ],
  registersAgain: always(
    true,
    'ZooKeeperClient.reinitialize; KafkaController.processRegisterBrokerAndReelect',
    'that a broker that was away for a while is not there for good',
  ),
  recognisesOwnWrite: always(
    true,
    'KAFKA-1382 (0.8.2); ReplicationUtils.checkLeaderAndIsrZkData',
    'that a leader which does not hear the answer to its write can never change the ISR again',
  ),
};
