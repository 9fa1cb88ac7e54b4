import type { KraftContext } from './context.ts';
import { copyMessage } from './messages.ts';
import type { Protocol, RaftNode, ReadonlyProtocol } from './schema.ts';

/** Whether a follower sends a second fetch while it waits for the first: only a defect does. */
export function mayFallBehind(
  { rules }: KraftContext,
  { connections, strays }: ReadonlyProtocol,
  from: RaftNode,
  to: RaftNode,
): boolean {
  const isFetch = connections.get(from, to).rpc === 'fetch';
  return isFetch && !rules.oneFetchInFlight && strays.length < strays.capacity;
}

/** Moves what is on a connection among the strays: it may still arrive, whenever it likes. */
export function setAside(protocol: Protocol, from: RaftNode, to: RaftNode, awaited: boolean): void {
  copyToStrays(protocol, from, to, awaited);
  protocol.connections.clear(from, to);
}

/** Adds a copy of what is on a connection to the strays. */
export function copyToStrays(
  { connections, strays }: Protocol,
  from: RaftNode,
  to: RaftNode,
  awaited: boolean,
): void {
  const message = connections.get(from, to);
  if (message.phase === 'idle') return;
  strays.push({ ...emptyMessage, from, to, phase: message.phase, awaited });
  copyMessage(message, strays.get(strays.length - 1));
}

/** Takes a stray off the list. */
export function removeStray({ strays }: Protocol, index: number): void {
  const last = strays.get(strays.length - 1);
  const gone = strays.get(index);
  gone.from = last.from;
  gone.to = last.to;
  gone.phase = last.phase;
  gone.awaited = last.awaited;
  copyMessage(last, gone);
  strays.truncate(strays.length - 1);
}

const emptyMessage = {
  rpc: 'preVote',
  epoch: 0,
  leader: undefined,
  directory: 0,
  targetDirectory: 0,
  offset: 0,
  offsetEpoch: 0,
  highWatermark: 0,
  result: 'none',
  hasEntry: false,
} as const;
