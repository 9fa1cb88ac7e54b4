import { CompiledModel } from '../../checker/core/compiledModel.ts';
import {
  defaultConfig,
  quietScope,
  type ReplicationBounds,
  type ReplicationConfig,
} from '../../models/replication/config.ts';
import { replicationDefects } from '../../models/replication/defects.ts';
import { replicationModel } from '../../models/replication/model.ts';
import { repairNames } from '../../models/replication/protocol.ts';
import type { KafkaVersion } from '../kafka/jars.ts';
import type { Finding, Kind } from '../lockstep/check.ts';
import type { Driver } from '../lockstep/driver.ts';
import { findingOf } from '../lockstep/findingOf.ts';
import { startDriver } from '../lockstep/startDriver.ts';
import { BrokerCounterpart } from './broker.ts';
import { brokerExceptions } from './exceptions.ts';
import type { BrokerState } from './projection.ts';

const sources = [
  ...['Answers', 'Broker', 'BrokerParts', 'Clock', 'Cluster'],
  ...['Connection', 'Fetch', 'Immediate', 'Proposal'],
];

const bounds: ReplicationBounds = {
  ...quietScope,
  records: 8,
  crashes: 4,
  powerLosses: 1,
  shutdowns: 2,
  missedHeartbeats: 3,
  preferredElections: 3,
  uncleanElections: 1,
  isrShrinks: 5,
  checkpoints: 4,
};

/** Defects of what brokers do and see themselves, without those that another rule hides. */
const done: readonly string[] = [
  'truncates-to-high-watermark',
  'missing-epoch-entry',
  'truncation-keeps-high-watermark',
  'credit-for-diverging-fetch',
  'answer-of-earlier-epoch',
  'high-watermark-of-diverging-answer',
  'high-watermark-ignores-isr',
  'high-watermark-by-majority',
  'optimistic-isr-shrink',
  'uncounted-isr-expansion',
  'high-watermark-not-recomputed',
  'high-watermark-waits-for-removed',
  'high-watermark-below-min-isr',
  'checkpoint-beyond-log',
  'followers-kept-across-elections',
  'acknowledged-before-replication',
  'admitted-below-min-isr',
  'joins-isr-below-high-watermark',
  'joins-isr-below-epoch-start',
  'remembered-follower-joins-isr',
  'caught-up-follower-removed',
  'pending-isr-change-forgotten',
  'fenced-broker-joins-isr',
];

/** What a kind plays. */
interface Setting {
  readonly name: string;
  readonly config: Partial<ReplicationConfig>;
  readonly scope: ReplicationBounds;
  readonly defects?: readonly string[];
  readonly findings?: readonly Finding[];
}

const settings: readonly Setting[] = [
  { name: 'broker', config: {}, scope: bounds, defects: done },
  {
    name: 'broker, requests in flight',
    config: { requestsInFlight: true },
    scope: { ...bounds, lostMessages: 4, partitions: 2, pauses: 2, controllerFailovers: 2 },
    defects: ['unfenced-fetch', 'fetch-of-earlier-incarnation'],
  },
  {
    name: 'broker, min ISR changes, retries',
    config: { minInsyncReplicas: 1, uncleanLeaderElection: true },
    scope: { ...bounds, minIsrChanges: 3, retries: 3 },
  },
  {
    name: 'broker, reassignments',
    config: { spareBrokers: 1, isrAnswers: false },
    scope: { ...bounds, reassignments: 4 },
    defects: ['removed-replica-remembered'],
  },
  {
    name: 'broker, deletions, lost disks',
    config: {},
    scope: { ...bounds, deletions: 4, diskLosses: 2 },
  },
];

const lost = 'acknowledged-records-survive';
const pair: Partial<ReplicationConfig> = { brokers: 2, minInsyncReplicas: 1, acks: ['all'] };

/** Findings about brokers that the corpus has a story of, each in the settings of that: docs/findings.md. */
const ofFindings: readonly Setting[] = [
  {
    name: 'broker, an epoch skipped',
    config: { isrAnswers: false, acks: ['all'] },
    scope: { ...quietScope, preferredElections: 3 },
    findings: [findingOf('skipped-epoch-keeps-follower-state', lost)],
  },
  {
    name: 'broker, a known record',
    config: pair,
    scope: { ...quietScope, crashes: 1, isrShrinks: 1 },
    findings: [{ ...findingOf('proposal-ended-by-known-record', lost), isInEveryModel: true }],
  },
  {
    name: 'broker, min ISR raised with ELR',
    config: { ...pair, eligibleLeaderReplicas: true },
    scope: { ...quietScope, crashes: 1, isrShrinks: 1, minIsrChanges: 1 },
    findings: [{ ...findingOf('minisr-raised-with-elr', lost), isInEveryModel: true }],
  },
];

/** The brokers of `replication` in each setting that is compared. */
export function brokerKinds(version: KafkaVersion): readonly Kind<BrokerState>[] {
  return [...settings, ...ofFindings]
    .filter(({ config }) => version !== '3.9.1' || config.eligibleLeaderReplicas !== true)
    .map(setting => kindOf(version, setting));
}

function kindOf(
  version: KafkaVersion,
  { name, config: changed, scope, defects = [], findings = [] }: Setting,
): Kind<BrokerState> {
  const config: ReplicationConfig = {
    ...{ ...defaultConfig, isrAnswers: true, acks: ['all', '1'] },
    ...{ ...changed, kafka: version },
  };
  return {
    ...{ name, version, exceptions: brokerExceptions, findings, runLength: 150, defects },
    model: changes => {
      // What a release does is no defect of it: there the model is told to be better than Kafka.
      const isFinding = (change: string): boolean => findings.some(each => each.name === change);
      const repairs = repairNames.filter(each => changes.includes(each) && isFinding(each));
      const weakened = replicationDefects.filter(
        each => changes.includes(each.name) && !isFinding(each.name),
      );
      return new CompiledModel(replicationModel({ ...config, repairs }, scope, weakened));
    },
    counterpart: () => new BrokerCounterpart(startBrokers(version)),
  };
}

/** Starts the driver of real brokers. */
export function startBrokers(version: KafkaVersion): Driver {
  const ofBrokers = [...sources, `${version}/BrokerRelease`].map(each => `broker/${each}`);
  return startDriver(version, ['Lines', ...ofBrokers], 'kafka.server.Cluster');
}
