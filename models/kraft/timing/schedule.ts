import { fixed, uniform } from '../../../checker/timed/duration.ts';
import {
  type Moment,
  type Schedule,
  type Timing,
  timing,
} from '../../../checker/timed/schedule.ts';
import type { KraftContext } from '../context.ts';
import { logEndOffset } from '../log.ts';
import { isConnected } from '../messages.ts';
import type { RaftNode, ReadonlyNodeView, ReadonlyProtocol } from '../schema.ts';
import type { QuorumTimers } from './timers.ts';

type Now = Moment<ReadonlyProtocol>;
type At = Timing<ReadonlyProtocol, never>;

interface OfNode {
  readonly node: RaftNode;
}
interface OfLink {
  readonly from: RaftNode;
  readonly to: RaftNode;
}

/** A candidate of 3.9 waits a multiple of this that is drawn (KafkaRaftClient.RETRY_BACKOFF_BASE_MS). */
const BACKOFF_STEP = 100;
/** A leader resigns when it has not heard of a majority for so many fetch timeouts (LeaderState). */
const CHECK_QUORUM = 1.5;

/* Marks: when a follower was last answered, when a node began to lead, when it could not win an election any more, when
its election timer runs out, how often it has stood in a row, when a message arrives, when a leader last heard of a
majority. */
const contact = (node: RaftNode): string => `contact ${node}`;
const leads = (node: RaftNode): string => `leads ${node}`;
const lost = (node: RaftNode): string => `lost ${node}`;
const expires = (node: RaftNode): string => `expires ${node}`;
const stood = (node: RaftNode): string => `stood ${node}`;
const arrives = (from: RaftNode, to: RaftNode): string => `arrives ${from} ${to}`;
const majority = (node: RaftNode): string => `majority ${node}`;

/** A kind of request, as actions name it, and whether who handles it writes to its disk before it answers. */
const requests = [
  ['PreVote', false],
  ['Vote', true],
  ['BeginQuorumEpoch', true],
  ['EndQuorumEpoch', false],
  ['Fetch', false],
  ['FetchSnapshot', false],
] as const;

/** Requests that are sent in the step that gives the reason for them. */
const sentWithin: readonly string[] = ['EndQuorumEpoch', 'FetchSnapshot'];

/**
 * When nodes of a metadata quorum of static voters do what they do by themselves, by Kafka's timers.
 *
 * A follower stands a fetch timeout after it was answered last. A quorum with nothing to do has a record of its own
 * now and then (NoOpRecord), by which the fetches of all followers are answered together; that is no step of the
 * model, and a ticker here.
 *
 * Left out: the hand-over of a leader that resigns to the successor that it prefers, `linger`, and the answers of an
 * empty fetch (every half second, as is the record).
 *
 * Source: KafkaRaftClient.pollFollowerAsVoter, pollCandidate, pollProspective, randomElectionTimeoutMs,
 * binaryExponentialElectionBackoffMs; LeaderState.timeUntilCheckQuorumExpires; QuorumController (NoOpRecord).
 */
export function quorumSchedule(
  context: KraftContext,
  timers: QuorumTimers,
): Schedule<ReadonlyProtocol> {
  return {
    actions: {
      ...Object.assign(
        {},
        ...requests.map(([title, writes]) => exchangeTimings(timers, title, writes)),
      ),
      fetchTimeout: fetchTimeoutOf(timers),
      electionTimeout: electionTimeoutOf(context, timers),
      resign: resignOf(timers),
    },
    tickers: [idleRecord(context, timers)],
    observe(before, now, { name, params }) {
      for (const node of context.node.all) observeNode(context, timers, node, before, now);
      noteMessages(context, before, now, timers);
      if (name === 'receiveFetch' || name === 'receiveMetadataFetch') {
        const from = context.node.named(String(params['from']));
        if (from !== undefined) now.mark(contact(from));
      }
    },
  };
}

