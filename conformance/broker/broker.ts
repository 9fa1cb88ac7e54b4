import type { TakenAction } from '../../checker/model/property.ts';
import type { JsonValue } from '../../checker/state/json.ts';
import { idOf } from '../controller/projection.ts';
import type { Counterpart, Projection, Step } from '../lockstep/counterpart.ts';
import type { Driver } from '../lockstep/driver.ts';
import { type Command, type Decisions, decisionsOfModel } from './decisions.ts';
import {
  type BrokerState,
  isrKnownTo,
  isUp,
  type KafkaCluster,
  namesReplaced,
  ofKafka,
  ofModel,
  partitionOf,
  processOf,
  replicaOf,
} from './projection.ts';

type BrokerStep = Step<BrokerState>;

/** What changes nothing that is compared. */
const unseen: readonly string[] = ['consume', 'listOffsets'];

/** Real ReplicaManagers, with logs on disk, beside the brokers of `replication`. */
export class BrokerCounterpart implements Counterpart<BrokerState> {
  readonly #driver: Driver;
  readonly #decisions: Decisions;
  /** By broker: the AlterPartition request that it has sent last, also when it has died since. */
  readonly #requests = new Map<string, JsonValue>();
  #kafka: KafkaCluster = { result: '', brokers: {}, fetches: {}, acknowledged: [] };
  #brokers: readonly string[] = [];
  /** Those in whose requests the model has noted a member that was replaced. */
  #replaced: ReadonlySet<string> = new Set();

  /** @param decisions - What the brokers hear; by default of the controller of the model, which acts alone then. */
  constructor(driver: Driver, decisions: Decisions = decisionsOfModel) {
    this.#driver = driver;
    this.#decisions = decisions;
  }

  /** The AlterPartition request that a broker has sent last. */
  requestOf(broker: string): JsonValue | undefined {
    return this.#requests.get(broker);
  }

  async begin(initial: BrokerState): Promise<void> {
    this.#brokers = Object.keys(initial.protocol.brokers);
    this.#requests.clear();
    await this.#ask(initial, { do: 'begin' });
    for (const broker of this.#brokers)
      await this.#ask(initial, start(initial, broker, this.#decisions));
  }

  weightOf({ name }: TakenAction): number {
    return unseen.includes(name) ? 0 : 1;
  }

  hasPartIn(step: BrokerStep): boolean {
    return commandsFor(step, this.#decisions).length > 0;
  }

  async take(step: BrokerStep): Promise<string | undefined> {
    for (const command of commandsFor(step, this.#decisions)) {
      await this.#ask(step.before, command);
      const { result } = this.#kafka;
      if (/^[a-z]/.test(result)) return result;
    }
    return undefined;
  }

  async #ask(state: BrokerState, command: Command): Promise<void> {
    const registrations = this.#decisions.registrations(state);
    // The driver says just that.
    this.#kafka = (await this.#driver.ask({ ...command, registrations })) as KafkaCluster;
    for (const [broker, { sent }] of Object.entries(this.#kafka.brokers))
      if (sent !== undefined) this.#requests.set(broker, sent);
  }

  /** One step of the model is one of Kafka. */
  folded(): readonly TakenAction[] {
    return [];
  }

  ofModel(state: BrokerState): Projection {
    // Kafka's requests are compared without what that of the model does not say.
    this.#replaced = new Set(this.#brokers.filter(broker => namesReplaced(state, broker)));
    return ofModel(state);
  }

  ofKafka(): Projection {
    const epochOf = (epoch: number): number => this.#decisions.partitionEpochOf(epoch);
    return ofKafka(this.#kafka, this.#brokers, epochOf, this.#replaced);
  }

  note(): string {
    return `the last command ended with ${this.#kafka.result}`;
  }

  close(): Promise<void> {
    return this.#driver.close();
  }
}

/** What the driver is told for a step of the model; nothing where brokers have no part in it. */
function commandsFor(step: BrokerStep, decisions: Decisions): readonly Command[] {
  const { name, params } = step.taken;
  return commands[name]?.(step, param => String(params[param]), decisions) ?? [];
}

type CommandsOf = (
  step: BrokerStep,
  name: (param: string) => string,
  decisions: Decisions,
) => readonly Command[];

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
  handleAlterPartition: ({ after }, name, decisions) => {
    const sender = name('sender');
    if (!isUp(after, sender)) return [];
    const broker = idOf(sender);
    const isAnswered = partitionOf(after).alterPartition[sender]?.inFlight !== 'none';
    if (isAnswered) return [{ do: 'decideAlterPartition', broker }];
    return [{ do: 'answerAlterPartition', broker, ...decisions.refusal(sender) }];
  },
  receiveAlterPartitionAnswer: (step, name, decisions) => {
    const leader = name('leader');
    if (!isUp(step.before, leader)) return [];
    return [
      { do: 'answerAlterPartition', broker: idOf(leader), ...decisions.answer(step, leader) },
    ];
  },
  // What a deleted topic had is to be gone, and what its leaders tell who have not heard of it promises nothing.
  deleteTopic: (_step, _name, decisions) => [
    { do: 'forgetTopic', topic: decisions.topicId() ?? null },
  ],
  loseControllerMessage: ({ before }, name) => lost(before, [name('broker')]),
  failOverController: ({ before }) => lost(before, Object.keys(before.protocol.brokers)),
  resendAlterPartition: (_, name) => [
    { do: 'sendAlterPartitionAgain', broker: idOf(name('leader')) },
  ],
  replayMetadata: (step, name, decisions) => {
    const broker = name('broker');
    const news = decisions.news(step, broker);
    return news === undefined ? [] : [{ do: 'replay', broker: idOf(broker), ...news }];
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
  receiveRegistrationAnswer: ({ before, after }, name, decisions) => {
    const broker = name('broker');
    return !isUp(before, broker) && isUp(after, broker) ? [start(after, broker, decisions)] : [];
  },
};

/** AlterPartition requests of these brokers, or the answers to them, are lost. */
function lost(before: BrokerState, brokers: readonly string[]): readonly Command[] {
  return brokers
    .filter(broker => partitionOf(before).alterPartition[broker]?.inFlight !== 'none')
    .map(broker => ({ do: 'loseAlterPartition', broker: idOf(broker) }));
}

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

function start(state: BrokerState, broker: string, decisions: Decisions): Command {
  const { brokerEpoch, minInsyncReplicas } = processOf(state.protocol.brokers, broker);
  return {
    do: 'start',
    broker: idOf(broker),
    epoch: brokerEpoch,
    minInsyncReplicas,
    ...decisions.everything(state, broker),
  };
}
