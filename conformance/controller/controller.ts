import type { TakenAction } from '../../checker/model/property.ts';
import type { JsonValue } from '../../checker/state/json.ts';
import type { ReplicationConfig } from '../../models/replication/config.ts';
import type { Counterpart, Projection, Step } from '../lockstep/counterpart.ts';
import type { Driver } from '../lockstep/driver.ts';
import {
  type ControllerState,
  idOf,
  type KafkaController,
  type KafkaRecord,
  newestMetadata,
  ofKafka,
  ofModel,
  partitionOf,
} from './projection.ts';

type ControllerStep = Step<ControllerState>;

/** The real managers of a controller beside the controller of `replication`; its brokers and clients act alone. */
export class ControllerCounterpart implements Counterpart<ControllerState> {
  readonly #driver: Driver;
  readonly #config: ReplicationConfig;
  #kafka: KafkaController | undefined;
  /**
   * By partition epoch of the model: that of Kafka at the time. Kafka may write two records where the model makes one
   * decision: a reordering and an election.
   */
  readonly #partitionEpochs = new Map<number, number>();
  readonly #requestOf: ((sender: string) => JsonValue | undefined) | undefined;
  #written: KafkaRecord[] = [];

  /** @param requestOf - What a real leader has asked last; without, requests are made of the model's. */
  constructor(
    driver: Driver,
    config: ReplicationConfig,
    requestOf?: (sender: string) => JsonValue | undefined,
  ) {
    this.#driver = driver;
    this.#config = config;
    this.#requestOf = requestOf;
  }

  /** What the controller has now, and has answered last. */
  get kafka(): KafkaController {
    if (this.#kafka === undefined) throw new Error('the controller has not begun');
    return this.#kafka;
  }

  /** What was written to the metadata log since this was asked last. */
  written(): readonly KafkaRecord[] {
    const written = this.#written;
    this.#written = [];
    return written;
  }

  /** The partition epoch of the model at the time of one of Kafka. */
  partitionEpochOf(kafka: number): number {
    const known = [...this.#partitionEpochs].findLast(([, epoch]) => epoch === kafka);
    return known === undefined ? kafka : known[0];
  }

  async begin(initial: ControllerState): Promise<void> {
    this.#written = [];
    const { minInsyncReplicas, uncleanLeaderElection, eligibleLeaderReplicas } = this.#config;
    this.#partitionEpochs.clear();
    await this.#ask(initial, {
      do: 'begin',
      eligibleLeaderReplicas,
      epochs: Object.values(initial.protocol.registrations).map(({ brokerEpoch }) => brokerEpoch),
      replicas: partitionOf(initial).replicas.map(idOf),
      configs: {
        'min.insync.replicas': String(minInsyncReplicas),
        'unclean.leader.election.enable': String(uncleanLeaderElection),
      },
    });
  }

  /** What brokers and clients do the model does alone. The topic has a minimum of its own, which ELR leaves. */
  weightOf({ name, params }: TakenAction, state: ControllerState): number {
    if (name !== 'enableEligibleLeaderReplicas') return 1;
    return params['to'] === newestMetadata(state).minInsyncReplicas ? 1 : 0;
  }

  hasPartIn(step: ControllerStep): boolean {
    return this.#commandsFor(step).length > 0;
  }

