import { counted } from '../../checker/results/numbers.ts';
import { newestRelease, oldestRelease } from '../description/release.ts';
import type { BoundTable, SettingTable } from '../description/settings.ts';
import type { ReplicationBounds, ReplicationConfig } from './config.ts';
import { generations } from './generation.ts';
import { isProtocolName, protocolExpected, repairNames } from './protocol.ts';

/** What is said about each setting of replication. */
export const settingWords: SettingTable<ReplicationConfig> = {
  brokers: {
    meaning: 'replicas of a partition, each on its own broker (1 to 7)',
    inWords: brokers => counted(brokers, 'broker'),
  },
  spareBrokers: {
    meaning: 'further brokers, without a replica until a reassignment',
    inWords: spareBrokers => counted(spareBrokers, 'spare broker'),
  },
  partitions: {
    meaning: 'partitions of the topic, each with another preferred leader (1 to 4)',
    inWords: partitions => counted(partitions, 'topic partition'),
  },
  kafka: {
    meaning:
      `the release, ${oldestRelease} to ${newestRelease} (the first of its line without a patch), ` +
      `or ${generations.join(', ')}`,
    inWords: kafka => `Kafka ${kafka}`,
    accepts: isProtocolName,
    expected: protocolExpected,
  },
  eligibleLeaderReplicas: {
    meaning: 'eligible leader replicas (KIP-966): possible since 4.0, on in new clusters since 4.1',
    inWords: isOn => `ELR ${isOn ? 'on' : 'off'}`,
  },
  zooKeeper: {
    meaning: 'the controller works through ZooKeeper: always before 2.8, never since 4.0',
    inWords: isOn => (isOn ? 'ZooKeeper' : 'KRaft'),
  },
  repairs: {
    meaning: `mistakes of the release that are repaired, to look for others: ${repairNames.join(', ')}`,
    inWords: repairs =>
      repairs.length === 0 ? 'nothing repaired' : `repaired: ${repairs.join(', ')}`,
    choices: repairNames,
  },
  minInsyncReplicas: {
    meaning: 'min.insync.replicas',
    inWords: minInsyncReplicas => `min.insync.replicas ${minInsyncReplicas}`,
  },
  uncleanLeaderElection: {
    meaning: 'unclean.leader.election.enable',
    inWords: isOn => `unclean election ${isOn ? 'on' : 'off'}`,
  },
  acks: {
    meaning: 'the acks that producers use, one or several of all, 1, 0',
    inWords: acks => `acks ${acks.join(' or ')}`,
    choices: ['all', '1', '0'],
  },
  flushEveryRecord: {
    meaning: 'every record is flushed before it is answered (flush.messages=1)',
    inWords: isOn => `${isOn ? 'every' : 'no'} record flushed before it is answered`,
  },
  requestsInFlight: {
    meaning: 'fetch requests travel on their own and may arrive late',
    inWords: isOn => `fetch requests ${isOn ? 'in flight' : 'handled when sent'}`,
  },
  isrAnswers: {
    meaning: 'a leader hears of its new ISR by the answer to AlterPartition, or by the metadata',
    inWords: isOn => `ISR learned by ${isOn ? 'answers or metadata' : 'metadata alone'}`,
  },
};

/** What each bound of it limits. */
export const boundWords: BoundTable<ReplicationBounds> = {
  records: {
    meaning: 'records that the producer sends',
    one: 'record',
    several: 'records',
  },
  retries: {
    meaning: 'records sent again whose fate is not known',
    one: 'retry',
    several: 'retries',
  },
  crashes: {
    meaning: 'process crashes',
    one: 'process crash',
    several: 'process crashes',
  },
  powerLosses: {
    meaning: 'power losses: an unflushed tail of the log is lost',
    one: 'power loss',
    several: 'power losses',
  },
  diskLosses: {
    meaning: 'disks replaced: everything a broker had is gone',
    one: 'lost disk',
    several: 'lost disks',
  },
  pauses: {
    meaning: 'processes that stand still and go on later',
    one: 'paused process',
    several: 'paused processes',
  },
  missedHeartbeats: {
    meaning: 'live brokers whose session with the controller ends',
    one: 'missed session',
    several: 'missed sessions',
  },
  shutdowns: {
    meaning: 'controlled shutdowns',
    one: 'controlled shutdown',
    several: 'controlled shutdowns',
  },
  partitions: {
    meaning: 'network cuts: a broker from the controller or the brokers, or one link',
    one: 'network partition',
    several: 'network partitions',
  },
  lostMessages: {
    meaning: 'messages lost with their connection',
    one: 'lost message',
    several: 'lost messages',
  },
  controllerFailovers: {
    meaning: 'controller failovers',
    one: 'controller failover',
    several: 'controller failovers',
  },
  preferredElections: {
    meaning: 'leader changes without a fault',
    one: 'leader change without a fault',
    several: 'leader changes without a fault',
  },
  uncleanElections: {
    meaning: 'unclean elections that an operator asks for',
    one: 'unclean election on request',
    several: 'unclean elections on request',
  },
  isrShrinks: {
    meaning: 'times a leader finds followers lagging',
    one: 'lagging follower',
    several: 'lagging followers',
  },
  reassignments: {
    meaning: 'reassignments and their cancellations',
    one: 'reassignment',
    several: 'reassignments',
  },
  minIsrChanges: {
    meaning: 'changes of min.insync.replicas',
    one: 'change of min.insync.replicas',
    several: 'changes of min.insync.replicas',
  },
  checkpoints: {
    meaning: 'high watermark checkpoints',
    one: 'high watermark checkpoint',
    several: 'high watermark checkpoints',
  },
  deletions: {
    meaning: 'DeleteRecords requests',
    one: 'DeleteRecords request',
    several: 'DeleteRecords requests',
  },
  topicDeletions: {
    meaning: 'deletions of the topic, after each of which it may be created again',
    one: 'deletion of the topic',
    several: 'deletions of the topic',
  },
  elrEnablings: {
    meaning: 'times that eligible leader replicas are switched on in the running cluster',
    one: 'switching on of ELR',
    several: 'switchings on of ELR',
  },
  unregistrations: {
    meaning: 'brokers that an operator unregisters, which are down',
    one: 'unregistered broker',
    several: 'unregistered brokers',
  },
  replacedReassignments: {
    meaning: 'reassignments that are replaced by another while they are under way',
    one: 'replaced reassignment',
    several: 'replaced reassignments',
  },
  uncleanSettingChanges: {
    meaning: 'changes of unclean.leader.election.enable',
    one: 'change of unclean.leader.election.enable',
    several: 'changes of unclean.leader.election.enable',
  },
};
