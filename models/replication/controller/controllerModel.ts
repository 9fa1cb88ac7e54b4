import { type AnyModel, defineModel } from '../../../checker/model/model.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defaultConfig, quietScope } from '../config.ts';
import { type ReplicationContext, replicationContext } from '../context.ts';
import { type ProtocolSettings, resolveProtocol } from '../protocol.ts';
import { recorders } from '../recorders.ts';
import { rulesOf } from '../rulesOf.ts';
import type { Broker, PartitionDraft, Protocol } from '../schema.ts';
import { type Assignment, writeAssignment } from './assignment.ts';
import { changeMinIsr, partitionDecisions } from './partitionDecisions.ts';
import { registrationDecisions, WANTS_TO_STOP } from './registrationDecisions.ts';

/** A partition as the controller has it; brokers are counted from 0, epochs from any number. */
export interface KnownPartition extends Assignment {
  readonly leader: number | undefined;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly isr: readonly number[];
  readonly elr: readonly number[];
  readonly lastKnownLeader: number | undefined;
  readonly recovering: boolean;
}

/** A broker as the controller has it registered. */
export interface KnownRegistration {
  readonly state: 'unregistered' | 'fenced' | 'unfenced' | 'controlledShutdown';
  /** How often it has registered. */
  readonly registrations: number;
}

/** What a controller has decided before, and what it may be asked to decide. */
export interface ControllerSetting extends ProtocolSettings {
  readonly uncleanLeaderElection: boolean;
  readonly minInsyncReplicas: number;
  /** What the setting is changed to at some time. */
  readonly minInsyncReplicasLater: readonly number[];
  readonly registrations: readonly KnownRegistration[];
  /** Without replicas: the topic is created later. */
  readonly partition: KnownPartition;
  /** What operators ask for: with these the partition is created, or reassigned. */
  readonly assignments: readonly Assignment[];
  /** The most decisions. */
  readonly decisions: number;
}

/**
 * The controller's half of `replication`: its decisions about brokers and one partition, by the same rules and with
 * the same code. What brokers do is left out: any process may register, cleanly or not, fall silent and be heard of
 * again, and a leader may ask for any ISR that adds one member or takes some away. So it allows more than
 * `replication` does, and whatever it refuses no controller decides.
 *
 * Left out: requests that are refused, which leave no record; brokers' directories; a topic that is deleted and created
 * again (its partitions are others).
 */
export function controllerModel(setting: ControllerSetting): AnyModel {
  const context = controllerContext(setting);
  const { decisions, ...config } = setting;
  return defineModel({
    name: 'replication-controller',
    version: 1,
    config: JSON.parse(JSON.stringify(config)),
    bounds: { ...context.bounds },
    defects: [],
    schema: context.schema,
    recorders,
    initialStates: [
      ({ protocol, budget }) => {
        Object.assign(budget, context.bounds);
        writeKnown(context, protocol);
      },
    ],
    actions: [
      ...registrationDecisions(context),
      ...partitionDecisions(context, setting.assignments),
      changeMinIsr(context, setting.minInsyncReplicasLater),
    ],
  });
}

interface ControllerContext extends ReplicationContext {
  readonly setting: ControllerSetting;
}

function controllerContext(setting: ControllerSetting): ControllerContext {
  const { kafka, eligibleLeaderReplicas, zooKeeper, repairs } = resolveProtocol(setting);
  const { minInsyncReplicas, uncleanLeaderElection, registrations, partition } = setting;
  const brokers = registrations.length;
  const minIsrs = [minInsyncReplicas, ...setting.minInsyncReplicasLater];
  const config = {
    ...defaultConfig,
    ...{ kafka, eligibleLeaderReplicas, zooKeeper, repairs, uncleanLeaderElection },
    // Also the largest value that the state holds.
    minInsyncReplicas: Math.max(...minIsrs),
    brokers,
  };
  const limits = {
    logLength: 1,
    brokerEpoch: Math.max(...registrations.map(each => each.registrations)) + setting.decisions,
    // A decision may be written twice.
    leaderEpoch: partition.leaderEpoch + 2 * setting.decisions,
    partitionEpoch: partition.partitionEpoch + 2 * setting.decisions,
    // Nobody learns anything, so that one record is kept and no more.
    metadataOffset: 1,
  };
  const broker = nodeType('broker', brokers, { interchangeable: false });
  const surroundings = { broker, limits };
  return { ...replicationContext(config, quietScope, rulesOf(config), surroundings), setting };
}

/** Writes into a zeroed state what was decided before. */
function writeKnown({ broker, partition, setting }: ControllerContext, protocol: Protocol): void {
  const { history } = protocol.metadata;
  const { minInsyncReplicas } = setting;
  history.push({ minInsyncReplicas, elrSwitchedOn: 0, uncleanElectionChanged: 0 });
  for (const id of partition.all)
    writePartition(setting.partition, history.get(0).partitions.get(id));
  for (const each of broker.all) {
    const known = setting.registrations[each] as KnownRegistration;
    const registration = protocol.registrations.get(each);
    registration.brokerEpoch = known.registrations;
    registration.incarnation = known.registrations;
    if (known.state === 'controlledShutdown') registration.shutdownOffset = WANTS_TO_STOP;
    for (const event of waysTo[known.state])
      registration.state.send(event, nothingDecided, undefined);
  }
}

/** The events by which a registration comes to each state. */
const waysTo = {
  unregistered: [],
  fenced: ['register'],
  unfenced: ['register', 'unfence'],
  controlledShutdown: ['register', 'unfence', 'beginControlledShutdown'],
} as const;

const nothingDecided = {
  cleanUpPredecessor: () => undefined,
  electWhereLeaderless: () => undefined,
  leavePartition: () => undefined,
  giveUp: () => undefined,
};

function writePartition(known: KnownPartition, draft: PartitionDraft): void {
  draft.leader = known.leader as Broker | undefined;
  draft.leaderEpoch = known.leaderEpoch;
  draft.partitionEpoch = known.partitionEpoch;
  draft.lastKnownLeader = known.lastKnownLeader as Broker | undefined;
  draft.recovering = known.recovering;
  for (const member of known.isr) draft.isr.add(member as Broker);
  for (const member of known.elr) draft.elr.add(member as Broker);
  writeAssignment(known, draft);
}