/** A request goes out at once, is handled when it is there, and its answer takes as long. */
function exchangeTimings(
  { latency, flush, retryBackoff }: QuorumTimers,
  title: string,
  writes: boolean,
): Record<string, At> {
  const sending: Timing<ReadonlyProtocol, OfLink> = {
    ...(title === 'Fetch' ? { marks: ({ to }) => [leads(to)] } : {}),
    due: (now, { from, to }) =>
      title === 'Fetch' ? fetches(now, from, to, retryBackoff) : now.now,
  };
  const handling: Timing<ReadonlyProtocol, OfLink> = {
    due: (now, { from, to }) => Math.max(now.now, now.markOf(arrives(from, to)) ?? now.now),
  };
  const receiving: Timing<ReadonlyProtocol, OfLink> = {
    // What is answered is on disk; nothing else happens at a node meanwhile.
    due: now => now.now + (writes ? now.draw('flush', flush) : 0) + now.draw('latency', latency),
  };
  const all = { [`handle${title}`]: timing(handling), [`receive${title}`]: timing(receiving) };
  return sentWithin.includes(title) ? all : { [`send${title}`]: timing(sending), ...all };
}

/**
 * When a node fetches from another. Who knows no leader, or none that is up, asks the others in turn, again and
 * again; what is asked of somebody who does not lead is left out: it changes nothing.
 */
function fetches(now: Now, from: RaftNode, to: RaftNode, again: number): number | undefined {
  const { state, leader } = now.protocol.nodes.get(from);
  if (state.state === 'follower' && leader === to) return now.now;
  if (now.protocol.nodes.get(to).state.state !== 'leader') return undefined;
  return now.now + now.draw('retry', uniform(0, again));
}

function fetchTimeoutOf({ fetchTimeout }: QuorumTimers): At {
  return timing<ReadonlyProtocol, OfNode>({
    marks: ({ node }) => [contact(node)],
    due: (now, { node }) => (now.markOf(contact(node)) ?? now.now) + fetchTimeout,
  });
}

function electionTimeoutOf(context: KraftContext, timers: QuorumTimers): At {
  return timing<ReadonlyProtocol, OfNode>({
    marks: ({ node }) => [expires(node), lost(node)],
    due(now, { node }) {
      const runsOut = now.markOf(expires(node)) ?? startTimer(now, node, timers);
      const { state } = now.protocol.nodes.get(node).state;
      // With pre-votes who has lost does not wait: it asks again, and disturbs nobody.
      if (context.rules.asksForPreVotes || state !== 'candidate') return runsOut;
      const end = Math.min(runsOut, now.markOf(lost(node)) ?? Number.POSITIVE_INFINITY);
      return end + backoff(now, node, timers);
    },
  });
}

/** Starts the election timer of a node: when it runs out. */
function startTimer(now: Now, node: RaftNode, { electionTimeout }: QuorumTimers): number {
  const length = uniform(electionTimeout, 2 * electionTimeout);
  const at = now.now + now.draw('election timeout', length);
  now.mark(expires(node), at);
  return at;
}

/** How long a candidate of 3.9 that has lost waits before it stands again: longer from time to time. */
function backoff(now: Now, node: RaftNode, { electionBackoffMax }: QuorumTimers): number {
  const retries = Math.min(20, (now.markOf(stood(node)) ?? 1) - 1);
  const steps = Math.floor(now.draw('back-off', uniform(0, 2 * 2 ** retries)));
  return Math.min(electionBackoffMax, BACKOFF_STEP * steps);
}

function resignOf({ fetchTimeout }: QuorumTimers): At {
  return timing<ReadonlyProtocol, { readonly leader: RaftNode }>({
    marks: ({ leader }) => [majority(leader), leads(leader)],
    due(now, { leader }) {
      const heard = Math.max(now.markOf(majority(leader)) ?? 0, now.markOf(leads(leader)) ?? 0);
      return heard + CHECK_QUORUM * fetchTimeout;
    },
  });
}

