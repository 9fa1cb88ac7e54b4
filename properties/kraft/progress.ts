import type { LeadsTo } from '../../checker/model/temporal.ts';
import { isConnected } from '../../models/kraft/messages.ts';
import type {
  GhostFields,
  ProtocolFields,
  RaftNode,
  ReadonlyProtocol,
} from '../../models/kraft/schema.ts';
import { firstOf, unless } from '../notApplicable.ts';
import { type KraftScope, leads, runs } from './kraftScope.ts';
import type { KraftFacts } from './scopeFacts.ts';

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
    ...unless(
      firstOf(
        votersMayChange(facts),
        facts.config.voters < 2 && 'the only voter is a majority',
        facts.bounds.resignations === 0 && 'no leader resigns in this scope',
        !isSomebodyLost(facts) && 'every voter can be reached',
      ),
    ),
    when: someIsolated,
    goal: state => !someIsolated(state),
  };
}

/** Whether a voter can become out of reach. */
function isSomebodyLost({ bounds }: KraftFacts): boolean {
  return bounds.crashes + bounds.diskLosses + bounds.partitions > 0;
}

function votersMayChange({ config }: KraftFacts): string | undefined {
  return config.dynamicVoters ? 'the voters are not the same for ever' : undefined;
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
