/* What a node of Kafka logs of the protocol, told by the message alone: whatever the layout of the log is. */

/** Values that a message prints of an object: `isr=[11, 12], leader=11`. */
export type Printed = ReadonlyMap<string, string>;

/** What is known of the log of a replica, and whom it knew before, when an epoch is new to it. */
export interface EpochBegin {
  readonly end: number;
  readonly highWatermark: number;
  /** The leader that it knew, with the epoch: -1 if none. Absent if it does not say. */
  readonly previous: { readonly leader: number | undefined; readonly epoch: number } | undefined;
}

/** What a message says. */
type Message =
  /** Metadata up to an offset is handed to what makes replicas of it; `isFirst`, all of it. */
  | { readonly kind: 'publishes'; readonly to: number; readonly isFirst: boolean }
  /** A replica leads or follows, in an epoch that is new to it (`begins`) or does so already. */
  | {
      readonly kind: 'replica';
      readonly partition: string;
      readonly leads: boolean;
      /** The registration of the partition, as far as it is printed, and where it is printed once more. */
      readonly printed: Printed;
      readonly repeated?: Printed;
      readonly begins: EpochBegin | undefined;
    }
  /** A leader has heard that its ISR was written. */
  | { readonly kind: 'isr'; readonly partition: string; readonly printed: Printed }
  /** A controller has replayed a record; `always`, whatever the level is at which others of its kind are told of. */
  | {
      readonly kind: 'replayed';
      readonly record: string;
      readonly printed: Printed;
      readonly always?: boolean;
      /** What it has replayed changed nothing. */
      readonly isNoOp?: boolean;
    }
  /** A controller begins, and knows nothing. */
  | { readonly kind: 'creates' }
  /** An active controller gives up, and what was not committed is gone. */
  | { readonly kind: 'renounces' }
  /** A controller loads a snapshot in place of records. */
  | { readonly kind: 'loadsSnapshot' }
  /** A node of the quorum is in another state; `starts`, its process has just begun. */
  | {
      readonly kind: 'role';
      readonly state: string;
      readonly epoch: number;
      readonly leader: number | undefined;
      readonly starts: boolean;
    };

/** A message with the node that says it. */
export type NodeMessage = Message & { readonly node: number };

type Groups = Readonly<Record<string, string | undefined>>;

interface Pattern {
  /** Has a group `node`. */
  readonly expression: RegExp;
  /** What it says; undefined if it is nothing of the protocol after all. */
  read(groups: Groups): Message | undefined;
}

/** A pattern put together of lines, where each space stands for one. */
function said(...parts: readonly string[]): RegExp {
  return new RegExp(parts.join(' '));
}

const r = String.raw;
const broker = r`\[Broker id=(?<node>\d+)\]`;
const loader = r`\[MetadataLoader id=(?<node>\d+)\]`;
const controller = r`\[QuorumController id=(?<node>\d+)\]`;
const inEpoch = [
  r`starts at leader epoch (?<leaderEpoch>\d+) from offset (?<end>\d+)`,
  r`with partition epoch (?<partitionEpoch>\d+)`,
].join(' ');
const previous = [
  r`Previous leader (?:None|Some\((?<previousLeader>-?\d+)\))`,
  r`and previous leader epoch was (?<previousEpoch>-?\d+)`,
].join(' ');

/** Source: kafka.cluster.Partition (makeLeader, makeFollower, handleAlterPartitionUpdate). */
const ofReplicas: readonly Pattern[] = [
  {
    expression: said(
      r`${broker} Leader (?<partition>\S+) with topic id \S+ ${inEpoch}, high watermark (?<highWatermark>\d+),`,
      r`ISR (?<isr>\[[\d,]*\]), adding replicas (?<addingReplicas>\[[\d,]*\])`,
      r`and removing replicas (?<removingReplicas>\[[\d,]*\]) .*${previous}`,
    ),
    read: groups => begins({ ...groups, leader: groups['node'] }, true),
  },
  {
    expression: said(
      r`${broker} Follower (?<partition>\S+) ${inEpoch} and high watermark (?<highWatermark>\d+)\.`,
      r`Current leader is (?<leader>-?\d+)\. ${previous}`,
    ),
    read: groups => begins(groups, false),
  },
  {
    expression: said(
      r`${broker} Skipped the become-(?<role>leader|follower) state change for (?<partition>\S+) with topic id`,
      r`.*?partition (?:registration|state) (?<registration>.*) since (?<why>.*)`,
    ),
    read: ({ role, partition = '', registration = '', why = '' }) => ({
      kind: 'replica',
      partition,
      leads: role === 'leader',
      printed: printedIn(registration),
      repeated: repeatedIn(why),
      begins: undefined,
    }),
  },
  {
    expression: said(
      r`\[Partition (?<partition>\S+) broker=(?<node>\d+)\] ISR updated to (?<isr>[\d,]*)`,
      r`.*and version updated to (?<partitionEpoch>\d+)`,
    ),
    read: ({ partition = '', isr = '', partitionEpoch = '' }) => ({
      kind: 'isr',
      partition,
      printed: new Map(Object.entries({ isr: `[${isr}]`, partitionEpoch })),
    }),
  },
];

/** Source: org.apache.kafka.image.loader.MetadataLoader. */
const ofLoaders: readonly Pattern[] = [
  {
    expression: said(
      r`${loader} InitializeNewPublishers: initializing BrokerMetadataPublisher`,
      r`with a snapshot at offset (?<to>\d+)`,
    ),
    read: ({ to }) => ({ kind: 'publishes', to: Number(to), isFirst: true }),
  },
  {
    expression: said(
      r`${loader} handleCommit: publishing new image with provenance .*?\w*[oO]ffset=(?<to>\d+)`,
    ),
    read: ({ to }) => ({ kind: 'publishes', to: Number(to), isFirst: false }),
  },
];

