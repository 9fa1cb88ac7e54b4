import type { TakenAction } from '../../checker/model/property.ts';
import type { JsonValue } from '../../checker/state/json.ts';
import { idOf } from '../controller/projection.ts';
import type { Counterpart, Projection, Step } from '../lockstep/counterpart.ts';
import type { Driver } from '../lockstep/driver.ts';
import {
  type BrokerState,
  isrKnownTo,
  isUp,
  type KafkaCluster,
  ofKafka,
  ofModel,
  partitionOf,
  processOf,
  replicaOf,
  viewOf,
} from './projection.ts';

type BrokerStep = Step<BrokerState>;
type Command = { readonly [name: string]: JsonValue };

/** What changes nothing that is compared. */
const unseen: readonly string[] = ['consume', 'listOffsets'];

/** Real ReplicaManagers, with logs on disk, beside the brokers of `replication`; its controller acts alone. */
export class BrokerCounterpart implements Counterpart<BrokerState> {
  readonly #driver: Driver;
  #kafka: KafkaCluster = { result: '', brokers: {}, acknowledged: [] };
  #brokers: readonly string[] = [];

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  async begin(initial: BrokerState): Promise<void> {
    this.#brokers = Object.keys(initial.protocol.brokers);
    await this.#ask(initial, { do: 'begin' });
    for (const broker of this.#brokers) await this.#ask(initial, start(initial, broker));
  }

  weightOf({ name }: TakenAction): number {
    return unseen.includes(name) ? 0 : 1;
  }

  hasPartIn(step: BrokerStep): boolean {
    return commandsFor(step).length > 0;
  }

  async take(step: BrokerStep): Promise<string | undefined> {
    for (const command of commandsFor(step)) {
      await this.#ask(step.before, command);
      const { result } = this.#kafka;
      if (/^[a-z]/.test(result)) return result;
    }
    return undefined;
  }

  async #ask({ protocol }: BrokerState, command: Command): Promise<void> {
    const registrations = Object.values(protocol.registrations).map(({ brokerEpoch, state }) => ({
      epoch: brokerEpoch,
      state,
    }));
    // The driver says just that.
    this.#kafka = (await this.#driver.ask({ ...command, registrations })) as KafkaCluster;
  }

  /** One step of the model is one of Kafka. */
  folded(): readonly TakenAction[] {
    return [];
  }

  ofModel(state: BrokerState): Projection {
    return ofModel(state);
  }

  ofKafka(): Projection {
    return ofKafka(this.#kafka, this.#brokers);
  }

  note(): string {
    return `the last command ended with ${this.#kafka.result}`;
  }

  close(): Promise<void> {
    return this.#driver.close();
  }
}

/** What the driver is told for a step of the model; nothing where brokers have no part in it. */
function commandsFor(step: BrokerStep): readonly Command[] {
  const { name, params } = step.taken;
  return commands[name]?.(step, param => String(params[param])) ?? [];
}

type CommandsOf = (step: BrokerStep, name: (param: string) => string) => readonly Command[];

const commands: Readonly<Record<string, CommandsOf>> = {
  produce: ({ taken, after }, name) => [
    {
      do: 'produce',
      broker: idOf(name('leader')),
      acks: String(taken.params['acks']),
      value: partitionOf(after).producer.sent,
    },
  ],
  fetch: (_, name) => [
    { do: 'sendFetch', broker: idOf(name('follower')), leader: idOf(name('leader')) },
    { do: 'handleFetch', broker: idOf(name('leader')), follower: idOf(name('follower')) },
  ],
  sendFetch: (_, name) => [
    { do: 'sendFetch', broker: idOf(name('follower')), leader: idOf(name('leader')) },
  ],
  receiveFetch: (_, name) => [
    { do: 'handleFetch', broker: idOf(name('leader')), follower: idOf(name('follower')) },
  ],
  receiveFetchResponse: (_, name) => [
    { do: 'receiveFetch', broker: idOf(name('follower')), leader: idOf(name('leader')) },
  ],
  shrinkIsr: ({ before, after }, name) => {
    const leader = name('leader');
    const proposed = replicaOf(after, leader).pendingIsr.isr;
    const removed = isrKnownTo(before, leader).isr.filter(member => !proposed.includes(member));
    return [{ do: 'shrink', broker: idOf(leader), followers: removed.map(idOf) }];
  },
  handleAlterPartition: ({ after }, name) => {
    const sender = name('sender');
    if (!isUp(after, sender)) return [];
    const isAnswered = partitionOf(after).alterPartition[sender]?.inFlight !== 'none';
    // Whatever is answered otherwise, the leader stays as it is until the metadata tells it.
    return isAnswered
      ? [{ do: 'decideAlterPartition', broker: idOf(sender) }]
      : [{ do: 'answerAlterPartition', broker: idOf(sender), error: 'NEW_LEADER_ELECTED' }];
  },
  receiveAlterPartitionAnswer: ({ before }, name) => {
    const leader = name('leader');
    const answer = partitionOf(before).alterPartition[leader];
    if (answer === undefined || !isUp(before, leader)) return [];
    const { leaderEpoch, partitionEpoch, isr } = answer;
    const success = { error: 'NONE', leaderEpoch, partitionEpoch, isr: isr.map(idOf) };
    const told = answer.inFlight === 'success' ? success : { error: 'INELIGIBLE_REPLICA' };
    return [{ do: 'answerAlterPartition', broker: idOf(leader), ...told }];
  },
  replayMetadata: ({ before, after }, name) => {
    const broker = name('broker');
    const partition = viewOf(after, broker);
    if (partition.partitionEpoch === viewOf(before, broker).partitionEpoch) return [];
    return [{ do: 'replay', broker: idOf(broker), partition: told(after, broker) }];
  },
  checkpointHighWatermark: (_, name) => [{ do: 'checkpoint', broker: idOf(name('broker')) }],
  applyConfiguration: ({ after }, name) => {
    const { minInsyncReplicas } = processOf(after.protocol.brokers, name('broker'));
    return [{ do: 'configure', broker: idOf(name('broker')), minInsyncReplicas }];
  },
  beginControlledShutdown: (_, name) => [
    { do: 'beginControlledShutdown', broker: idOf(name('broker')) },
  ],
  stopCleanly: (_, name) => [{ do: 'stop', broker: idOf(name('broker')) }],
  crash: ({ before }, name) =>
    isUp(before, name('broker')) ? [{ do: 'crash', broker: idOf(name('broker')) }] : [],
  losePower: ({ taken }, name) => [
    { do: 'crash', broker: idOf(name('broker')), kept: Number(taken.params['kept']) },
  ],
  receiveRegistrationAnswer: ({ before, after }, name) => {
    const broker = name('broker');
    return !isUp(before, broker) && isUp(after, broker) ? [start(after, broker)] : [];
  },
};

function start(state: BrokerState, broker: string): Command {
  const { brokerEpoch, minInsyncReplicas } = processOf(state.protocol.brokers, broker);
  return {
    do: 'start',
    broker: idOf(broker),
    epoch: brokerEpoch,
    minInsyncReplicas,
    partition: told(state, broker),
  };
}

/** The partition as the broker knows it, for the driver. */
function told(state: BrokerState, broker: string): JsonValue {
  const { leader, leaderEpoch, partitionEpoch, isr, recovering, replicas } = viewOf(state, broker);
  return {
    leader: leader === null ? -1 : idOf(leader),
    leaderEpoch,
    partitionEpoch,
    isr: isr.map(idOf),
    replicas: replicas.map(idOf),
    isRecovering: recovering,
  };
}
