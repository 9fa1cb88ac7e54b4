import type { LeadsTo } from '../../checker/model/temporal.ts';
import type {
  GhostFields,
  ProtocolFields,
  RaftNode,
  ReadonlyProtocol,
} from '../../models/kraft/schema.ts';
import { unless } from '../notApplicable.ts';
import { type KraftScope, leads, runs } from './kraftScope.ts';
import type { KraftFacts } from './scopeFacts.ts';
import { logEndOffset } from './view.ts';

/** What must come about in a quorum, sooner or later. */
export type KraftProgress = LeadsTo<ProtocolFields, GhostFields>;

/**
 * Nobody has to restart a node or to mend the network for this: voters that can talk to each other and
 * are a majority find a leader among the voters, whatever the others do.
 */
export function quorumGetsLeader(facts: KraftFacts): KraftProgress {
  return {
    name: 'quorum-gets-leader',
    kind: 'leadsTo',
    statement:
      'While a majority of the voters can talk to each other, the quorum gets a leader that a majority follows.',
    loss: 'There is no active controller: no topic is created, no failed broker is replaced as leader.',
    source: 'Raft 5.2; KIP-595, KIP-996; KAFKA-17641',
    ...unless(votersMayChange(facts)),
    when: state => majorityCanTalk(facts, state) && !isLed(facts, state),
    goal: state => isLed(facts, state) || !majorityCanTalk(facts, state),
  };
}

/** A leader that nobody can hear does not find out by itself; check-quorum is for that. */
export function isolatedLeadersResign(facts: KraftFacts): KraftProgress {
  const someIsolated = ({ protocol }: KraftScope): boolean =>
    facts.node.all.some(node => isIsolatedLeader(facts, protocol, node));
  return {
    name: 'isolated-leaders-resign',
    kind: 'leadsTo',
    statement: 'A leader that cannot talk to a majority of the voters gives its epoch up.',
    loss: 'Brokers and observers that still reach it hang on to a controller that can commit nothing.',
    source: 'KAFKA-15489 (fixed in 3.7.0); LeaderState.timeUntilCheckQuorumExpires; KIP-595',
    needs: 'a leader that no majority of the voters reaches',
    ...unless(
      votersMayChange(facts) ??
        (facts.bounds.resignations === 0 ? 'no leader resigns in this scope' : undefined),
    ),
    when: someIsolated,
    goal: state => !someIsolated(state),
  };
}

/**
 * What a leader appends is committed as long as a majority of its voters follow it and can talk to it, whoever else
 * is down; nobody has to write another record for that.
 */
export function appendedRecordsAreCommitted(facts: KraftFacts): KraftProgress {
  const { node: nodes } = facts;
  const someWait = ({ protocol }: KraftScope): boolean =>
    nodes.all.some(
      node => isFollowedByMajority(facts, protocol, node) && isBehindItself(protocol, node),
    );
  return {
    name: 'appended-records-are-committed',
    kind: 'leadsTo',
    statement:
      'What a leader appends is committed while a majority of its voters follow it and can talk to it.',
    loss: 'Controllers write and nothing takes effect: no topic is created, no broker is fenced.',
    source: 'LeaderState.maybeUpdateHighWatermark; Raft 5.3; KIP-595',
    when: someWait,
    goal: state => !someWait(state),
  };
}

/** Whoever follows a leader and can talk to it gets all of its log, and learns how much of it is committed. */
export function followersCatchUp(facts: KraftFacts): KraftProgress {
  const { node: nodes } = facts;
  const someLag = ({ protocol }: KraftScope): boolean =>
    nodes.all.some(leader =>
      nodes.all.some(node => follows(protocol, node, leader) && lags(protocol, node, leader)),
    );
  return {
    name: 'followers-catch-up',
    kind: 'leadsTo',
    statement:
      'A node that follows a leader and can talk to it gets to the end of its log and to its high watermark.',
    loss: 'A controller or broker acts on old metadata for ever, and the next failure stops the quorum.',
    source: 'KafkaRaftClient.handleFetchResponse, FollowerState.updateHighWatermark; KIP-595',
    needs: 'a node that follows another',
    when: someLag,
    goal: state => !someLag(state),
  };
}