/** The record by which an idle quorum is heard of. */
function idleRecord(context: KraftContext, { idleInterval, latency }: QuorumTimers) {
  return {
    name: 'idle record',
    first: uniform(0, idleInterval),
    every: fixed(idleInterval),
    tick(now: Now): void {
      const { protocol } = now;
      for (const leader of context.node.all) {
        if (protocol.nodes.get(leader).state.state !== 'leader') continue;
        const reached = followersOf(context, protocol, leader);
        for (const node of reached) now.mark(contact(node), now.now + now.draw('latency', latency));
        const { voters } = protocol.nodes.get(leader);
        const heard = reached.filter(node => voters.has(node)).length + 1;
        if (heard >= context.rules.majorityOf(voters.size)) now.mark(majority(leader));
      }
    },
  };
}

function followersOf(
  { node: nodes }: KraftContext,
  protocol: ReadonlyProtocol,
  leader: RaftNode,
): RaftNode[] {
  return nodes.all.filter(node => {
    if (node === leader) return false;
    const { state, leader: known } = protocol.nodes.get(node);
    return state.state === 'follower' && known === leader && isConnected(protocol, node, leader);
  });
}

/** Notes what a step means to the timers of a node. */
function observeNode(
  { rules }: KraftContext,
  timers: QuorumTimers,
  node: RaftNode,
  before: ReadonlyProtocol,
  now: Now,
): void {
  const was = before.nodes.get(node);
  const is = now.protocol.nodes.get(node);
  const { state } = is.state;
  const isNew = was.state.state !== state || was.epoch !== is.epoch;
  if (isNew && state === 'leader') now.mark(leads(node));
  if (isNew && state === 'follower') now.mark(contact(node));
  if (isNew) {
    now.mark(stood(node), state === 'candidate' ? (now.markOf(stood(node)) ?? 0) + 1 : 0);
    now.mark(lost(node), Number.POSITIVE_INFINITY);
  }
  const hasVoted = is.vote !== undefined && is.vote !== was.vote;
  if ((isNew && !keepsTimer(was, is)) || (hasVoted && state === 'unattached')) {
    startTimer(now, node, timers);
  }
  if (is.rejected.size === was.rejected.size) return;
  const open = is.voters.size - is.rejected.size;
  if (open < rules.majorityOf(is.voters.size)) now.mark(lost(node));
}

/**
 * Whether an election timer runs on: that of who hears of a newer epoch, and was not in an election that it could not
 * win.
 * Source: QuorumState.transitionToUnattached.
 */
function keepsTimer(
  { state: was, preVoteSupported }: ReadonlyNodeView,
  { state: is }: ReadonlyNodeView,
): boolean {
  if (is.state !== 'unattached') return false;
  if (was.state === 'candidate' || was.state === 'unattached') return true;
  return preVoteSupported && (was.state === 'prospective' || was.state === 'resigned');
}

/** Notes when requests that were sent in this step are there. */
function noteMessages(
  { node: nodes }: KraftContext,
  before: ReadonlyProtocol,
  now: Now,
  { latency, flush }: QuorumTimers,
): void {
  for (const from of nodes.all) {
    // What a follower has taken is on its disk before it asks for more, and a vote for itself before it asks for
    // others.
    const has = logEndOffset(now.protocol.nodes.get(from)) > logEndOffset(before.nodes.get(from));
    for (const to of nodes.all) {
      if (from === to) continue;
      const was = before.connections.get(from, to);
      const is = now.protocol.connections.get(from, to);
      if (is.phase !== 'request' || (was.phase === 'request' && was.rpc === is.rpc)) continue;
      const written = has || is.rpc === 'vote' ? now.draw('flush', flush) : 0;
      now.mark(arrives(from, to), now.now + written + now.draw('latency', latency));
    }
  }
}
