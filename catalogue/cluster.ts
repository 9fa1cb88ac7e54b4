import { counted } from '../checker/results/numbers.ts';
import {
  type ClusterBounds,
  type ClusterConfig,
  ClusterConfigError,
  clusterGenerations,
  defaultConfig,
  largeScope,
  modes,
  quietScope,
  smallScope,
} from '../models/cluster/config.ts';
import type { ClusterDefect } from '../models/cluster/defect.ts';
import { clusterModel } from '../models/cluster/model.ts';
import { clusterProperties } from '../properties/cluster.ts';
import { entryOf, type ModelTables } from './entryOf.ts';
import { bounds as quorumBounds, settings as quorumSettings } from './kraft.ts';
import type { ModelEntry } from './modelEntry.ts';
import { bounds as partitionBounds, settings as partitionSettings } from './replication.ts';

type Tables = ModelTables<ClusterConfig, ClusterBounds, ClusterDefect>;

const settings: Tables['settings'] = {
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
  release: quorumSettings.release,
  transport: {
    ...quorumSettings.transport,
    meaning: `of the metadata quorum. ${quorumSettings.transport.meaning}`,
  },
  lateFlush: quorumSettings.lateFlush,
  slowListeners: quorumSettings.slowListeners,
  generation: {
    ...partitionSettings.generation,
    meaning: `the protocol, oldest first: ${clusterGenerations.join(', ')}`,
    choices: clusterGenerations,
  },
};

/** What the two levels have in common happens to machines. */
const { records: _, voterChanges: _changes, ...ofQuorum } = quorumBounds;
const { controllerFailovers: _failovers, ...ofPartition } = partitionBounds;

const bounds: Tables['bounds'] = {
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

/** Controllers, brokers and one topic partition together, for the command line. */
export const clusterEntry: ModelEntry = entryOf<ClusterConfig, ClusterBounds, ClusterDefect>({
  name: 'cluster',
  summary:
    'controllers, brokers that replay the metadata log, and one topic partition; to simulate',
  defaultConfig,
  settings,
  headline: ['mode', 'controllers', 'brokers', 'minInsyncReplicas'],
  bounds,
  quietScope,
  smallScope,
  largeScope,
  isCoverable: false,
  // Defects are found and recorded where they are smallest, in the model of their level.
  defects: [],
  ConfigError: ClusterConfigError,
  model: clusterModel,
  properties: clusterProperties,
});
