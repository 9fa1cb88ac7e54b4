import { type DumpedRecord, RecordFields } from './dumpedRecords.ts';

/** A broker as the records have it registered. */
export interface LoggedBroker {
  readonly state: 'fenced' | 'unfenced' | 'controlledShutdown';
  readonly epoch: number;
  /** Which process it is. */
  readonly incarnation: string;
  /** How many processes of it have registered. */
  readonly registrations: number;
}

/** A partition as the records have it; brokers by their ids. */
export interface LoggedPartition {
  readonly topicId: string;
  readonly partition: number;
  readonly replicas: readonly number[];
  readonly adding: readonly number[];
  readonly removing: readonly number[];
  /** -1 if nobody leads. */
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly isr: readonly number[];
  readonly elr: readonly number[];
  readonly lastKnownElr: readonly number[];
  readonly recovering: boolean;
}

/** The settings that decisions about partitions depend on. */
const settings = ['min.insync.replicas', 'unclean.leader.election.enable'] as const;
type Setting = (typeof settings)[number];

/** Kafka's numbers for what a configuration is of. */
const TOPIC = 2;
const BROKER = 4;

/** The name of a partition in this state. */
export function partitionKey(topicId: string, partition: number): string {
  return `${topicId}/${partition}`;
}

/**
 * What the records of the metadata log come to: the fold of them, as a controller replays them. It decides nothing.
 *
 * Source: ClusterControlManager.replay, ReplicationControlManager.replay, PartitionRegistration.merge,
 * ConfigurationControlManager.replay, FeatureControlManager.replay.
 */
export class MetadataState {
  readonly brokers = new Map<number, LoggedBroker>();
  readonly topics = new Map<string, string>();
  readonly partitions = new Map<string, LoggedPartition>();
  readonly features = new Map<string, number>();
  readonly #configs = new Map<string, string>();

  /** The value of a setting for a topic: its own, that of the cluster, or none. */
  settingOf(topic: string, setting: Setting): string | undefined {
    const own = this.#configs.get(configKey(TOPIC, topic, setting));
    return own ?? this.#configs.get(configKey(BROKER, '', setting));
  }

  /** @throws LogError when a field of a record that matters is not what it should be. */
  replay(record: DumpedRecord): void {
    this.#handlers.get(record.type)?.(new RecordFields(record));
  }

