import type { RuleTable } from '../../description/ruleTable.ts';
import type { ReplicationRules } from '../rules.ts';

type RegistrationRules = Pick<
  ReplicationRules,
  | 'unfencedPredecessor'
  | 'registrationNamesIncarnation'
  | 'actsOnEveryMetadataRecord'
  | 'ignoresOlderMetadata'
>;

/** Registration and metadata, by release. */
export const registrationRules: RuleTable<RegistrationRules> = {
  unfencedPredecessor: [
    {
      since: '0.10',
      value: 'overlooked',
      source: 'KAFKA-1120, KAFKA-7235; KafkaController',
      prevents:
        'nothing: a broker that is gone and back between two looks at the list of brokers is not noticed',
      sometimes:
        'shows where it registers after its session has ended and before the controller looks',
      defect: 'unnoticed-bounce',
      repaired: 'refused',
    },
    {
      since: '2.2',
      mode: 'zookeeper',
      value: 'refused',
      source: 'KIP-380; KafkaController.processBrokerChange compares broker epochs',
      prevents: 'that a bounce is not noticed: it counts as a failure and a start',
    },
    {
      since: '2.8',
      mode: 'kraft',
      value: 'overlooked',
      source: 'ClusterControlManager.registerBroker asks for a valid session only',
      prevents: 'that a broker registers while the session of its predecessor is alive',
      sometimes:
        'shows where it registers after the session has ended and before it is fenced, up to 1.125 s later',
      defect: 'unnoticed-bounce',
      repaired: 'refused',
    },
    {
      since: '4.0',
      value: 'cleanedUp',
      source: 'KAFKA-18635, KAFKA-18106; ReplicationControlManager.handleBrokerShutdown',
      prevents: 'that a broker keeps a place in the ISR or a leadership which its predecessor had',
    },
  ],
  registrationNamesIncarnation: [
    {
      since: '0.10',
      value: true,
      source: 'KIP-631, incarnation id',
      prevents: 'that a broker takes the registration of its predecessor for its own',
    },
  ],
  actsOnEveryMetadataRecord: [
    {
      since: '0.10',
      value: true,
      source: 'LeaderAndIsrRequest: one for each change, in order',
      prevents: 'that a broker passes over a leadership between two of its own',
      sometimes:
        'does not hold where another controller takes over, which sends the newest state only',
    },
    {
      since: '2.8',
      mode: 'kraft',
      value: false,
      source: 'MetadataLoader.handleCommit (one publication for all batches), Partition.makeLeader',
      prevents: 'nothing: a leader that leads again keeps what it knew of its followers',
      defect: 'skipped-epoch-keeps-follower-state',
      repaired: true,
    },
  ],
  ignoresOlderMetadata: [
    {
      since: '0.10',
      value: true,
      source: 'KAFKA-1188 (0.8.2); ReplicaManager.becomeLeaderOrFollower',
      prevents: 'that a broker acts in a leader epoch that is over',
    },
  ],
};
