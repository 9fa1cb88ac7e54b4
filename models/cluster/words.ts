import { counted } from '../../checker/results/numbers.ts';
import type { BoundTable, SettingTable } from '../description/settings.ts';
import { boundWords as quorumBounds, settingWords as quorumSettings } from '../kraft/words.ts';
import {
  boundWords as partitionBounds,
  settingWords as partitionSettings,
} from '../replication/words.ts';
import { type ClusterBounds, type ClusterConfig, modes } from './config.ts';

/** What is said about each setting of a cluster. */
export const settingWords: SettingTable<ClusterConfig> = {
  ...partitionSettings,
  mode: {
    meaning: 'separate: brokers and controllers are nodes of their own; combined: nodes are both',
    inWords: mode => `${mode} controllers`,
    choices: modes,
  },
  controllers: {
    meaning:
      'voters of the metadata quorum; 8 nodes at most, in combined mode no more than brokers',
    inWords: controllers => counted(controllers, 'controller'),
  },
  transport: {
    ...quorumSettings.transport,
    meaning: `of the metadata quorum. ${quorumSettings.transport.meaning}`,
  },
  lateFlush: quorumSettings.lateFlush,
  slowListeners: quorumSettings.slowListeners,
};

/** What the two levels have in common happens to machines. */
const { records: _, voterChanges: _changes, ...ofQuorum } = quorumBounds;
const { controllerFailovers: _failovers, ...ofPartition } = partitionBounds;

/** What each bound of it limits. */
export const boundWords: BoundTable<ClusterBounds> = {
  ...ofQuorum,
  ...ofPartition,
  decisions: {
    meaning: 'decisions of controllers, each an entry of the metadata log',
    one: 'decision',
    several: 'decisions',
  },
  crashes: {
    meaning: 'process crashes: the controller, the broker or both on a node',
    one: 'process crash',
    several: 'process crashes',
  },
  powerLosses: {
    meaning: 'power losses: on both levels what is not flushed is lost',
    one: 'power loss',
    several: 'power losses',
  },
  diskLosses: {
    meaning: 'disks replaced: quorum state, metadata log and records are gone',
    one: 'lost disk',
    several: 'lost disks',
  },
  partitions: {
    meaning: 'network cuts: a node from all others, the controllers or the brokers, or one link',
    one: 'network partition',
    several: 'network partitions',
  },
};