  /** What each record changes; others say nothing of partitions. */
  readonly #handlers: ReadonlyMap<string, (fields: RecordFields) => void> = new Map([
    ['REGISTER_BROKER_RECORD', fields => this.#register(fields)],
    ['BROKER_REGISTRATION_CHANGE_RECORD', fields => this.#changeRegistration(fields)],
    ['UNREGISTER_BROKER_RECORD', fields => void this.brokers.delete(fields.number('brokerId'))],
    ['TOPIC_RECORD', fields => void this.topics.set(fields.text('topicId'), fields.text('name'))],
    ['REMOVE_TOPIC_RECORD', fields => this.#removeTopic(fields.text('topicId'))],
    ['PARTITION_RECORD', fields => this.#create(fields)],
    ['PARTITION_CHANGE_RECORD', fields => this.#changePartition(fields)],
    ['CLEAR_ELR_RECORD', fields => this.#clearElr(fields)],
    ['CONFIG_RECORD', fields => this.#configure(fields)],
    ['FEATURE_LEVEL_RECORD', fields => this.#setFeature(fields)],
  ]);

  #setFeature(fields: RecordFields): void {
    this.features.set(fields.text('name'), fields.number('featureLevel'));
  }

  /** Whether a registration is of the process that is registered already, which has sent it again. */
  isRepeated(record: DumpedRecord): boolean {
    if (record.type !== 'REGISTER_BROKER_RECORD') return false;
    const fields = new RecordFields(record);
    const before = this.brokers.get(fields.number('brokerId'));
    return before?.incarnation === fields.text('incarnationId');
  }

  #register(fields: RecordFields): void {
    const id = fields.number('brokerId');
    const before = this.brokers.get(id);
    const incarnation = fields.text('incarnationId');
    const isFenced = !fields.has('fenced') || fields.flag('fenced');
    const isLeaving = fields.has('inControlledShutdown') && fields.flag('inControlledShutdown');
    const isNew = before?.incarnation !== incarnation;
    this.brokers.set(id, {
      state: isFenced ? 'fenced' : isLeaving ? 'controlledShutdown' : 'unfenced',
      epoch: fields.number('brokerEpoch'),
      incarnation,
      registrations: (before?.registrations ?? 0) + (isNew ? 1 : 0),
    });
  }

  #changeRegistration(fields: RecordFields): void {
    const id = fields.number('brokerId');
    const before = this.brokers.get(id);
    if (before === undefined) return;
    const fenced = fields.has('fenced') ? fields.number('fenced') : 0;
    const leaving = fields.has('inControlledShutdown') ? fields.number('inControlledShutdown') : 0;
    const state =
      fenced === 1
        ? 'fenced'
        : leaving === 1
          ? 'controlledShutdown'
          : fenced === -1
            ? 'unfenced'
            : before.state;
    this.brokers.set(id, { ...before, state });
  }

  #removeTopic(topicId: string): void {
    this.topics.delete(topicId);
    for (const [key, { topicId: of }] of this.partitions) {
      if (of === topicId) this.partitions.delete(key);
    }
  }

  #create(fields: RecordFields): void {
    const topicId = fields.text('topicId');
    const partition = fields.number('partitionId');
    const listOf = (name: string) => (fields.has(name) ? fields.numbers(name) : []);
    this.partitions.set(partitionKey(topicId, partition), {
      topicId,
      partition,
      replicas: fields.numbers('replicas'),
      adding: listOf('addingReplicas'),
      removing: listOf('removingReplicas'),
      leader: fields.number('leader'),
      leaderEpoch: fields.number('leaderEpoch'),
      partitionEpoch: fields.number('partitionEpoch'),
      isr: fields.numbers('isr'),
      elr: listOf('eligibleLeaderReplicas'),
      lastKnownElr: listOf('lastKnownElr'),
      recovering: isRecovering(fields, false),
    });
  }

  #changePartition(fields: RecordFields): void {
    const key = partitionKey(fields.text('topicId'), fields.number('partitionId'));
    const before = this.partitions.get(key);
    if (before === undefined) return;
    const listOf = (name: string, old: readonly number[]) =>
      fields.has(name) ? fields.numbers(name) : old;
    const writesLeader = fields.has('leader') && fields.number('leader') !== UNCHANGED;
    this.partitions.set(key, {
      ...before,
      replicas: listOf('replicas', before.replicas),
      adding: listOf('addingReplicas', before.adding),
      removing: listOf('removingReplicas', before.removing),
      leader: writesLeader ? fields.number('leader') : before.leader,
      leaderEpoch: before.leaderEpoch + (writesLeader ? 1 : 0),
      partitionEpoch: before.partitionEpoch + 1,
      isr: listOf('isr', before.isr),
      elr: listOf('eligibleLeaderReplicas', before.elr),
      lastKnownElr: listOf('lastKnownElr', before.lastKnownElr),
      recovering: isRecovering(fields, before.recovering),
    });
  }

  /** Of one topic, or of all without a name. Partitions that have no ELR are not touched. */
  #clearElr(fields: RecordFields): void {
    const topic = fields.has('topicName') ? fields.text('topicName') : '';
    for (const [key, before] of this.partitions) {
      const isMeant = topic === '' || this.topics.get(before.topicId) === topic;
      if (!isMeant || before.elr.length + before.lastKnownElr.length === 0) continue;
      const partitionEpoch = before.partitionEpoch + 1;
      this.partitions.set(key, { ...before, elr: [], lastKnownElr: [], partitionEpoch });
    }
  }

  #configure(fields: RecordFields): void {
    const name = fields.text('name');
    const setting = settings.find(each => each === name);
    if (setting === undefined) return;
    const key = configKey(fields.number('resourceType'), fields.text('resourceName'), setting);
    if (fields.has('value')) this.#configs.set(key, fields.text('value'));
    else this.#configs.delete(key);
  }
}

/** In a change of a partition: the leader is not written (PartitionRegistration.NO_LEADER_CHANGE). */
const UNCHANGED = -2;

function isRecovering(fields: RecordFields, before: boolean): boolean {
  const state = fields.has('leaderRecoveryState') ? fields.number('leaderRecoveryState') : -1;
  return state === -1 ? before : state === 1;
}

function configKey(type: number, name: string, setting: Setting): string {
  return `${type}/${name}/${setting}`;
}
