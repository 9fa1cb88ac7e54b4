import type { NodeStep } from './context.ts';
import { copyEntry } from './log.ts';
import type {
  EntryView,
  Message,
  RaftNode,
  ReadonlyMessage,
  ReadonlyNodeView,
  ReadonlyProtocol,
  Rpc,
} from './schema.ts';
import { assignVoterSet, type VoterSetView } from './voterSet.ts';

/** What a request says; fields that are left out stay zero. */
export interface Request {
  readonly rpc: Rpc;
  readonly epoch: number;
  readonly leader?: RaftNode | undefined;
  readonly directory?: number;
  readonly targetDirectory?: number;
  readonly offset?: number;
  readonly offsetEpoch?: number;
  readonly highWatermark?: number;
}

/** What a node answers; its epoch and the leader that it knows are added to every answer. */
export interface Answer {
  readonly result: ReadonlyMessage['result'];
  readonly offset?: number;
  readonly offsetEpoch?: number;
  readonly highWatermark?: number;
  readonly entry?: EntryView;
  /** Of a snapshot. */
  readonly voterSet?: VoterSetView;
}

/** Whether what one node sends reaches the other; a cut may be one-way. */
export function reaches(protocol: ReadonlyProtocol, from: RaftNode, to: RaftNode): boolean {
  return !protocol.cutLinks.get(from, to).cut;
}

export function isRunning(protocol: ReadonlyProtocol, node: RaftNode): boolean {
  return protocol.nodes.get(node).state.state !== 'stopped';
}

/** Whether a node has no request on this connection that it still waits for. */
export function isFree(protocol: ReadonlyProtocol, from: RaftNode, to: RaftNode): boolean {
  const { phase, awaited } = protocol.connections.get(from, to);
  return phase === 'idle' || !awaited;
}

/** Whether a request that is sent now arrives: the receiver runs and no cut is in the way. */
export function connects(protocol: ReadonlyProtocol, from: RaftNode, to: RaftNode): boolean {
  return isRunning(protocol, to) && reaches(protocol, from, to);
}

/** Whether a request gets to the other and its answer back. */
export function isConnected(protocol: ReadonlyProtocol, from: RaftNode, to: RaftNode): boolean {
  return connects(protocol, from, to) && reaches(protocol, to, from);
}

/**
 * Puts a request on its way, if it can get there. What was left of an earlier exchange on this
 * connection and is not waited for any more is lost.
 */
export function send({ protocol, node }: NodeStep, to: RaftNode, request: Request): void {
  if (!isFree(protocol, node, to) || !connects(protocol, node, to)) return;
  protocol.connections.clear(node, to);
  const connection = protocol.connections.get(node, to);
  connection.phase = 'request';
  connection.awaited = true;
  write(connection, request);
}

/** Turns the request on a connection into the answer to it, which is lost if it cannot get back. */
export function reply({ protocol, node, context }: NodeStep, from: RaftNode, answer: Answer): void {
  const connection = protocol.connections.get(from, node);
  const { awaited, rpc } = connection;
  protocol.connections.clear(from, node);
  if (!awaited && context.rules.dropsUnawaitedAnswers) return;
  if (!connects(protocol, node, from)) return;
  connection.phase = 'response';
  connection.awaited = awaited;
  writeAnswer(connection, rpc, protocol.nodes.get(node), answer);
}

/** Writes an answer in place of the request. */
export function writeAnswer(
  message: Message,
  rpc: Rpc,
  { epoch, leader }: ReadonlyNodeView,
  answer: Answer,
): void {
  const { result, entry, voterSet, ...numbers } = answer;
  write(message, { rpc, epoch, leader, ...numbers });
  message.result = result;
  if (voterSet !== undefined) assignVoterSet(voterSet, message.entry);
  if (entry === undefined) return;
  message.hasEntry = true;
  copyEntry(entry, message.entry);
}

function write(message: Message, request: Request): void {
  message.rpc = request.rpc;
  message.epoch = request.epoch;
  message.leader = request.leader;
  message.directory = request.directory ?? 0;
  message.targetDirectory = request.targetDirectory ?? 0;
  message.offset = request.offset ?? 0;
  message.offsetEpoch = request.offsetEpoch ?? 0;
  message.highWatermark = request.highWatermark ?? 0;
}

/** Copies a message into a cleared place. */
export function copyMessage(from: ReadonlyMessage, to: Message): void {
  write(to, from);
  to.result = from.result;
  to.hasEntry = from.hasEntry;
  copyEntry(from.entry, to.entry);
}

/**
 * Forgets every request that this node has sent: it changes its state, and what comes back would
 * answer a question that it does not ask any more (KafkaRaftClient.resetConnections). A request
 * that is on its way still arrives.
 */
export function resetConnections({ context, protocol, node }: NodeStep): void {
  for (const other of context.node.all) {
    if (other === node) continue;
    const connection = protocol.connections.get(node, other);
    if (connection.phase === 'idle') continue;
    connection.awaited = false;
    const dropped = connection.phase === 'response' && context.rules.dropsUnawaitedAnswers;
    if (dropped) protocol.connections.clear(node, other);
  }
}
