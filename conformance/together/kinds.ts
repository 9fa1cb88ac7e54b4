import { CompiledModel } from '../../checker/core/compiledModel.ts';
import {
  defaultConfig,
  quietScope,
  type ReplicationBounds,
  type ReplicationConfig,
} from '../../models/replication/config.ts';
import { replicationDefects } from '../../models/replication/defects.ts';
import { replicationModel } from '../../models/replication/model.ts';
import { brokerExceptions } from '../broker/exceptions.ts';
import { startBrokers } from '../broker/kinds.ts';
import { startController } from '../controller/kinds.ts';
import type { KafkaVersion } from '../kafka/jars.ts';
import type { Kind } from '../lockstep/check.ts';
import { TogetherCounterpart, type WholeState } from './together.ts';

const bounds: ReplicationBounds = {
  ...quietScope,
  records: 8,
  crashes: 4,
  powerLosses: 1,
  shutdowns: 2,
  missedHeartbeats: 3,
  preferredElections: 2,
  uncleanElections: 1,
  isrShrinks: 5,
  checkpoints: 4,
};

/** What a kind plays. */
interface Setting {
  readonly name: string;
  readonly config: Partial<ReplicationConfig>;
  readonly scope: ReplicationBounds;
  readonly defects?: readonly string[];
}

/** Defects that show in what controller and brokers make of each other, if in anything. */
const ofBoth: readonly string[] = [
  'isr-change-of-deposed-leader',
  'earlier-incarnation-joins-isr',
  'high-watermark-by-majority',
  'optimistic-isr-shrink',
  'uncounted-isr-expansion',
  'older-metadata-accepted',
];

const ofTopics: readonly string[] = [
  'stray-log-taken',
  'fetch-of-deleted-topic',
  'answer-of-deleted-topic',
  'isr-change-of-deleted-topic',
];

const elr = { eligibleLeaderReplicas: true } as const;

const settings: readonly Setting[] = [
  { name: 'together', config: {}, scope: bounds, defects: ofBoth },
  {
    name: 'together, requests in flight',
    config: { requestsInFlight: true },
    scope: { ...bounds, lostMessages: 4, partitions: 2, pauses: 2, controllerFailovers: 2 },
  },
  {
    name: 'together, min ISR changes, unclean elections',
    config: { minInsyncReplicas: 1, uncleanLeaderElection: true },
    scope: { ...bounds, minIsrChanges: 3, retries: 3, deletions: 2, diskLosses: 1 },
  },
  {
    name: 'together, reassignments',
    config: { spareBrokers: 1 },
    scope: { ...bounds, reassignments: 3 },
  },
  {
    name: 'together, topics deleted',
    config: {},
    // A preferred election may be two records, and partition epochs begin again: they are told apart by nothing else.
    scope: { ...bounds, topicDeletions: 2, preferredElections: 0 },
    defects: ofTopics,
  },
  {
    name: 'together, topics and records deleted',
    config: {},
    scope: { ...bounds, topicDeletions: 2, deletions: 3, preferredElections: 0 },
  },
  { name: 'together, ELR', config: elr, scope: { ...bounds, minIsrChanges: 2, diskLosses: 1 } },
];

/** The whole of `replication` in each setting that is compared. */
export function togetherKinds(version: KafkaVersion): readonly Kind<WholeState>[] {
  return settings
    .filter(({ config }) => version !== '3.9.1' || config.eligibleLeaderReplicas !== true)
    .map(setting => kindOf(version, setting));
}

function kindOf(
  version: KafkaVersion,
  { name, config: changed, scope, defects = [] }: Setting,
): Kind<WholeState> {
  const config: ReplicationConfig = {
    ...{ ...defaultConfig, isrAnswers: true, acks: ['all', '1'] },
    ...{ ...changed, kafka: version },
  };
  return {
    ...{ name, version, exceptions: brokerExceptions, findings: [], runLength: 150, defects },
    model: names => {
      const weakened = replicationDefects.filter(each => names.includes(each.name));
      return new CompiledModel(replicationModel(config, scope, weakened));
    },
    counterpart: () =>
      new TogetherCounterpart(startController(version), startBrokers(version), config),
  };
}
