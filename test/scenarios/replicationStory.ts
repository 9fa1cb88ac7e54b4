import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import { nodeType } from '../../checker/state/nodeType.ts';
import type { Acks } from '../../models/replication/config.ts';
import { brokerViewOf, controllerView } from '../../models/replication/metadata.ts';
import type {
  Broker,
  ReadonlyBrokerView,
  ReadonlyGhost,
  ReadonlyProtocol,
} from '../../models/replication/schema.ts';
import { replicationIn, type Scope } from '../models/replication/scope.ts';
import { Script, step } from './script.ts';

export type BrokerName = 'broker-1' | 'broker-2' | 'broker-3';
export const [B1, B2, B3] = ['broker-1', 'broker-2', 'broker-3'] as const;

const names = nodeType('broker', 7);

/** A replication model that is played by hand, with what a test wants to know of its state. */
export class ReplicationStory extends Script {
  constructor(scope: Scope) {
    const { model, properties }: { model: AnyModel; properties: readonly AnyProperty[] } =
      replicationIn(scope);
    super(model, properties);
  }

  get protocol(): ReadonlyProtocol {
    // The state is one of the replication schema: the constructor made the model.
    return this.state.protocol as unknown as ReadonlyProtocol;
  }
  get ghost(): ReadonlyGhost {
    return this.state.ghost as unknown as ReadonlyGhost;
  }

  broker(name: BrokerName): ReadonlyBrokerView {
    return this.protocol.brokers.get(brokerNamed(name));
  }
  /** The log as `record@epoch`, for instance `1@0 2@1`. */
  log(name: BrokerName): string {
    const { log } = this.broker(name);
    return Array.from({ length: log.length }, (_, offset) => {
      const { record, epoch } = log.get(offset);
      return `${record}@${epoch}`;
    }).join(' ');
  }
  highWatermark(name: BrokerName): number {
    return this.broker(name).highWatermark;
  }
  /** The log end offset of a follower as its leader knows it. */
  knownEndOffset(leader: BrokerName, follower: BrokerName): number | undefined {
    return this.broker(leader).followers.get(brokerNamed(follower)).logEndOffset;
  }
  /** The leader as the controller has it. */
  get leader(): string {
    const { leader } = controllerView(this.protocol);
    return leader === undefined ? 'none' : names.nameOf(leader);
  }
  get leaderEpoch(): number {
    return controllerView(this.protocol).leaderEpoch;
  }
  /** The ISR as the controller has it, as `1 2 3`. */
  get isr(): string {
    return memberList(controllerView(this.protocol).isr);
  }
  /** The ISR as a broker knows it. */
  isrKnownTo(name: BrokerName): string {
    return memberList(brokerViewOf(this.protocol, brokerNamed(name)).isr);
  }
  /** The records that were acknowledged with acks=all, as `record at offset`. */
  get acknowledged(): string[] {
    const { acknowledged } = this.ghost;
    return Array.from({ length: acknowledged.length }, (_, index) => {
      const { record, offset } = acknowledged.get(index);
      return `${record} at ${offset}`;
    });
  }
  /** The records that a consumer has read, in order. */
  get read(): number[] {
    const { exposed } = this.ghost;
    return Array.from({ length: exposed.length }, (_, offset) => exposed.get(offset).record);
  }
}

function memberList(isr: { has(broker: Broker): boolean }): string {
  return names.all
    .filter(broker => isr.has(broker))
    .map(broker => broker + 1)
    .join(' ');
}

function brokerNamed(name: BrokerName): Broker {
  const broker = names.named(name);
  if (broker === undefined) throw new Error(`there is no ${name}`);
  return broker;
}

// The steps of the model, as a story tells them.

export const produce = (leader: BrokerName, acks: Acks = 'all'): string =>
  step('produce', { leader, acks });
export const consume = (leader: BrokerName): string => step('consume', { leader });
export const fetch = (follower: BrokerName, leader: BrokerName): string =>
  step('fetch', { follower, leader });
export const receive = (follower: BrokerName, leader: BrokerName): string =>
  step('receiveFetchResponse', { follower, leader });
/** One fetch and its answer. */
export const copy = (follower: BrokerName, leader: BrokerName): string[] => [
  fetch(follower, leader),
  receive(follower, leader),
];
/** Replays the next metadata record. */
export const learn = (broker: BrokerName): string => step('replayMetadata', { broker, records: 1 });
export const shrink = (leader: BrokerName, follower: BrokerName): string =>
  step('shrinkIsr', { leader, follower });
/** The controller decides on the ISR change that the sender has proposed. */
export const decide = (sender: BrokerName): string => step('handleAlterPartition', { sender });
export const fence = (broker: BrokerName, elected: BrokerName | 'none' = 'none'): string =>
  step('fence', { broker, elected });
export const unfence = (broker: BrokerName, elected: BrokerName | 'none' = 'none'): string =>
  step('unfence', { broker, elected });
export const prefer = (elected: BrokerName): string => step('electPreferred', { elected });
export const crash = (broker: BrokerName): string => step('crash', { broker });
export const losePower = (broker: BrokerName, kept: number): string =>
  step('losePower', { broker, kept });
export const restart = (broker: BrokerName): string => step('restart', { broker });
export const cut = (broker: BrokerName, from: 'controller' | 'brokers' | 'everyone'): string =>
  step('cutNetwork', { broker, from });
export const heal = 'healNetwork()';
/** A crash, and what follows once the controller notices. */
export const loseBroker = (broker: BrokerName, elected: BrokerName | 'none' = 'none'): string[] => [
  crash(broker),
  fence(broker, elected),
];
/** A start, and what follows once the controller hears of it. */
export const returnBroker = (
  broker: BrokerName,
  elected: BrokerName | 'none' = 'none',
): string[] => [restart(broker), unfence(broker, elected)];
