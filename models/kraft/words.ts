import { counted } from '../../checker/results/numbers.ts';
import { newestRelease } from '../description/release.ts';
import type { BoundTable, SettingTable } from '../description/settings.ts';
import { type KraftBounds, type KraftConfig, repairNames, transports } from './config.ts';
import { isQuorumName, oldestKraft, quorumExpected } from './release.ts';

/** What is said about each setting of the metadata quorum. */
export const settingWords: SettingTable<KraftConfig> = {
  voters: {
    meaning: 'voters of the initial voter set (1 to 8)',
    inWords: voters => counted(voters, 'voter'),
  },
  observers: {
    meaning: 'further nodes, observers until a voter change takes them in',
    inWords: observers => counted(observers, 'observer'),
  },
  kafka: {
    meaning:
      `the release that the voters run, ${oldestKraft} to ${newestRelease} (the first of its line without a ` +
      'patch), 4.x (the newest) or upgrading (the last of them still 3.9)',
    inWords: kafka => `Kafka ${kafka}`,
    accepts: isQuorumName,
    expected: quorumExpected,
  },
  dynamicVoters: {
    meaning: 'the voter set is in the log and may change (kraft.version 1, KIP-853)',
    inWords: isOn => `${isOn ? 'dynamic' : 'static'} voters`,
  },
  transport: {
    meaning: 'inFlight: request, handling and answer are three steps; rounds: they are one',
    inWords: transport => `requests ${transport === 'inFlight' ? 'in flight' : 'in rounds'}`,
    choices: transports,
  },
  lateFlush: {
    meaning: 'a leader flushes what it appended in a later step',
    inWords: isOn => `flushed ${isOn ? 'late' : 'at once'}`,
  },
  bootstrapFetch: {
    meaning: 'nodes that know no leader ask the bootstrap servers for one (KAFKA-17030)',
    inWords: isOn => `${isOn ? 'fetches' : 'no fetches'} from bootstrap servers`,
  },
  autoJoin: {
    meaning: 'nodes ask for voter changes themselves (controller.quorum.auto.join.enable)',
    inWords: isOn => `nodes ${isOn ? 'join by themselves' : 'join when told to'}`,
  },
  directoryIdRestored: {
    meaning: 'a replaced disk may get its old directory id back',
    inWords: isOn => `directory ids of replaced disks ${isOn ? 'may be restored' : 'are new'}`,
  },
  slowListeners: {
    meaning: 'controllers apply committed records in steps of their own, late',
    inWords: isOn => `committed records applied ${isOn ? 'late' : 'at once'}`,
  },
  repairs: {
    meaning: `known bugs of the release that are repaired, to look for others: ${repairNames.join(', ')}`,
    inWords: repairs => (repairs.length === 0 ? 'nothing repaired' : `with ${repairs.join(', ')}`),
    choices: repairNames,
  },
};

/** What each bound of it limits. */
export const boundWords: BoundTable<KraftBounds> = {
  epochs: {
    meaning: 'the last epoch: elections end there',
    one: 'epoch',
    several: 'epochs',
  },
  records: {
    meaning: 'metadata records that leaders append',
    one: 'record',
    several: 'records',
  },
  crashes: {
    meaning: 'process crashes: a tail of the log that is not flushed may be lost',
    one: 'process crash',
    several: 'process crashes',
  },
  quorumStateLosses: {
    meaning: 'quorum-state files lost while the log is kept',
    one: 'lost quorum-state file',
    several: 'lost quorum-state files',
  },
  diskLosses: {
    meaning: 'disks replaced: log, snapshot and quorum state are gone',
    one: 'lost disk',
    several: 'lost disks',
  },
  resignations: {
    meaning: 'leaders that resign',
    one: 'resignation',
    several: 'resignations',
  },
  partitions: {
    meaning: 'network cuts: a node from all others, or one direction of one link',
    one: 'network partition',
    several: 'network partitions',
  },
  lostMessages: {
    meaning: 'messages lost with their connection',
    one: 'lost message',
    several: 'lost messages',
  },
  delayedMessages: {
    meaning: 'messages that fall behind others and arrive whenever they like',
    one: 'delayed message',
    several: 'delayed messages',
  },
  duplicatedMessages: {
    meaning: 'messages that arrive twice',
    one: 'duplicated message',
    several: 'duplicated messages',
  },
  snapshots: {
    meaning: 'snapshots taken',
    one: 'snapshot',
    several: 'snapshots',
  },
  voterChanges: {
    meaning: 'voters added, removed or updated',
    one: 'voter change',
    several: 'voter changes',
  },
};
