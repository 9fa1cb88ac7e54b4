import { CompiledModel } from '../../../checker/core/compiledModel.ts';
import type { AnyProperty } from '../../../checker/model/property.ts';
import { DirectedRun, readStep } from '../../../checker/replay/directedRun.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import {
  type Acks,
  defaultConfig,
  quietScope,
  type ReplicationBounds,
  type ReplicationConfig,
} from '../../../models/replication/config.ts';
import { brokerViewOf, controllerView, isrKnownTo } from '../../../models/replication/metadata.ts';
import { replicationModel } from '../../../models/replication/model.ts';
import { partitionOf, type ReadonlyPartition } from '../../../models/replication/partitionScope.ts';
import type { ReplicationDefect } from '../../../models/replication/rules.ts';
import type {
  Broker,
  GhostFields,
  PartitionId,
  PartitionView,
  ProtocolFields,
  ReadonlyBrokerView,
  ReadonlyPartitionGhost,
  ReadonlyReplicaView,
} from '../../../models/replication/schema.ts';
import { replicationProperties } from '../../../properties/replication.ts';
import { step } from '../step.ts';

export type BrokerName = 'broker-1' | 'broker-2' | 'broker-3' | 'broker-4';
export type PartitionName = 'partition-1' | 'partition-2';
export const [P1, P2] = ['partition-1', 'partition-2'] as const;
export const [B1, B2, B3, B4] = ['broker-1', 'broker-2', 'broker-3', 'broker-4'] as const;

const names = nodeType('broker', 7);
const partitions = nodeType('partition', 2);

/** What a story changes of the default configuration and of {@link storyBounds}. */
export interface StoryScope {
  readonly config?: Partial<ReplicationConfig>;
  readonly bounds?: Partial<ReplicationBounds>;
  readonly defects?: readonly ReplicationDefect[];
}

/**
 * Room enough for every story. What limits a property's claim (a power loss, a lost disk, an unclean
 * election) is named by the story that has it.
 */
const storyBounds: ReplicationBounds = {
  ...quietScope,
  records: 8,
  retries: 2,
  crashes: 6,
  pauses: 1,
  missedHeartbeats: 2,
  shutdowns: 3,
  partitions: 4,
  lostMessages: 2,
  controllerFailovers: 2,
  preferredElections: 4,
  isrShrinks: 3,
  reassignments: 3,
  checkpoints: 4,
  deletions: 1,
};

/** What all stories of one scope share. */
interface Stage {
  readonly model: CompiledModel;
  readonly properties: readonly AnyProperty[];
  readonly brokers: readonly Broker[];
}

function stageOf({ config = {}, bounds = {}, defects = [] }: StoryScope): Stage {
  const whole = { ...defaultConfig, kafka: 'current', ...config };
  const limits = { ...storyBounds, ...bounds };
  return {
    model: new CompiledModel(replicationModel(whole, limits, defects)),
    properties: replicationProperties(whole, limits),
    brokers: names.all.slice(0, whole.brokers + whole.spareBrokers),
  };
}

/** Begins stories of one scope, of which there are many: its model is built once. */
export function storiesIn(scope: StoryScope): () => ReplicationStory {
  const stage = stageOf(scope);
  return () => new ReplicationStory(scope, stage);
}

/** The properties that break when a record is gone that was acknowledged and could be read. */
export const recordLost = ['acknowledged-records-survive', 'exposed-records-survive'];

/** What brokers and controller do by themselves while nothing fails. */
const replication = [
  'fetch',
  'receiveFetchResponse',
  'queryEpochEnd',
  'handleAlterPartition',
  'receiveAlterPartitionAnswer',
  'replayMetadata',
  'applyConfiguration',
];

/** A replication model that is played by hand, with what a test wants to know of its state. */
export class ReplicationStory extends DirectedRun<ProtocolFields, GhostFields> {
  readonly #brokers: readonly Broker[];
  #partition: PartitionId;

  constructor(scope: StoryScope = {}, { model, properties, brokers }: Stage = stageOf(scope)) {
    super(model, properties);
    this.#brokers = brokers;
    this.#partition = partitions.all[0] as PartitionId;
  }

