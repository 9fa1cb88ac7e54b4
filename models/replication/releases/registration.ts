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
      value: 'refused',
      source: 'ClusterControlManager.registerBroker',
      prevents: 'that a broker registers while the session of its predecessor is alive',
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
      source: 'MetadataLoader, BrokerMetadataPublisher',
      prevents: 'that a broker passes over a leadership between two of its own',
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