/** Whether the node leads, and a majority of the voters that it knows are itself or follow it. */
function isFollowedByMajority(
  { node: nodes, config }: KraftFacts,
  protocol: ReadonlyProtocol,
  leader: RaftNode,
): boolean {
  const view = protocol.nodes.get(leader);
  if (!leads(view)) return false;
  const { voters, directories } = view;
  const counted = nodes.all.filter(node => {
    const isMeant =
      !config.dynamicVoters || directories.get(node) === protocol.nodes.get(node).directory;
    return voters.has(node) && isMeant && (node === leader || follows(protocol, node, leader));
  });
  return counted.length > voters.size / 2;
}

/** Whether the node follows the other in the epoch that it leads, and both hear each other. */
function follows(protocol: ReadonlyProtocol, node: RaftNode, leader: RaftNode): boolean {
  if (node === leader || !leads(protocol.nodes.get(leader))) return false;
  const view = protocol.nodes.get(node);
  if (view.state.state !== 'follower' || view.leader !== leader) return false;
  return view.epoch === protocol.nodes.get(leader).epoch && canTalk(protocol, leader, node);
}

/** Whether the leader's log has something that is not committed. */
function isBehindItself(protocol: ReadonlyProtocol, leader: RaftNode): boolean {
  const view = protocol.nodes.get(leader);
  return view.highWatermark < logEndOffset(view);
}

/** Whether the follower's log ends elsewhere, or what the leader has committed in its epoch is not known to it. */
function lags(protocol: ReadonlyProtocol, node: RaftNode, leader: RaftNode): boolean {
  const [from, to] = [protocol.nodes.get(leader), protocol.nodes.get(node)];
  if (logEndOffset(from) !== logEndOffset(to)) return true;
  return from.highWatermark > from.epochStartOffset && to.highWatermark < from.highWatermark;
}

function votersMayChange({ config, bounds }: KraftFacts): string | undefined {
  const mayChange = config.dynamicVoters && bounds.voterChanges + bounds.diskLosses > 0;
  return mayChange ? 'the voters are not the same for ever' : undefined;
}

function votersOf({ node, config }: KraftFacts): readonly RaftNode[] {
  return node.all.slice(0, config.voters);
}

function majorityOf({ config }: KraftFacts): number {
  return Math.floor(config.voters / 2) + 1;
}

/** Whether so many voters run that are a majority, each of which can talk to each other. */
function majorityCanTalk(facts: KraftFacts, { protocol }: KraftScope): boolean {
  const running = votersOf(facts).filter(voter => runs(protocol.nodes.get(voter)));
  const wanted = majorityOf(facts);
  const grows = (members: readonly RaftNode[], others: readonly RaftNode[]): boolean =>
    members.length >= wanted ||
    others.some(
      (next, index) =>
        members.every(member => canTalk(protocol, member, next)) &&
        grows([...members, next], others.slice(index + 1)),
    );
  return grows([], running);
}

/** Whether some leader has a majority of the voters that follow it and can talk to it, itself included. */
function isLed(facts: KraftFacts, { protocol }: KraftScope): boolean {
  const voters = votersOf(facts);
  return voters.some(leader => {
    const { epoch, state } = protocol.nodes.get(leader);
    if (state.state !== 'leader') return false;
    const following = voters.filter(voter => {
      if (voter === leader) return true;
      const view = protocol.nodes.get(voter);
      const follows = view.state.state === 'follower' && view.leader === leader;
      return follows && view.epoch === epoch && canTalk(protocol, leader, voter);
    });
    return following.length >= majorityOf(facts);
  });
}

function isIsolatedLeader(facts: KraftFacts, protocol: ReadonlyProtocol, node: RaftNode): boolean {
  if (!leads(protocol.nodes.get(node))) return false;
  const heard = votersOf(facts).filter(voter => voter === node || canTalk(protocol, node, voter));
  return heard.length < majorityOf(facts);
}

/** Whether two nodes run, and requests and answers pass between them. */
function canTalk(protocol: ReadonlyProtocol, one: RaftNode, other: RaftNode): boolean {
  return runs(protocol.nodes.get(one)) && isConnected(protocol, one, other);
}

/** Whether messages pass between two nodes in both directions, and the other one runs. */
function isConnected(
  { nodes, cutLinks }: ReadonlyProtocol,
  node: RaftNode,
  other: RaftNode,
): boolean {
  if (cutLinks.get(node, other).cut || cutLinks.get(other, node).cut) return false;
  return nodes.get(other).state.state !== 'stopped';
}
