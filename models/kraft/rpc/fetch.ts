import type { Enabled } from '../../../checker/model/model.ts';
import type { KraftContext, NodeStep } from '../context.ts';
import { advanceHighWatermark, followHighWatermark, toldHighWatermark } from '../highWatermark.ts';
import { append, endOffsetForEpoch, entryAt, flush, logEndOffset } from '../log.ts';
import { type Answer, isConnected } from '../messages.ts';
import { requestFetch, requestFetchSnapshot } from '../requests.ts';
import type { RaftNode, ReadonlyMessage, ReadonlyNodeView, ReadonlyProtocol } from '../schema.ts';
import { crashNode, resignIfRemoved } from '../transitions.ts';
import { hasVoter, isVoter, namesVoters, readAppended, truncateWithVoters } from '../voters.ts';
import { acceptAnswer, type RpcRules, refused } from './rpc.ts';

/**
 * Fetch: a follower asks for the entry at its log end, and so acknowledges what is before it.
 *
 * Sent by a follower to its leader as soon as the last answer is there; with `bootstrapFetch` also
 * by a node that is unattached, or cut off from its leader, to any other: an observer whose leader is
 * gone would wait for ever, for nobody tells it of the next one. The leader answers when it has an
 * entry or a high watermark to tell, or that the logs diverge, or that a snapshot is needed. An
 * answer carries one entry, so that a follower can be left with a part of what it misses.
 *
 * Left out: an answer that another thread reads out of the log while that is being truncated, and
 * which holds records of a newer epoch than it says (KAFKA-18723); fetches that time out empty, but
 * for the first from a leader, and fetches to a bootstrap server by a node that reaches its leader:
 * they change nothing that another fetch does not.
 *
 * Source: KafkaRaftClient.handleFetchRequest, handleFetchResponse, validateFetchOffsetAndEpoch.
 */
export const fetch: RpcRules = {
  rpc: 'fetch',
  title: 'Fetch',
  maySend: mayFetch,
  send: requestFetch,
  mayHandle: hasAnswer,
  handle: handleFetch,
  receive: receiveFetch,
};

/** Whether a node fetches from another: from its leader, or from anybody while it knows none. */
function mayFetch(
  { config }: KraftContext,
  protocol: ReadonlyProtocol,
  from: RaftNode,
  to: RaftNode,
): Enabled {
  const { state, leader } = protocol.nodes.get(from);
  if (state.state === 'follower') {
    if (leader === to) return true;
    const isAlone = leader !== undefined && !isConnected(protocol, from, leader);
    return (config.bootstrapFetch && isAlone) || 'the other is not its leader';
  }
  if (state.state !== 'unattached') return 'the node does not fetch';
  return config.bootstrapFetch || 'the node waits to hear of a leader';
}

type Validation = 'valid' | Answer;

/** What the leader makes of a fetch offset and the epoch of the entry below it. */
function validate(
  view: ReadonlyNodeView,
  { offset, offsetEpoch }: Pick<ReadonlyMessage, 'offset' | 'offsetEpoch'>,
): Validation {
  const { snapshot, logStartOffset } = view;
  if (snapshot.offset > 0) {
    const first = { offset: snapshot.offset, offsetEpoch: snapshot.lastEpoch };
    const isNew = offset === 0 && offsetEpoch === 0;
    const isAtStart = offset === logStartOffset && logStartOffset > 0;
    const isCleaned = offset < logStartOffset || (isAtStart && offsetEpoch !== snapshot.lastEpoch);
    const isOlder = offsetEpoch < snapshot.lastEpoch;
    if (isNew || isCleaned || isOlder) return { result: 'snapshot', ...first };
  }
  const end = endOffsetForEpoch(view, offsetEpoch);
  if (end.epoch === offsetEpoch && offset <= end.offset) return 'valid';
  return { result: 'diverging', offset: end.offset, offsetEpoch: end.epoch };
}

/** Whether the fetch is one that this node answers as leader. */
function leads({ state, epoch }: ReadonlyNodeView, request: ReadonlyMessage): boolean {
  return state.state === 'leader' && request.epoch === epoch;
}

function hasAnswer(
  context: KraftContext,
  protocol: ReadonlyProtocol,
  receiver: RaftNode,
  request: ReadonlyMessage,
  sender: RaftNode,
): Enabled {
  const view = protocol.nodes.get(receiver);
  if (!leads(view, request) || validate(view, request) !== 'valid') return true;
  if (isNews(context, view, sender, request)) return true;
  // Even an empty answer tells who follows this leader again that its fetches get through.
  const { state, hasFetched } = protocol.nodes.get(sender);
  if (state.state === 'follower' && !hasFetched) return true;
  return hasSomething(context, view, request) || 'the leader has nothing new to tell';
}

