import type { RuleTable } from '../../description/ruleTable.ts';
import type { ReplicationRules } from '../rules.ts';

type TopicRules = Pick<
  ReplicationRules,
  | 'deletesTopicAtOnce'
  | 'placesOnFencedBrokers'
  | 'strayLogs'
  | 'fetchNamesTopicId'
  | 'fencesAnswerByTopicId'
  | 'isrChangeNamesTopicId'
>;

/** Deletion and re-creation of a topic, by release. */
export const topicRules: RuleTable<TopicRules> = {
  deletesTopicAtOnce: [
    {
      since: '0.10',
      value: false,
      source: 'TopicDeletionManager',
      prevents: 'that a broker that is down keeps a log of a topic that was deleted',
    },
    {
      since: '2.8',
      mode: 'kraft',
      value: true,
      source: 'KIP-500, KIP-516; ReplicationControlManager.deleteTopic, RemoveTopicRecord',
      prevents: 'that a topic cannot be deleted while a broker is down',
    },
  ],
  placesOnFencedBrokers: [
    {
      since: '0.10',
      value: false,
      source: 'AdminUtils.assignReplicasToBrokers',
      prevents: 'that a new partition has fewer replicas in the ISR than it has replicas',
    },
    {
      since: '3.0',
      mode: 'kraft',
      value: true,
      source: 'StripedReplicaPlacer',
      prevents: 'that no topic is created while fewer brokers are up than it is to have replicas',
    },
  ],
  strayLogs: [
    {
      since: '0.10',
      value: 'taken',
      source: 'LogManager.getOrCreateLog',
      prevents: 'nothing: a log is known by its name alone',
    },
    {
      since: '2.8',
      mode: 'kraft',
      value: 'removed',
      source: 'KIP-516; ReplicaManager.getOrCreatePartition, deleteStrayReplicas',
      prevents: 'that a broker takes the log of a deleted topic for one of the same name',
    },
    {
      since: '3.7',
      mode: 'kraft',
      value: 'replaced',
      source: 'KAFKA-14616; LogManager.deleteStrayKRaftReplicas',
      prevents: 'that a broker has no replica of the new topic before something else changes it',
    },
  ],
  fetchNamesTopicId: [
    {
      since: '0.10',
      value: false,
      source: 'FetchRequest up to version 12',
      prevents: 'nothing: a fetch names the topic',
    },
    {
      since: '3.1',
      value: true,
      source: 'KIP-516, FetchRequest version 13; ReplicaManager, INCONSISTENT_TOPIC_ID',
      prevents: 'that a replica of a deleted topic counts as one of the new topic',
    },
  ],
  fencesAnswerByTopicId: [
    {
      since: '0.10',
      value: true,
      source: 'AbstractFetcherThread.processFetchRequest, PartitionFetchState.isReadyForFetch',
      prevents: 'that a follower appends a record of a deleted topic to the log of the new one',
    },
  ],
  isrChangeNamesTopicId: [
    {
      since: '0.10',
      value: false,
      source: 'AlterPartitionRequest up to version 1',
      prevents: 'nothing: an ISR change names the topic',
    },
    {
      since: '3.3',
      value: true,
      source: 'KIP-841, AlterPartitionRequest version 2; UNKNOWN_TOPIC_ID',
      prevents: 'that the ISR of a deleted topic becomes that of the new one',
    },
  ],
};