/** Source: `replay` of ClusterControlManager and ReplicationControlManager; QuorumController. */
const ofControllers: readonly Pattern[] = [
  {
    expression: said(
      r`${controller} Replayed .*\bRegisterBrokerRecord .*?: (?<text>RegisterBrokerRecord\(.*)`,
    ),
    read: ({ text = '' }) => replayed('REGISTER_BROKER_RECORD', text),
  },
  {
    expression: said(r`${controller} Replayed .*?: (?<text>BrokerRegistrationChangeRecord\(.*)`),
    read: ({ text = '' }) => replayed('BROKER_REGISTRATION_CHANGE_RECORD', text),
  },
  {
    // What is printed is the registration as it was: of the record the broker is known, and that it changed nothing.
    expression: said(
      r`${controller} Ignoring no-op registration change for BrokerRegistration\(id=(?<id>\d+)`,
    ),
    read: ({ id = '' }) => ({
      ...replayed('BROKER_REGISTRATION_CHANGE_RECORD', `brokerId=${id}`),
      isNoOp: true,
    }),
  },
  {
    expression: said(
      r`${controller} Replayed PartitionRecord for \w+ partition \S+ with topic ID (?<topicId>\S+)`,
      r`and (?<text>PartitionRegistration\(.*)`,
    ),
    read: ({ topicId = '', text = '' }) =>
      replayed('PARTITION_RECORD', `topicId=${topicId}, ${text}`),
  },
  {
    expression: said(
      r`${controller} Replayed partition (?<assignment>assignment )?change`,
      r`(?<text>PartitionChangeRecord\(.*\)) for topic`,
    ),
    read: ({ text = '', assignment }) => ({
      ...replayed('PARTITION_CHANGE_RECORD', text),
      always: assignment !== undefined,
    }),
  },
  {
    expression: said(r`${controller} Creating new QuorumController`),
    read: () => ({ kind: 'creates' }),
  },
  {
    expression: said(r`${controller} Renouncing the leadership`),
    read: () => ({ kind: 'renounces' }),
  },
  {
    expression: said(r`${controller} Starting to load snapshot`),
    read: () => ({ kind: 'loadsSnapshot' }),
  },
];

/** Source: org.apache.kafka.raft.QuorumState (durableTransitionTo, memoryTransitionTo). */
const ofQuorum: readonly Pattern[] = [
  {
    expression: said(
      r`\[RaftManager id=(?<node>\d+)\] Completed transition to (?<state>\w+?)(?:State)?\((?<now>.*)`,
      r`from (?<before>null$|\w+\()`,
    ),
    read({ state = '', now = '', before }) {
      const { 1: epoch } = /\bepoch=(\d+)/.exec(now) ?? [];
      if (epoch === undefined) return undefined;
      const { 1: leader } = /\bleader(?:Id)?=(?:OptionalInt\[)?(\d+)/.exec(now) ?? [];
      return {
        kind: 'role',
        state: state.toLowerCase(),
        epoch: Number(epoch),
        leader: leader === undefined ? undefined : Number(leader),
        starts: before === 'null',
      };
    },
  },
];

const patterns = [...ofReplicas, ...ofLoaders, ...ofControllers, ...ofQuorum];

/** What a line of a log says of the protocol; undefined if it is something else. */
export function messageIn(line: string): NodeMessage | undefined {
  if (!line.includes('[')) return undefined;
  for (const { expression, read } of patterns) {
    const groups = expression.exec(line)?.groups;
    if (groups === undefined) continue;
    const message = read(groups);
    return message === undefined ? undefined : { ...message, node: Number(groups['node']) };
  }
  return undefined;
}

function begins(groups: Groups, leads: boolean): Message {
  const { partition = '', end, highWatermark } = groups;
  const printed = ['leader', 'leaderEpoch', 'partitionEpoch', 'isr', ...reassigned].flatMap(
    (name): [string, string][] => {
      const value = groups[name];
      return value === undefined ? [] : [[name, value]];
    },
  );
  return {
    kind: 'replica',
    partition,
    leads,
    printed: new Map(printed),
    begins: {
      end: Number(end),
      highWatermark: Number(highWatermark),
      previous: previousIn(groups),
    },
  };
}

/** Before 4.0 a follower has forgotten it when it says it, and names the leader of now (Partition.makeFollower). */
function previousIn(groups: Groups): EpochBegin['previous'] {
  const { leaderEpoch, previousLeader, previousEpoch } = groups;
  if (previousEpoch === leaderEpoch) return undefined;
  const leader = previousLeader === undefined ? undefined : Number(previousLeader);
  return { leader, epoch: Number(previousEpoch) };
}

const reassigned = ['addingReplicas', 'removingReplicas'] as const;

/** Why there is nothing to begin: the epoch is known, and a leader has the ISR. */
function repeatedIn(why: string): Printed {
  const { 1: leaderEpoch } =
    /already (?:the leader|a follower) with leader epoch (\d+)/.exec(why) ?? [];
  const { 1: isr } = /\bISR (\[[\d,]*\])/.exec(why) ?? [];
  const found = Object.entries({ leaderEpoch, isr });
  return new Map(found.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function replayed(record: string, text: string): Extract<Message, { readonly kind: 'replayed' }> {
  return { kind: 'replayed', record, printed: printedIn(text) };
}

/** The values that an object prints of itself, the first of each name. */
function printedIn(text: string): Printed {
  const printed = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/\b(\w+)=(\[[^\]]*\]|[^,()[\]]*)/g)) {
    if (!printed.has(name)) printed.set(name, value.replaceAll(' ', ''));
  }
  return printed;
}