  async take(step: ControllerStep): Promise<undefined> {
    for (const command of this.#commandsFor(step)) await this.#ask(step.after, command);
  }

  #commandsFor(step: ControllerStep): readonly JsonValue[] {
    const { taken, before, after } = step;
    const { name, params } = taken;
    const broker = idOf(String(params['broker']));
    switch (name) {
      case 'fence':
      case 'missHeartbeats':
        return [{ do: 'fence', broker }];
      case 'unfence':
      case 'unregister':
      case 'enterControlledShutdown':
        return [{ do: name, broker }];
      case 'stopCleanly':
        return isFenced(step) ? [{ do: 'fence', broker }] : [];
      case 'register':
        return registration(step);
      case 'electPreferred':
        return [
          { do: 'reorder', replicas: partitionOf(after).replicas.map(idOf) },
          { do: 'elect', type: 'PREFERRED' },
        ];
      case 'reassign':
      case 'replaceReassignment':
        return [{ do: 'reorder', replicas: targetOf(after).map(idOf) }];
      case 'deleteTopic':
        return [{ do: 'deleteTopic' }];
      case 'recreateTopic':
        return [{ do: 'createTopic', replicas: partitionOf(after).replicas.map(idOf) }];
      case 'failOverController':
        return [{ do: 'failOver' }];
      case 'cancelReassignment':
        return [{ do: 'cancel' }];
      case 'electUncleanly':
        return [{ do: 'elect', type: 'UNCLEAN' }];
      case 'changeMinIsr':
        return [setting('min.insync.replicas', String(newestMetadata(after).minInsyncReplicas))];
      case 'changeUncleanSetting':
        return [
          setting('unclean.leader.election.enable', String(this.#isUncleanElectionOn(after))),
        ];
      case 'enableEligibleLeaderReplicas':
        return [{ do: 'enableElr' }];
      case 'handleAlterPartition':
        return [this.#alterPartition(before, String(params['sender']))];
      default:
        return [];
    }
  }

  #isUncleanElectionOn(state: ControllerState): boolean {
    return (
      this.#config.uncleanLeaderElection !== (newestMetadata(state).uncleanElectionChanged === 1)
    );
  }

  #alterPartition(state: ControllerState, sender: string): JsonValue {
    const { protocol } = state;
    const sent = this.#requestOf?.(sender);
    if (sent !== undefined) return { do: 'request', request: sent };
    const [partition] = Object.values(protocol.partitions);
    const request = partition?.alterPartition[sender];
    if (request === undefined) throw new Error(`${sender} has sent no AlterPartition`);
    return {
      do: 'alterPartition',
      isOfEarlierTopic: request.topicId !== partitionOf(state).topicId,
      broker: idOf(sender),
      brokerEpoch: request.senderBrokerEpoch,
      leaderEpoch: request.leaderEpoch,
      partitionEpoch: this.#partitionEpochs.get(request.partitionEpoch) ?? -1,
      // The model has the epoch of who is added; of the others Kafka's leader knows that of now.
      isr: request.isr.map(member => ({
        broker: idOf(member),
        epoch:
          member === request.added
            ? request.addedBrokerEpoch
            : (protocol.registrations[member]?.brokerEpoch ?? -1),
      })),
    };
  }

  async #ask(after: ControllerState, command: JsonValue): Promise<void> {
    // The driver says just that.
    this.#kafka = (await this.#driver.ask(command)) as KafkaController;
    this.#written.push(...this.#kafka.records);
    this.#partitionEpochs.set(
      partitionOf(after).partitionEpoch,
      this.#kafka.partition?.partitionEpoch ?? -1,
    );
  }

  /** A decision is one record, or one batch. */
  folded(): readonly TakenAction[] {
    return [];
  }

  ofModel(state: ControllerState): Projection {
    return ofModel(state);
  }

  ofKafka(): Projection {
    return ofKafka(this.kafka);
  }

  note(): string {
    return `the controller answered ${this.#kafka?.result}`;
  }

  close(): Promise<void> {
    return this.#driver.close();
  }
}

/** A setting of the topic. */
function setting(name: string, to: string): JsonValue {
  return { do: 'configure', name, to };
}

/** What an operator has asked for: all replicas but those that are to be removed. */
function targetOf(state: ControllerState): readonly string[] {
  const { replicas, removing } = partitionOf(state);
  return replicas.filter(member => !removing.includes(member));
}

/** Whether the broker left with the controller's leave, which fences it. */
function isFenced({ taken, before, after }: ControllerStep): boolean {
  const broker = String(taken.params['broker']);
  const stateIn = ({ protocol }: ControllerState) => protocol.registrations[broker]?.state;
  return stateIn(before) !== 'fenced' && stateIn(after) === 'fenced';
}

/** A new incarnation; the same one keeps what it has. */
function registration({ taken, before, after }: ControllerStep): readonly JsonValue[] {
  const name = String(taken.params['broker']);
  const process = before.protocol.brokers[name];
  const known = before.protocol.registrations[name];
  const now = after.protocol.registrations[name];
  if (process === undefined || known === undefined || now === undefined) return [];
  if (process.incarnation === known.incarnation) return [];
  // Of a broker that was unregistered nothing is known.
  const isClean =
    known.state !== 'unregistered' && process.previousBrokerEpoch === known.brokerEpoch;
  return [{ do: 'register', broker: idOf(name), isClean, epoch: now.brokerEpoch }];
}