  /** Looks at another partition from now on: the first or the second. */
  lookAt(partition: PartitionName): this {
    this.#partition = partitions.named(partition) as PartitionId;
    return this;
  }
  /** What clients of the partition were told. */
  get told(): ReadonlyPartitionGhost {
    return this.ghost.partitions.get(this.#partition);
  }
  /** The partition that is looked at. */
  get view(): ReadonlyPartition {
    return partitionOf(this.protocol, this.#partition);
  }

  /** Lets the replication go on until there is nothing left to copy, to decide or to learn. */
  catchUp(): this {
    return this.settle(replication);
  }

  broker(name: BrokerName): ReadonlyBrokerView {
    return this.protocol.brokers.get(brokerNamed(name));
  }
  replica(name: BrokerName): ReadonlyReplicaView {
    return this.view.replicas.get(brokerNamed(name));
  }
  /** The log as `record@epoch`, for instance `1@0 2@1`; a deleted record is a dash. */
  log(name: BrokerName): string {
    return logOf(this.replica(name));
  }
  /** Every broker's log. */
  get logs(): string[] {
    return this.#brokers.map(broker => logOf(this.view.replicas.get(broker)));
  }
  highWatermark(name: BrokerName): number {
    return this.replica(name).highWatermark;
  }
  /** Every broker's high watermark. */
  get highWatermarks(): number[] {
    return this.#brokers.map(broker => this.view.replicas.get(broker).highWatermark);
  }
  /** The log end offset of a follower as its leader knows it. */
  knownEndOffset(leader: BrokerName, follower: BrokerName): number | undefined {
    return this.replica(leader).followers.get(brokerNamed(follower)).logEndOffset;
  }
  /** What the broker's process does, and the part it plays for the partition. */
  doing(name: BrokerName): string {
    return `${this.broker(name).process.state}, ${this.replica(name).role.state}`;
  }
  /** A broker as the controller has it registered. */
  registration(name: BrokerName): string {
    return this.protocol.registrations.get(brokerNamed(name)).state.state;
  }
  /** The broker epoch under which the controller has a broker registered. */
  registeredEpoch(name: BrokerName): number {
    return this.protocol.registrations.get(brokerNamed(name)).brokerEpoch;
  }
  /** The acks=all requests that wait at a leader. */
  waiting(name: BrokerName): number {
    return this.replica(name).waitingProduce.length;
  }
  /** The ISR change that a leader has proposed, for instance `expand to 1 2`. */
  pending(name: BrokerName): string {
    const { change, isr } = this.replica(name).pendingIsr;
    return change === 'none' ? change : `${change} to ${members(isr)}`;
  }

  /** The partition as the controller has it, for instance `leader 2, epoch 1, ISR 2 3, ELR 1`. */
  get partition(): string {
    return wordsOf(controllerView(this.view));
  }
  /** The same, field by field. */
  get decided(): PartitionView {
    return controllerView(this.view);
  }
  /** The partition as a broker knows it. */
  partitionKnownTo(name: BrokerName): string {
    return wordsOf(brokerViewOf(this.view, brokerNamed(name)));
  }
  /** The assignment in its order, for instance `1 2 +4 -3` while broker 4 replaces broker 3. */
  get assignment(): string {
    const { replicas, adding, removing } = controllerView(this.view);
    return Array.from({ length: replicas.length }, (_, index) => {
      const member = replicas.get(index);
      return `${adding.has(member) ? '+' : removing.has(member) ? '-' : ''}${member + 1}`;
    }).join(' ');
  }
  /** The leader as the controller has it. */
  get leader(): string {
    const { leader } = controllerView(this.view);
    return leader === undefined ? 'none' : names.nameOf(leader);
  }
  /** The ISR as the controller has it, as `1 2 3`. */
  get isr(): string {
    return members(controllerView(this.view).isr);
  }
  /** The ISR as a broker knows it: by the metadata, or as leader by an answer. */
  isrKnownTo(name: BrokerName): string {
    return members(isrKnownTo(this.view, brokerNamed(name)));
  }

  /** The records that were acknowledged, as `1 at 0`, and `1 at 0 (acks=1)` if only the leader had it. */
  get acknowledged(): string[] {
    const { acknowledged } = this.told;
    return Array.from({ length: acknowledged.length }, (_, index) => {
      const { record, offset, acks } = acknowledged.get(index);
      return `${record} at ${offset}${acks === 'all' ? '' : ` (acks=${acks})`}`;
    });
  }
  /** The records that a consumer may have read, in order. */
  get exposed(): number[] {
    const { exposed } = this.told;
    return Array.from({ length: exposed.length }, (_, offset) => exposed.get(offset).record);
  }
  /** The records of which the producer does not know what became of them. */
  get unresolved(): number[] {
    const { unresolved } = this.view.producer;
    return Array.from({ length: unresolved.length }, (_, index) => unresolved.get(index));
  }
}

/** A log as `record@epoch`; a deleted record is a dash. */
export function logOf({ log }: Pick<ReadonlyReplicaView, 'log'>): string {
  return Array.from({ length: log.length }, (_, offset) => {
    const { record, epoch } = log.get(offset);
    return record === 0 ? '-' : `${record}@${epoch}`;
  }).join(' ');
}

/** A partition as its metadata has it, for instance `leader 2, epoch 1, ISR 2 3, ELR 1`. */
export function wordsOf(partition: PartitionView): string {
  const { leader, leaderEpoch, isr, elr, lastKnownLeader, recovering } = partition;
  const words = [leader === undefined ? 'no leader' : `leader ${leader + 1}`];
  words.push(`epoch ${leaderEpoch}`, `ISR ${isr.isEmpty ? 'empty' : members(isr)}`);
  if (!elr.isEmpty) words.push(`ELR ${members(elr)}`);
  if (lastKnownLeader !== undefined) words.push(`last leader ${lastKnownLeader + 1}`);
  if (recovering) words.push('recovering');
  return words.join(', ');
}

function members(set: { has(broker: Broker): boolean }): string {
  return names.all
    .filter(broker => set.has(broker))
    .map(broker => broker + 1)
    .join(' ');
}

function brokerNamed(name: BrokerName): Broker {
  const broker = names.named(name);
  if (broker === undefined) throw new Error(`there is no ${name}`);
  return broker;
}

/** Steps of one of several partitions. */
export const of = (partition: PartitionName, ...steps: readonly (string | string[])[]): string[] =>
  steps.flat().map(text => {
    const { name = '', params = {} } = readStep(text) ?? {};
    return step(name, { partition, ...params });
  });

// The steps of the model, as a story tells them. First the clients.

export const produce = (leader: BrokerName, acks: Acks = 'all'): string =>
  step('produce', { leader, acks });
/** The producer sends a record again whose fate it does not know. */
export const retry = (leader: BrokerName, record: number, acks: Acks = 'all'): string =>
  step('retryProduce', { leader, record, acks });
/** The acks=all requests that wait at a leader time out. */
export const timeOut = (leader: BrokerName): string => step('timeOutProduce', { leader });
/** A consumer reads up to an offset, which must be the last one that it may read. */
export const consume = (leader: BrokerName, offset: number): string =>
  step('consume', { leader, offset });
export const deleteRecords = (leader: BrokerName): string => step('deleteRecords', { leader });

// Replicas.

export const fetch = (follower: BrokerName, leader: BrokerName): string =>
  step('fetch', { follower, leader });
export const receive = (follower: BrokerName, leader: BrokerName): string =>
  step('receiveFetchResponse', { follower, leader });
/** One fetch and its answer. */
export const copy = (follower: BrokerName, leader: BrokerName): string[] => [
  fetch(follower, leader),
  receive(follower, leader),
];
/** A fetch request that travels on its own, and its arrival. */
export const sendFetch = (follower: BrokerName, leader: BrokerName): string =>
  step('sendFetch', { follower, leader });
export const receiveFetch = (follower: BrokerName, leader: BrokerName): string =>
  step('receiveFetch', { follower, leader });
/** Before 2.7: the follower asks where its last epoch ends, and truncates. */
export const askEpochEnd = (follower: BrokerName, leader: BrokerName): string =>
  step('queryEpochEnd', { follower, leader });
/** Replays the next metadata record. */
export const learn = (broker: BrokerName): string => step('replayMetadata', { broker, records: 1 });
/** Applies the configuration that came with the metadata it has replayed. */
export const applyConfiguration = (broker: BrokerName): string =>
  step('applyConfiguration', { broker });
export const checkpoint = (broker: BrokerName): string =>
  step('checkpointHighWatermark', { broker });

// ISR changes.

/** The leader proposes to remove a follower, or all that lag if none is named. */
export const shrink = (leader: BrokerName, follower: BrokerName | 'none' = 'none'): string =>
  step('shrinkIsr', { leader, follower });
/** The controller decides on the ISR change that the sender has proposed. */
export const decide = (sender: BrokerName): string => step('handleAlterPartition', { sender });
/** The leader hears that a member that it proposed is not eligible. */
export const hearAnswer = (leader: BrokerName): string =>
  step('receiveAlterPartitionAnswer', { leader });
export const resend = (leader: BrokerName): string => step('resendAlterPartition', { leader });

// The controller and its operators.

export const fence = (broker: BrokerName): string => step('fence', { broker });
export const missHeartbeats = (broker: BrokerName): string => step('missHeartbeats', { broker });
export const unfence = (broker: BrokerName): string => step('unfence', { broker });
export const prefer = (elected: BrokerName): string => step('electPreferred', { elected });
export const electUncleanly = 'electUncleanly()';
export const changeMinIsr = (to: number): string => step('changeMinIsr', { to });
/** A reassignment: one broker is added, one removed, or both. */
export const reassign = (add: BrokerName | 'none', remove: BrokerName | 'none'): string =>
  step('reassign', { add, remove });
export const cancelReassignment = 'cancelReassignment()';
/** Another target, told by what it adds to the assignment from before the reassignment, and removes from it. */
export const replaceReassignment = (
  add: BrokerName | 'none',
  remove: BrokerName | 'none',
): string => step('replaceReassignment', { add, remove });
/** ELR are switched on, and this becomes min.insync.replicas. */
export const enableElr = (to: number): string => step('enableEligibleLeaderReplicas', { to });
/** An operator gives a broker up. */
export const unregister = (broker: BrokerName): string => step('unregister', { broker });
export const changeUncleanSetting = 'changeUncleanSetting()';
export const electUncleanlyAsSet = 'electUncleanlyAsSet()';
export const deleteTopic = 'deleteTopic()';
/** The topic is created again, with its replicas placed from this broker on. */
export const recreateTopic = (first: BrokerName): string => step('recreateTopic', { first });
export const failOverController = 'failOverController()';

// Starts and stops.

export const restart = (broker: BrokerName): string => step('restart', { broker });
export const register = (broker: BrokerName): string => step('register', { broker });
export const repeatRegistration = (broker: BrokerName): string =>
  step('repeatRegistration', { broker });
export const receiveRegistration = (broker: BrokerName): string =>
  step('receiveRegistrationAnswer', { broker });
/** A process starts, registers and loads its log; it follows already, and is fenced. */
export const start = (broker: BrokerName): string[] => [
  restart(broker),
  register(broker),
  receiveRegistration(broker),
];
/** A start, and the controller unfences the broker. */
export const returnBroker = (broker: BrokerName): string[] => [...start(broker), unfence(broker)];
/** The operator stops a broker, and the controller takes leadership and ISR membership from it. */
export const leave = (broker: BrokerName): string[] => [
  step('beginControlledShutdown', { broker }),
  step('enterControlledShutdown', { broker }),
];
export const stop = (
  broker: BrokerName,
  leaveToStop: 'granted' | 'notGranted' = 'granted',
): string => step('stopCleanly', { broker, leave: leaveToStop });

// Faults.

export const crash = (broker: BrokerName): string => step('crash', { broker });
/** A crash, and what follows once the controller notices. */
export const loseBroker = (broker: BrokerName): string[] => [crash(broker), fence(broker)];
export const losePower = (broker: BrokerName, kept: number): string =>
  step('losePower', { broker, kept });
export const replaceDisk = (broker: BrokerName): string => step('replaceDisk', { broker });
export const pause = (broker: BrokerName): string => step('pause', { broker });
export const resume = (broker: BrokerName): string => step('resume', { broker });
export const cut = (
  broker: BrokerName,
  from: 'controller' | 'brokers' | 'everyone' | 'toController' | 'fromController',
): string => step('cutNetwork', { broker, from });
/** What one broker sends to another is lost. */
export const cutLink = (source: BrokerName, target: BrokerName): string =>
  step('cutLink', { source, target });
export const heal = 'healNetwork()';
/** The connection is reset, and what was in flight on it is gone. */
export const loseMessage = (
  what: 'fetchRequest' | 'fetchResponse',
  source: BrokerName,
  target: BrokerName,
): string => step('loseMessage', { what, source, target });
/** What a broker and the controller had in flight between them is gone. */
export const loseControllerMessage = (broker: BrokerName): string =>
  step('loseControllerMessage', { broker });
