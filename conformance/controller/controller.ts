import type { TakenAction } from '../../checker/model/property.ts';
import type { JsonValue } from '../../checker/state/json.ts';
import type { ReplicationConfig } from '../../models/replication/config.ts';
import type { Counterpart, Projection, Step } from '../lockstep/counterpart.ts';
import type { Driver } from '../lockstep/driver.ts';
import {
  type ControllerState,
  idOf,
  type KafkaController,
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

  constructor(driver: Driver, config: ReplicationConfig) {
    this.#driver = driver;
    this.#config = config;
  }

  async begin(initial: ControllerState): Promise<void> {
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

  /** What brokers and clients do the model does alone. */
  weightOf(): number {
    return 1;
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
      case 'electUncleanly':
        return [{ do: 'elect', type: 'UNCLEAN' }];
      case 'changeMinIsr':
        return [{ do: 'setMinIsr', to: String(newestMetadata(after).minInsyncReplicas) }];
      case 'handleAlterPartition':
        return [this.#alterPartition(before, String(params['sender']))];
      default:
        return [];
    }
  }

  #alterPartition({ protocol }: ControllerState, sender: string): JsonValue {
    const [partition] = Object.values(protocol.partitions);
    const request = partition?.alterPartition[sender];
    if (request === undefined) throw new Error(`${sender} has sent no AlterPartition`);
    return {
      do: 'alterPartition',
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
    this.#partitionEpochs.set(partitionOf(after).partitionEpoch, this.#kafka.partitionEpoch);
  }

  /** A decision is one record, or one batch. */
  folded(): readonly TakenAction[] {
    return [];
  }

  ofModel(state: ControllerState): Projection {
    return ofModel(state);
  }

  ofKafka(): Projection {
    if (this.#kafka === undefined) throw new Error('the controller has not begun');
    return ofKafka(this.#kafka);
  }

  note(): string {
    return `the controller answered ${this.#kafka?.result}`;
  }

  close(): Promise<void> {
    return this.#driver.close();
  }
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
  const isClean = process.previousBrokerEpoch === known.brokerEpoch;
  return [{ do: 'register', broker: idOf(name), isClean, epoch: now.brokerEpoch }];
}