/** Whether the request tells the leader something about the follower that it does not know. */
function isNews(
  context: KraftContext,
  view: ReadonlyNodeView,
  follower: RaftNode,
  { offset, directory }: ReadonlyMessage,
): boolean {
  return (
    isCredited(context, view, follower, directory) && view.fetchOffsets.get(follower) !== offset
  );
}

function hasSomething(
  context: KraftContext,
  view: ReadonlyNodeView,
  { offset, highWatermark }: ReadonlyMessage,
): boolean {
  return offset < logEndOffset(view) || toldHighWatermark(context, view) > highWatermark;
}

/** A voter on another disk than the voter set names is not that voter. */
function isCredited(
  context: KraftContext,
  view: ReadonlyNodeView,
  follower: RaftNode,
  directory: number,
): boolean {
  return !view.voters.has(follower) || hasVoter(context, view, follower, directory);
}

function handleFetch(step: NodeStep, from: RaftNode, request: ReadonlyMessage): Answer {
  const { context, protocol, node } = step;
  const view = protocol.nodes.get(node);
  if (!leads(view, request)) return refused;
  const validation = validate(view, request);
  const { creditsOnlyMatchingFetches } = context.rules;
  if (validation === 'valid' || !creditsOnlyMatchingFetches) credit(step, from, request);
  if (validation !== 'valid') return validation;
  const { offset } = request;
  const highWatermark = toldHighWatermark(context, view);
  const answer: Answer = { result: 'records', offset, highWatermark };
  resignIfRemoved(step);
  return offset < logEndOffset(view) ? { ...answer, entry: entryAt(view, offset) } : answer;
}

/** Notes what the follower has, and commits what a majority has then. */
function credit(step: NodeStep, from: RaftNode, { offset, directory }: ReadonlyMessage): void {
  const { context, protocol, node } = step;
  const view = protocol.nodes.get(node);
  if (!isCredited(context, view, from, directory)) return;
  view.fetchOffsets.set(from, offset);
  advanceHighWatermark(step);
}

function receiveFetch(step: NodeStep, from: RaftNode, answer: ReadonlyMessage): void {
  const { context, protocol, node } = step;
  const view = protocol.nodes.get(node);
  const isAccepted = acceptAnswer(step, answer, { ...step, fetchesLater: true });
  if (!isAccepted || view.state.state !== 'follower') return;
  view.hasFetched = true;
  const isInFlight = context.config.transport === 'inFlight';
  const { result, offset, offsetEpoch: epoch } = answer;
  if (result === 'snapshot') {
    requestFetchSnapshot(step, from, { offset, epoch });
    return;
  }
  if (result === 'diverging') truncateToDivergence(step, answer);
  else takeOver(step, answer);
  if (isInFlight && view.state.state === 'follower') requestFetch(step, from);
}

/**
 * Cuts the log where it parts from the leader's. What the own high watermark covers can never be
 * cut: the process exits instead.
 *
 * Source: RaftLog.truncateToEndOffset; KAFKA-12460.
 */
function truncateToDivergence(step: NodeStep, { offset, offsetEpoch }: ReadonlyMessage): void {
  const { context, protocol, node } = step;
  const view = protocol.nodes.get(node);
  const own = endOffsetForEpoch(view, offsetEpoch);
  const target = own.epoch === offsetEpoch ? Math.min(own.offset, offset) : own.offset;
  if (target < view.highWatermark) {
    if (context.rules.refusesTruncationBelowHighWatermark) {
      crashNode(step);
      return;
    }
    view.highWatermark = target;
  }
  truncateWithVoters(context, view, target);
}

/** Appends what the leader sent, flushes it and takes over the high watermark. */
function takeOver(
  step: NodeStep,
  { hasEntry, entry, offset, highWatermark }: ReadonlyMessage,
): void {
  const { context, protocol, node } = step;
  const view = protocol.nodes.get(node);
  const fits = offset === logEndOffset(view) || !context.rules.appendsOnlyAtLogEnd;
  if (hasEntry && fits) {
    append(view, entry, namesVoters(entry) ? entry : undefined);
    readAppended(context, view);
    if (flushesBeforeFetch(context, view, node)) flush(view);
  }
  followHighWatermark(step, highWatermark);
}

/** Voters do, and observers that may become voters; other observers leave it to the page cache. */
function flushesBeforeFetch(
  context: KraftContext,
  view: ReadonlyNodeView,
  node: RaftNode,
): boolean {
  const { config, rules } = context;
  if (isVoter(context, view, node)) return rules.votersFlushBeforeFetch;
  return config.dynamicVoters && rules.joiningObserversFlushBeforeFetch;
}
