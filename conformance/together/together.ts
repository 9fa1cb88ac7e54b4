import type { TakenAction } from '../../checker/model/property.ts';
import type { JsonValue } from '../../checker/state/json.ts';
import type { ReplicationConfig } from '../../models/replication/config.ts';
import { BrokerCounterpart } from '../broker/broker.ts';
import { type Command, type Decisions, unheard } from '../broker/decisions.ts';
import type { BrokerState } from '../broker/projection.ts';
import { ControllerCounterpart } from '../controller/controller.ts';
import type { ControllerState, KafkaRecord } from '../controller/projection.ts';
import type { Counterpart, Projection, Step } from '../lockstep/counterpart.ts';
import type { Driver } from '../lockstep/driver.ts';

/** Of the state of `replication` what its controller has, and what its brokers have. */
export type WholeState = BrokerState & ControllerState;

/** TopicRecord, PartitionRecord, PartitionChangeRecord, RemoveTopicRecord, ClearElrRecord. */
const ofTopics: readonly number[] = [2, 3, 5, 9, 28];
const TOPIC_RECORD = 2;

/**
 * A real controller and real brokers beside the whole of `replication`: what the one writes to the metadata log is what
 * the others replay, and what a leader asks in an AlterPartition request is what it decides on and answers.
 */
export class TogetherCounterpart implements Counterpart<WholeState> {
  readonly #controller: ControllerCounterpart;
  readonly #decisions: RealDecisions;
  readonly #brokers: BrokerCounterpart;

  constructor(controller: Driver, brokers: Driver, config: ReplicationConfig) {
    this.#controller = new ControllerCounterpart(controller, config, sender =>
      this.#brokers.requestOf(sender),
    );
    this.#decisions = new RealDecisions(this.#controller, config);
    this.#brokers = new BrokerCounterpart(brokers, this.#decisions);
  }

  async begin(initial: WholeState): Promise<void> {
    await this.#controller.begin(initial);
    this.#decisions.begin(initial);
    await this.#brokers.begin(initial);
  }

  weightOf(taken: TakenAction, state: WholeState): number {
    return this.#controller.weightOf(taken, state) * this.#brokers.weightOf(taken);
  }

  hasPartIn(step: Step<WholeState>): boolean {
    return this.#controller.hasPartIn(step) || this.#brokers.hasPartIn(step);
  }

  /** The controller decides before brokers hear of it; what only brokers have a part in may be taken back. */
  async take(step: Step<WholeState>): Promise<string | undefined> {
    if (this.#controller.hasPartIn(step)) {
      await this.#controller.take(step);
      this.#decisions.note(step);
    }
    return this.#brokers.hasPartIn(step) ? this.#brokers.take(step) : undefined;
  }

  folded(): readonly TakenAction[] {
    return [];
  }

  ofModel(state: WholeState): Projection {
    return joined(this.#controller.ofModel(state), this.#brokers.ofModel(state));
  }

  ofKafka(): Projection {
    return joined(this.#controller.ofKafka(), this.#brokers.ofKafka());
  }

  note(): string {
    return `${this.#controller.note()}; ${this.#brokers.note()}`;
  }

  async close(): Promise<void> {
    await this.#controller.close();
    await this.#brokers.close();
  }
}

function joined(controller: Projection, brokers: Projection): Projection {
  const decided = Object.entries(controller).map(
    ([place, value]) => [`controller ${place}`, value] as const,
  );
  return { ...Object.fromEntries(decided), ...brokers };
}

/** What brokers hear of a real controller. */
class RealDecisions implements Decisions {
  readonly #controller: ControllerCounterpart;
  readonly #isrAnswers: boolean;
  /** By offset of the metadata of the model: what Kafka's controller wrote of the topic when that was decided. */
  readonly #log = new Map<number, KafkaRecord[]>();
  /** By sender: what its last request was answered. */
  readonly #responses = new Map<string, Command>();

  constructor(controller: ControllerCounterpart, { isrAnswers }: ReplicationConfig) {
    this.#controller = controller;
    this.#isrAnswers = isrAnswers;
  }

  begin(initial: WholeState): void {
    this.#log.clear();
    this.#responses.clear();
    this.#add(initial);
  }

  /** Notes what the controller has written and answered in a step. */
  note({ taken, after }: Step<WholeState>): void {
    this.#add(after);
    if (taken.name !== 'handleAlterPartition') return;
    const { response } = this.#controller.kafka;
    const sender = String(taken.params['sender']);
    if (response === undefined) this.#responses.delete(sender);
    else this.#responses.set(sender, { response });
  }

  #add(state: WholeState): void {
    const offset = newestOffset(state);
    const records = this.#controller.written().filter(({ type }) => ofTopics.includes(type));
    this.#log.set(offset, [...(this.#log.get(offset) ?? []), ...records]);
  }

  registrations(): JsonValue {
    return this.#controller.kafka.registrations.map(each => ({ ...each }));
  }

  everything(state: BrokerState, broker: string): Command {
    return { records: this.#recordsBetween(-1, replayedBy(state, broker)) };
  }

  news({ before, after }: Step<BrokerState>, broker: string): Command | undefined {
    const records = this.#recordsBetween(replayedBy(before, broker), replayedBy(after, broker));
    return records.length === 0 ? undefined : { records };
  }

  answer(_: Step<BrokerState>, leader: string): Command {
    return this.#responses.get(leader) ?? unheard;
  }

  /** Without `isrAnswers` nobody hears of a success but by the metadata. */
  refusal(sender: string): Command {
    const isSuccess = this.#controller.kafka.result === 'NONE';
    return (isSuccess && !this.#isrAnswers ? undefined : this.#responses.get(sender)) ?? unheard;
  }

  partitionEpochOf(kafka: number): number {
    return this.#controller.partitionEpochOf(kafka);
  }

  topicId(): JsonValue | undefined {
    const created = [...this.#log.values()].flat().findLast(({ type }) => type === TOPIC_RECORD);
    const { data } = created ?? {};
    return isObject(data) ? data['topicId'] : undefined;
  }

  /** Behind one offset, up to another. */
  #recordsBetween(from: number, to: number): JsonValue[] {
    const records = [...this.#log].flatMap(([offset, written]) =>
      offset > from && offset <= to ? written : [],
    );
    return records.map(record => ({ ...record }));
  }
}

function newestOffset({ protocol: { metadata } }: BrokerState): number {
  return metadata.firstOffset + metadata.history.length - 1;
}

function replayedBy({ protocol }: BrokerState, broker: string): number {
  return protocol.brokers[broker]?.metadataOffset ?? -1;
}

function isObject(value: JsonValue | undefined): value is { readonly [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
