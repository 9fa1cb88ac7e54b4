import type { AnyModel } from '../../checker/model/model.ts';
import type { JsonValue } from '../../checker/state/json.ts';
import type { Observation } from '../../checker/validate/observation.ts';
import type { Assignment } from '../replication/controller/assignment.ts';
import {
  controllerModel,
  type KnownPartition,
  type KnownRegistration,
} from '../replication/controller/controllerModel.ts';
import { lineOf, placeOf, type RelevantRecord } from './decisions.ts';
import { type DumpedRecord, RecordFields } from './dumpedRecords.ts';
import { type LoggedPartition, MetadataState, partitionKey } from './metadataState.ts';
import { releaseOf } from './releaseOf.ts';
import { brokersOf, isOf, type Subject } from './subjects.ts';

/** The most brokers that the model has: what a partition can be moved over in one log. */
export const MOST_BROKERS = 8;

/** A part of a log during which the rules and the settings stay as they are. */
interface Section {
  readonly model: AnyModel;
  readonly observation: Observation;
  /** Of each line of the observation the record. */
  readonly records: readonly DumpedRecord[];
  /** Why the section before ends: what no decision of the model explains, and is taken as it is. */
  readonly begins: string | undefined;
}

/** The log of one partition. */
export interface PartitionLog {
  readonly topic: string;
  readonly partition: number;
  /** The ids of the brokers that the log names for it: the first is `broker-1`. */
  readonly brokers: readonly number[];
  readonly sections: readonly Section[];
}

/** What is known before the first record that is to be explained. */
export interface LogStart {
  /** Records of a snapshot; none where the log begins at offset 0. */
  readonly snapshot: readonly DumpedRecord[];
  /** The release by whose rules the controller decides, if it is not to be told by `metadata.version`. */
  readonly kafka: string | undefined;
}

/** What the records say of one partition, as observations of the controller's half of `replication`. */
export function partitionLog(
  records: readonly DumpedRecord[],
  subject: Subject,
  start: LogStart,
): PartitionLog {
  const { topic, partition } = subject;
  const brokers = brokersOf([...start.snapshot, ...records], subject);
  const reader = new SectionReader(subject, brokers, start);
  for (const record of records) reader.read(record);
  return { topic, partition, brokers, sections: reader.end() };
}

const ofRegistrations = new Set(['REGISTER_BROKER_RECORD', 'BROKER_REGISTRATION_CHANGE_RECORD']);
const decided = 'protocol.metadata.history[0]';

class SectionReader {
  readonly #subject: Subject;
  readonly #brokers: readonly number[];
  readonly #kafka: string | undefined;
  readonly #state = new MetadataState();
  readonly #sections: Section[] = [];
  #relevant: RelevantRecord[] = [];
  #assignments: Assignment[] = [];
  #minIsrs: number[] = [];
  /** Makes the model of the section that is being read, once all is known that it may be asked to decide. */
  #modelOf: () => AnyModel;
  #begins: string | undefined;

  constructor(subject: Subject, brokers: readonly number[], { snapshot, kafka }: LogStart) {
    this.#subject = subject;
    this.#brokers = brokers;
    this.#kafka = kafka;
    for (const record of snapshot) this.#state.replay(record);
    this.#modelOf = this.#begin();
  }

