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

/** What changes nothing that is compared, and what Kafka does below what is driven here. */
const unseen: readonly string[] = ['consume', 'listOffsets', 'resendAlterPartition'];

/** Real ReplicaManagers, with logs on disk, beside the brokers of `replication`; its controller acts alone. */
export class BrokerCounterpart implements Counterpart<BrokerState> {
  readonly #driver: Driver;
  #kafka: KafkaCluster = { result: '', brokers: {}, fetches: {}, acknowledged: [] };
  #brokers: readonly string[] = [];

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  async begin(initial: BrokerState): Promise<void> {
    this.#brokers = Object.keys(initial.protocol.brokers);
    await this.#ask(initial, { do: 'begin' });
    for (const broker of this.#brokers) await this.#ask(initial, start(initial, broker));
  }

  weightOf({ name, params }: TakenAction, state: BrokerState): number {
    const { inFlight } = partitionOf(state).alterPartition[String(params['broker'])] ?? {};
    // Kafka sends the same request again, below what is driven here.
    if (name === 'loseControllerMessage') return inFlight === 'none' ? 1 : 0;
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
  retryProduce: ({ taken: { params } }, name) => [
    {
      do: 'produce',
      broker: idOf(name('leader')),
      acks: String(params['acks']),
      value: Number(params['record']),
    },
  ],
  timeOutProduce: (_, name) => [{ do: 'timeOutProduce', broker: idOf(name('leader')) }],
  deleteRecords: (_, name) => [{ do: 'deleteRecords', broker: idOf(name('leader')) }],
  fetch: (step, name) => [{ do: 'sendFetch', ...linkOf(name) }, ...handled(step, name)],
  sendFetch: (_, name) => [{ do: 'sendFetch', ...linkOf(name) }],
  receiveFetch: (step, name) => handled(step, name),
  receiveFetchResponse: (_, name) => [{ do: 'receiveFetch', ...linkOf(name) }],
  loseMessage: ({ taken: { params } }, name) => {
    const [source, target] = [idOf(name('source')), idOf(name('target'))];
    const [broker, leader] =
      params['what'] === 'fetchRequest' ? [source, target] : [target, source];
    return [{ do: 'loseFetch', broker, leader }];
  },
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
  crash: (_, name) => [{ do: 'crash', broker: idOf(name('broker')) }],
  losePower: ({ taken }, name) => [
    { do: 'crash', broker: idOf(name('broker')), kept: Number(taken.params['kept']) },
  ],
  replaceDisk: (_, name) => [{ do: 'replaceDisk', broker: idOf(name('broker')) }],
  receiveRegistrationAnswer: ({ before, after }, name) => {
    const broker = name('broker');
    return !isUp(before, broker) && isUp(after, broker) ? [start(after, broker)] : [];
  },
};

function linkOf(name: (param: string) => string): Command {
  return { broker: idOf(name('follower')), leader: idOf(name('leader')) };
}

/** A leader handles a fetch. What the model does not answer is an error, of which the follower hears, or lost. */
function handled({ after }: BrokerStep, name: (param: string) => string): readonly Command[] {
  const [follower, leader] = [name('follower'), name('leader')];
  const handling = { do: 'handleFetch', broker: idOf(leader), follower: idOf(follower) };
  const losing = { do: 'loseFetch', ...linkOf(name) };
  // Before it is unfenced a broker takes no requests (BrokerServer.startup).
  if (processOf(after.protocol.brokers, leader).process === 'recovery') return [losing];
  const link = `${leader}->${follower}`;
  if (partitionOf(after).fetchResponses[link]?.kind !== 'none') return [handling];
  const isLost = after.protocol.network.cutLinks[link]?.cut === true;
  return [handling, isLost ? losing : { do: 'receiveFetch', ...linkOf(name) }];
}

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
  const view = viewOf(state, broker);
  const { leader, leaderEpoch, partitionEpoch, isr, recovering, replicas } = view;
  return {
    leader: leader === null ? -1 : idOf(leader),
    leaderEpoch,
    partitionEpoch,
    isr: isr.map(idOf),
    replicas: replicas.map(idOf),
    adding: view.adding.map(idOf),
    removing: view.removing.map(idOf),
    isRecovering: recovering,
  };
}
