import { CompiledModel } from '../../checker/core/compiledModel.ts';
import {
  defaultConfig,
  quietScope,
  type ReplicationBounds,
  type ReplicationConfig,
} from '../../models/replication/config.ts';
import { replicationDefects } from '../../models/replication/defects.ts';
import { replicationModel } from '../../models/replication/model.ts';
import type { KafkaVersion } from '../kafka/jars.ts';
import type { Kind } from '../lockstep/check.ts';
import type { Driver } from '../lockstep/driver.ts';
import { startDriver } from '../lockstep/startDriver.ts';
import { ControllerCounterpart } from './controller.ts';
import { controllerExceptions } from './exceptions.ts';
import type { ControllerState } from './projection.ts';

const bounds: ReplicationBounds = {
  ...quietScope,
  records: 3,
  crashes: 6,
  powerLosses: 1,
  shutdowns: 3,
  missedHeartbeats: 4,
  isrShrinks: 6,
  preferredElections: 2,
  uncleanElections: 2,
  controllerFailovers: 2,
};

/** Defects of what the controller decides. */
const decided: readonly string[] = [
  'election-outside-isr',
  'preferred-leader-outside-isr',
  'leader-epoch-not-bumped',
  'fencings-from-one-snapshot',
  'last-isr-member-removed',
  'fenced-last-known-leader',
  'elr-kept-on-unclean-shutdown',
  'isr-change-without-partition-epoch',
  'isr-change-of-deposed-leader',
  'isr-change-without-epochs',
  'fenced-broker-joins-isr',
  'stopping-broker-joins-isr',
  'earlier-incarnation-joins-isr',
  'unnoticed-bounce',
];

/** The controller of `replication` in each setting that is compared. */
export function controllerKinds(version: KafkaVersion): readonly Kind<ControllerState>[] {
  const changing = { ...bounds, minIsrChanges: 2 };
  const moving = { ...bounds, reassignments: 4, isrShrinks: 3, missedHeartbeats: 2 };
  const withoutElr = [
    kindOf(version, 'controller', {}, bounds),
    kindOf(
      version,
      'controller, min ISR 1, unclean elections',
      { minInsyncReplicas: 1, uncleanLeaderElection: true },
      bounds,
    ),
    kindOf(version, 'controller, min ISR changes', {}, changing),
    kindOf(version, 'controller, reassignments', { spareBrokers: 1 }, moving),
    kindOf(version, 'controller, unregistrations', {}, { ...bounds, unregistrations: 2 }),
    kindOf(version, 'controller, topics deleted', {}, { ...bounds, topicDeletions: 3 }),
  ];
  if (version === '3.9.1') return withoutElr;
  const elr = { eligibleLeaderReplicas: true } as const;
  return [
    ...withoutElr,
    kindOf(version, 'controller, ELR', elr, bounds),
    kindOf(version, 'controller, ELR, min ISR 1', { ...elr, minInsyncReplicas: 1 }, bounds),
    kindOf(version, 'controller, ELR, min ISR 3', { ...elr, minInsyncReplicas: 3 }, bounds),
    kindOf(
      version,
      'controller, ELR, unclean elections',
      { ...elr, uncleanLeaderElection: true },
      bounds,
    ),
    kindOf(version, 'controller, ELR, min ISR changes', elr, changing),
    kindOf(version, 'controller, ELR, reassignments', { ...elr, spareBrokers: 1 }, moving),
    kindOf(
      version,
      'controller, ELR switched on, reassignments',
      { spareBrokers: 1 },
      { ...moving, elrEnablings: 1 },
    ),
    kindOf(version, 'controller, ELR, unregistrations', elr, { ...bounds, unregistrations: 2 }),
  ];
}

function kindOf(
  version: KafkaVersion,
  name: string,
  settings: Partial<ReplicationConfig>,
  scope: ReplicationBounds,
): Kind<ControllerState> {
  const config: ReplicationConfig = { ...defaultConfig, ...settings, kafka: version };
  const isPlain = name === 'controller' || name === 'controller, ELR';
  return {
    name,
    version,
    exceptions: controllerExceptions,
    findings: [],
    runLength: 150,
    defects: isPlain ? decided : [],
    model: defects =>
      new CompiledModel(
        replicationModel(
          config,
          scope,
          replicationDefects.filter(each => defects.includes(each.name)),
        ),
      ),
    counterpart: () => new ControllerCounterpart(startController(version), config),
  };
}

/** Starts the driver of a real controller. */
export function startController(version: KafkaVersion): Driver {
  const sources = [
    'Lines',
    'controller/Controller',
    'controller/Managers',
    `controller/${version}/ControllerRelease`,
  ];
  return startDriver(version, sources, 'org.apache.kafka.controller.Controller');
}
