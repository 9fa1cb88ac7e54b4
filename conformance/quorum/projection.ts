import type { JsonValue } from '../../checker/state/json.ts';
import type { Projection } from '../lockstep/counterpart.ts';

/** Of the state of `kraft` what is compared with Kafka. */
export interface QuorumState {
  readonly protocol: {
    readonly nodes: Readonly<Record<string, ModelNode>>;
    /** By sender and receiver. */
    readonly connections: Readonly<Record<string, { readonly awaited: boolean }>>;
    readonly client: { readonly sent: number };
  };
}

interface ModelElection {
  readonly epoch: number;
  readonly leader: string | null;
  readonly vote: string | null;
}

interface ModelEntry {
  readonly epoch: number;
  readonly kind: string;
  readonly value: number;
}

export interface ModelNode extends ModelElection {
  readonly state: string;
  readonly quorumState: ModelElection;
  readonly log: readonly ModelEntry[];
  readonly logStartOffset: number;
  readonly snapshot: { readonly offset: number; readonly lastEpoch: number };
  readonly recoveryPoint: number;
  readonly highWatermark: number;
  readonly epochStartOffset: number;
  readonly voters: readonly string[];
  /** Who has refused its vote, or the pre-vote. */
  readonly rejected: readonly string[];
  readonly fetchOffsets: Readonly<Record<string, number | null>>;
}

/** What the driver of the quorum tells of every node. */
export interface KafkaQuorum {
  readonly result: string;
  readonly nodes: Readonly<Record<string, KafkaNode>>;
  /** On their way, for a reader. */
  readonly messages: readonly string[];
}

interface KafkaElection {
  readonly epoch: number;
  readonly leader: number | null;
  readonly vote: number | null;
}

interface KafkaBatch {
  readonly epoch: number;
  /** The offset behind its last record. */
  readonly end: number;
  readonly records: readonly string[];
}

interface KafkaNode {
  readonly role: string;
  /** Why its process has exited by itself. */
  readonly fatal: string | null;
  readonly memory?: KafkaElection;
  readonly highWatermark?: number | null;
  readonly voters?: readonly number[];
  readonly file?: KafkaElection;
  readonly log: readonly KafkaBatch[];
  /** Where the log starts: above 0 a snapshot covers what was before. */
  readonly start: number;
  readonly snapshot?: { readonly offset: number; readonly epoch: number };
  readonly flushed: number;
}

/** The number in the name of a node. */
export function idOf(node: string): number {
  return Number(node.slice('node-'.length));
}

/**
 * What the model has of every node.
 *
 * @param forgetful - Nodes that have led or resigned without a high watermark: Kafka has forgotten the one from before.
 */
export function ofModel({ protocol }: QuorumState, forgetful: ReadonlySet<string>): Projection {
  return placesOf(protocol.nodes, (node, name) => ({
    role: node.state,
    log: node.log.map(({ epoch, kind, value }) =>
      kind === 'record' ? `${epoch}: ${value}` : `${epoch}: ${kind}`,
    ),
    start: node.logStartOffset,
    snapshot: { offset: node.snapshot.offset, epoch: node.snapshot.lastEpoch },
    flushed: node.recoveryPoint,
    file: fileOf(electionOf(node.quorumState)),
    ...(node.state === 'stopped'
      ? {}
      : {
          memory: votesOf(electionOf(node), node.state),
          highWatermark: forgetful.has(name) ? 0 : toldBy(node),
          voters: node.voters.map(idOf),
        }),
  }));
}

/** What Kafka has of every node. */
export function ofKafka({ nodes }: KafkaQuorum): Projection {
  return placesOf(nodes, node => ({
    role: node.role === 'exited' ? 'stopped' : node.role,
    log: node.log.map(entryOf),
    start: node.start,
    snapshot: { offset: node.snapshot?.offset ?? 0, epoch: node.snapshot?.epoch ?? 0 },
    flushed: entriesBelow(node, node.flushed),
    file: fileOf(node.file ?? nobody),
    ...(node.memory === undefined
      ? {}
      : {
          memory: votesOf(node.memory, node.role),
          highWatermark: entriesBelow(node, node.highWatermark ?? 0),
          voters: [...(node.voters ?? [])],
        }),
  }));
}

const nobody: KafkaElection = { epoch: 0, leader: null, vote: null };

function electionOf({ epoch, leader, vote }: ModelElection): KafkaElection {
  const nodeOf = (name: string | null): number | null => (name === null ? null : idOf(name));
  return { epoch, leader: nodeOf(leader), vote: nodeOf(vote) };
}

/** A leader and who has resigned keep a vote in the model alone: they lead the epoch, whomever they voted for. */
function votesOf({ epoch, leader, vote }: KafkaElection, role: string): JsonValue {
  return { epoch, leader, vote: role === 'leader' || role === 'resigned' ? null : vote };
}

/** The same of a file: that of a leader names no vote in Kafka. */
function fileOf({ epoch, leader, vote }: KafkaElection): JsonValue {
  return { epoch, leader, vote: leader !== null && vote === leader ? null : vote };
}

/** A leader tells no high watermark before it has committed in its own epoch, and Kafka knows none until then. */
function toldBy({ state, highWatermark, epochStartOffset }: ModelNode): number {
  return state === 'leader' && highWatermark <= epochStartOffset ? 0 : highWatermark;
}

/** The first leader of a dynamic quorum says in one batch that it leads, and who votes: one entry of the model. */
function entryOf({ epoch, records }: KafkaBatch): string {
  const [first = ''] = records;
  const kinds: Record<string, string> = { LEADER_CHANGE: 'leaderChange', KRAFT_VOTERS: 'voters' };
  return `${epoch}: ${kinds[first] ?? first}`;
}

/**
 * Offsets count records in Kafka and batches in the model. Only the first leader of a dynamic quorum writes a batch of
 * several, and there nothing is cleaned.
 */
function entriesBelow({ log, start }: KafkaNode, offset: number): number {
  return Math.min(start, offset) + log.filter(({ end }) => end <= offset).length;
}

function placesOf<Node>(
  nodes: Readonly<Record<string, Node>>,
  project: (node: Node, name: string) => Record<string, JsonValue>,
): Projection {
  return Object.fromEntries(
    Object.entries(nodes).flatMap(([name, node]) =>
      Object.entries(project(node, name)).map(([field, value]) => [`${name} ${field}`, value]),
    ),
  );
}