  read(record: DumpedRecord): void {
    const rules = this.#rules();
    this.#note(record);
    const after = this.#rules();
    if (rules !== after) this.#cut(`${placeOf(record)} changes what is decided by`);
    else if (this.#isUnregistration(record)) this.#cut(`${placeOf(record)} unregisters a broker`);
  }

  end(): Section[] {
    this.#cut('');
    return this.#sections;
  }

  /** Ends a section; what follows is held to the model from the state that the records have come to. */
  #cut(why: string): void {
    if (this.#relevant.length > 0) {
      this.#sections.push({
        model: this.#modelOf(),
        observation: this.#observation(),
        records: this.#relevant.map(({ record }) => record),
        begins: this.#begins,
      });
    }
    // What nothing was said before is no matter of taking it as it is.
    this.#begins = this.#sections.length > 0 ? why : undefined;
    this.#relevant = [];
    this.#assignments = [];
    this.#minIsrs = [];
    this.#modelOf = this.#begin();
  }

  /** What does not change within a section. */
  #rules(): string {
    return [this.#hasElr(), this.#isUnclean(), this.#state.features.get('metadata.version')].join();
  }

  #hasElr(): boolean {
    return (this.#state.features.get('eligible.leader.replicas.version') ?? 0) > 0;
  }

  #isUnclean(): boolean {
    const setting = this.#state.settingOf(this.#subject.topic, 'unclean.leader.election.enable');
    return setting === 'true';
  }

  #minIsr(): number {
    return Number(this.#state.settingOf(this.#subject.topic, 'min.insync.replicas') ?? 1);
  }

  #isUnregistration(record: DumpedRecord): boolean {
    if (record.type !== 'UNREGISTER_BROKER_RECORD') return false;
    return this.#brokers.includes(new RecordFields(record).number('brokerId'));
  }

  #partition(): LoggedPartition | undefined {
    const { topicId, partition } = this.#subject;
    return this.#state.partitions.get(partitionKey(topicId, partition));
  }

  #begin(): () => AnyModel {
    const level = this.#state.features.get('metadata.version');
    const now = {
      kafka: this.#kafka ?? releaseOf(level),
      eligibleLeaderReplicas: this.#hasElr(),
      uncleanLeaderElection: this.#isUnclean(),
      minInsyncReplicas: this.#minIsr(),
      registrations: this.#brokers.map((id): KnownRegistration => {
        const { state = 'unregistered', registrations = 0 } = this.#state.brokers.get(id) ?? {};
        return { state, registrations };
      }),
      partition: this.#known(),
    };
    return () =>
      controllerModel({
        ...now,
        zooKeeper: false,
        repairs: [],
        assignments: this.#assignments,
        minInsyncReplicasLater: this.#minIsrs,
        decisions: this.#relevant.length,
      });
  }

  #known(): KnownPartition {
    const found = this.#partition();
    const to = (ids: readonly number[] = []) => ids.map(id => this.#brokers.indexOf(id));
    const leader = found === undefined || found.leader < 0 ? undefined : found.leader;
    const [lastKnown] = found?.lastKnownElr ?? [];
    return {
      replicas: to(found?.replicas),
      adding: to(found?.adding),
      removing: to(found?.removing),
      leader: leader === undefined ? undefined : this.#brokers.indexOf(leader),
      leaderEpoch: found?.leaderEpoch ?? 0,
      partitionEpoch: found?.partitionEpoch ?? 0,
      isr: to(found?.isr),
      elr: to(found?.elr),
      lastKnownLeader: lastKnown === undefined ? undefined : this.#brokers.indexOf(lastKnown),
      recovering: found?.recovering ?? false,
    };
  }

  /** Replays a record, and notes it if it says something of the partition. */
  #note(record: DumpedRecord): void {
    const minIsr = this.#minIsr();
    const isRepeated = this.#state.isRepeated(record);
    const epoch = isRepeated ? this.#epochOf(record) : undefined;
    this.#state.replay(record);
    const found = this.#kindOf(record, minIsr);
    const kind = found === 'register' && isRepeated ? 'repeated' : found;
    if (kind === undefined) return;
    if (kind === 'minIsr') this.#minIsrs.push(this.#minIsr());
    if (kind === 'create' || new RecordFields(record).has('replicas')) this.#noteAssignment();
    this.#relevant.push({ record, kind, state: this.#stateAfter(record, kind, epoch) });
  }

  /** The epoch of the broker that a record is about. */
  #epochOf(record: DumpedRecord): number | undefined {
    return this.#state.brokers.get(new RecordFields(record).number('brokerId'))?.epoch;
  }

  #noteAssignment(): void {
    const { replicas, adding, removing } = this.#known();
    this.#assignments.push({ replicas, adding, removing });
  }

  #kindOf(record: DumpedRecord, minIsr: number): RelevantRecord['kind'] | undefined {
    if (isOf(record, this.#subject))
      return record.type === 'PARTITION_RECORD' ? 'create' : 'change';
    const fields = new RecordFields(record);
    if (ofRegistrations.has(record.type)) {
      if (!this.#brokers.includes(fields.number('brokerId'))) return undefined;
      if (record.type === 'REGISTER_BROKER_RECORD') return 'register';
      // Others tell of the directories of a broker, which the model does not have.
      const isChanged = ['fenced', 'inControlledShutdown'].some(
        name => fields.has(name) && fields.number(name) !== 0,
      );
      return isChanged ? 'registration' : undefined;
    }
    if (record.type === 'CONFIG_RECORD') return this.#minIsr() === minIsr ? undefined : 'minIsr';
    if (record.type !== 'CLEAR_ELR_RECORD' || this.#partition() === undefined) return undefined;
    const topic = fields.has('topicName') ? fields.text('topicName') : '';
    return topic === '' || topic === this.#subject.topic ? 'clearElr' : undefined;
  }

  #stateAfter(
    record: DumpedRecord,
    kind: RelevantRecord['kind'],
    epochBefore: number | undefined,
  ): Readonly<Record<string, JsonValue>> {
    switch (kind) {
      case 'create':
      case 'change':
      case 'clearElr':
        return this.#partitionState();
      case 'minIsr':
        return { [`${decided}.minInsyncReplicas`]: this.#minIsr() };
      case 'register':
        // A broker epoch is the offset at which the first record of the registration is written.
        return this.#registrationState(
          record,
          each => each >= record.batch && each <= record.offset,
        );
      case 'repeated':
        return this.#registrationState(record, each => each === epochBefore);
      case 'registration':
        return this.#registrationState(record, each => each === this.#epochOf(record));
    }
  }

  #registrationState(
    record: DumpedRecord,
    isItsEpoch: (epoch: number) => boolean,
  ): Readonly<Record<string, JsonValue>> {
    const fields = new RecordFields(record);
    const id = fields.number('brokerId');
    const path = `protocol.registrations.${this.#nameOf(id)}`;
    const known = this.#state.brokers.get(id);
    const epoch = fields.number('brokerEpoch');
    return {
      [`${path}.state`]: known?.state ?? 'not registered',
      [`${path}.brokerEpoch`]: isItsEpoch(epoch)
        ? (known?.registrations ?? 0)
        : `of another: ${epoch}`,
    };
  }

  #partitionState(): Readonly<Record<string, JsonValue>> {
    const path = `${decided}.partitions.partition-1`;
    const known = this.#partition();
    if (known === undefined) return { [`${path}.leader`]: 'of no partition' };
    const namesOf = (ids: readonly number[]) => ids.map(id => this.#nameOf(id));
    const setOf = (ids: readonly number[]) => namesOf([...ids].sort((a, b) => a - b));
    const [lastKnown] = known.lastKnownElr;
    return {
      [`${path}.leader`]: known.leader < 0 ? null : this.#nameOf(known.leader),
      [`${path}.leaderEpoch`]: known.leaderEpoch,
      [`${path}.partitionEpoch`]: known.partitionEpoch,
      [`${path}.isr`]: setOf(known.isr),
      [`${path}.elr`]: setOf(known.elr),
      // Kafka writes one, and the model has one.
      [`${path}.lastKnownLeader`]:
        known.lastKnownElr.length > 1
          ? `several: ${known.lastKnownElr.join()}`
          : lastKnown === undefined
            ? null
            : this.#nameOf(lastKnown),
      [`${path}.recovering`]: known.recovering,
      [`${path}.replicas`]: namesOf(known.replicas),
      [`${path}.adding`]: setOf(known.adding),
      [`${path}.removing`]: setOf(known.removing),
    };
  }

  #nameOf(id: number): string {
    return `broker-${this.#brokers.indexOf(id) + 1}`;
  }

  #observation(): Observation {
    return {
      lines: this.#relevant.map((each, at) =>
        lineOf(each, this.#relevant.slice(at + 1, at + 3), this.#assignments.length > 0),
      ),
      watched: [
        ...this.#brokers.flatMap(id =>
          ['state', 'brokerEpoch'].map(
            name => `protocol.registrations.${this.#nameOf(id)}.${name}`,
          ),
        ),
        ...partitionFields.map(name => `${decided}.partitions.partition-1.${name}`),
        `${decided}.minInsyncReplicas`,
      ],
      // A decision that nobody sees in the log is none.
      mostUnobserved: 0,
    };
  }
}

const partitionFields = [
  ...['leader', 'leaderEpoch', 'partitionEpoch', 'isr', 'elr', 'lastKnownLeader', 'recovering'],
  ...['replicas', 'adding', 'removing'],
];
