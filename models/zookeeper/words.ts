import { counted } from '../../checker/results/numbers.ts';
import type { BoundTable, SettingTable } from '../description/settings.ts';
import {
  isZooKeeperRelease,
  repairNames,
  type ZooKeeperBounds,
  type ZooKeeperConfig,
  zooKeeperExpected,
} from './config.ts';

/** What is said about each setting of a cluster with ZooKeeper. */
export const settingWords: SettingTable<ZooKeeperConfig> = {
  brokers: {
    meaning: 'brokers, each with a replica of the one partition (1 to 4)',
    inWords: brokers => counted(brokers, 'broker'),
  },
  kafka: {
    meaning: 'the release of the brokers, 0.10 to 3.9',
    inWords: kafka => `Kafka ${kafka}`,
    accepts: isZooKeeperRelease,
    expected: zooKeeperExpected,
  },
  minInsyncReplicas: {
    meaning: 'min.insync.replicas',
    inWords: minInsyncReplicas => `min.insync.replicas ${minInsyncReplicas}`,
  },
  uncleanLeaderElection: {
    meaning: 'unclean.leader.election.enable',
    inWords: isOn => `unclean election ${isOn ? 'on' : 'off'}`,
  },
  repairs: {
    meaning: `known mistakes of the release that are repaired, to look for others: ${repairNames.join(', ')}`,
    inWords: repairs =>
      repairs.length === 0 ? 'nothing repaired' : `repaired: ${repairs.join(', ')}`,
    choices: repairNames,
  },
};

/** What each bound of the model limits. */
export const boundWords: BoundTable<ZooKeeperBounds> = {
  records: { meaning: 'records that the producer sends', one: 'record', several: 'records' },
  crashes: { meaning: 'process crashes', one: 'process crash', several: 'process crashes' },
  powerLosses: {
    meaning: 'power losses: an unflushed tail of the log is lost',
    one: 'power loss',
    several: 'power losses',
  },
  sessionExpiries: {
    meaning: 'sessions that expire although the process lives: a pause, or ZooKeeper out of reach',
    one: 'expired session',
    several: 'expired sessions',
  },
  shutdowns: {
    meaning: 'controlled shutdowns',
    one: 'controlled shutdown',
    several: 'controlled shutdowns',
  },
  controllerMoves: {
    meaning: 'times that somebody deletes /controller, to have another controller elected',
    one: 'controller move',
    several: 'controller moves',
  },
  lostAnswers: {
    meaning:
      'answers that are lost: of brokers to a controller, of ZooKeeper to who takes /controller',
    one: 'lost answer',
    several: 'lost answers',
  },
  isrShrinks: {
    meaning: 'times a leader finds followers lagging',
    one: 'lagging follower',
    several: 'lagging followers',
  },
  preferredElections: {
    meaning: 'elections of the preferred leader where another one leads',
    one: 'preferred election',
    several: 'preferred elections',
  },
  topicDeletions: {
    meaning: 'deletions of the topic, which is not created again',
    one: 'deletion of the topic',
    several: 'deletions of the topic',
  },
};
