import { type AnyProperty, anyProperties, type TakenAction } from '../../checker/model/property.ts';
import type { NodeType } from '../../checker/state/nodeType.ts';
import type { KraftBounds, KraftConfig } from '../../models/kraft/config.ts';
import { preVotesIn } from '../../models/kraft/config.ts';
import { nodesOf } from '../../models/kraft/context.ts';
import type { RaftNode, ReadonlyNodeView } from '../../models/kraft/schema.ts';
import type { VoterSetView } from '../../models/kraft/voterSet.ts';
import { firstOf, unless } from '../notApplicable.ts';
import { type KraftScope, type KraftStepProperty, leads, runs } from './kraftScope.ts';
import { refinesCommittedLog } from './refinement.ts';
import { entryAt, logEndOffset } from './view.ts';

/** What is asked of some configurations and not claimed of every one. */
export function kraftQuestions(config: KraftConfig, bounds: KraftBounds): readonly AnyProperty[] {
  const asked = anyProperties([followedLeaderStays(config), removedVotersStayRemoved(config)]);
  return [...asked, refinesCommittedLog(config, bounds)];
}

/**
 * A quorum does not change its leader without a reason. Not claimed of every scope: a pre-vote that
 * was granted while there was no leader may arrive, or be the last that was missing, when there is one.
 * Only in rounds, and where one pre-vote more is a majority, is the vote asked for at once.
 */
function followedLeaderStays(config: KraftConfig): KraftStepProperty {
  const node = nodesOf(config);
  return {
    name: 'followed-leader-stays',
    kind: 'step',
    statement:
      'While a majority of the voters fetches from a leader, nobody leaves its epoch to stand for a later one.',
    loss: 'A node that merely cannot hear the leader deposes it, again and again.',
    source: 'KIP-996; Raft dissertation 9.6, StableLeadership',
    ...unless(
      firstOf(
        preVotesIn(config.kafka) !== 'all' &&
          'without pre-votes whoever does not hear the leader stands',
        config.transport !== 'rounds' && 'in flight a pre-vote may arrive late',
        config.voters > 3 && 'several pre-votes are collected one after the other',
        config.dynamicVoters && 'the voters are not the same for ever',
      ),
    ),
    when: before => followedLeader(node, config, before) !== undefined,
    holds(before, after) {
      const leader = followedLeader(node, config, before);
      if (leader === undefined) return true;
      const { epoch } = before.protocol.nodes.get(leader);
      for (const each of node.all) {
        const [was, is] = [before.protocol.nodes.get(each), after.protocol.nodes.get(each)];
        // Who is in a later epoch already has stood before, or has heard of somebody who did.
        if (is.vote !== each || is.epoch <= epoch || epochOnDiskOf(was) > epoch) continue;
        const follow = `a majority fetches from ${node.nameOf(leader)}`;
        return `${node.nameOf(each)} stands for epoch ${is.epoch}, while ${follow}`;
      }
      return true;
    },
  };
}

/** The epoch that a node is in, or comes back in. */
function epochOnDiskOf(view: ReadonlyNodeView): number {
  return runs(view) ? view.epoch : view.quorumState.epoch;
}

/** The leader from which so many voters have fetched that they are a majority together with it. */
function followedLeader(
  node: NodeType<'node'>,
  { voters }: KraftConfig,
  { protocol }: KraftScope,
): RaftNode | undefined {
  const initial = node.all.slice(0, voters);
  return initial.find(leader => {
    const { epoch } = protocol.nodes.get(leader);
    if (!leads(protocol.nodes.get(leader))) return false;
    const fetching = initial.filter(voter => {
      const view = protocol.nodes.get(voter);
      if (view.state.state !== 'follower' || view.leader !== leader) return false;
      return view.hasFetched && view.epoch === epoch;
    });
    return fetching.length + 1 > voters / 2;
  });
}

/**
 * A voter that an operator has removed runs on as an observer, and an observer that is to join by itself asks to be a
 * voter. Kafka keeps no record of who was removed.
 */
function removedVotersStayRemoved(config: KraftConfig): KraftStepProperty {
  const node = nodesOf(config);
  return {
    name: 'removed-voters-stay-removed',
    kind: 'step',
    statement:
      'A node that asks to be a voter is not taken in where it was removed with the same disk.',
    loss: 'An operator removes a controller, and it counts for majorities again without anybody asking for it.',
    source: 'KAFKA-19850; controller.quorum.auto.join.enable (4.2)',
    ...unless(config.autoJoin ? undefined : 'nodes do not ask for voter changes'),
    when: (before, after, action) => takenInBy(node, before, after, action) !== undefined,
    holds(before, after, action) {
      const taken = takenInBy(node, before, after, action);
      if (taken === undefined) return true;
      const { voter, earlier, directory } = taken;
      const was = earlier.find(({ voters, directories }) => {
        return voters.has(voter) && directories.get(voter) === directory;
      });
      if (was === undefined) return true;
      return `${node.nameOf(voter)} asked to be a voter and is one again, after it was removed`;
    },
  };
}

interface TakenIn {
  readonly voter: RaftNode;
  readonly directory: number;
  /** The voter sets before, as far as the leader's log and snapshot have them. */
  readonly earlier: readonly VoterSetView[];
}

/** Whom a leader takes in as a voter by a request of that node itself. */
function takenInBy(
  node: NodeType<'node'>,
  before: KraftScope,
  after: KraftScope,
  { name, params }: TakenAction,
): TakenIn | undefined {
  if (name !== 'handleAddRaftVoter' && name !== 'exchangeAddRaftVoter') return undefined;
  const [voter, leader] = [params['from'], params['to']].map(each => node.named(String(each)));
  if (voter === undefined || leader === undefined) return undefined;
  const [was, is] = [before, after].map(({ protocol }) => protocol.nodes.get(leader));
  if (was === undefined || is === undefined || was.voters.has(voter)) return undefined;
  if (!is.voters.has(voter)) return undefined;
  const earlier = votersRecordsOf(was);
  return { voter, directory: is.directories.get(voter), earlier };
}

function votersRecordsOf(view: ReadonlyNodeView): VoterSetView[] {
  const sets: VoterSetView[] = [view.snapshot];
  for (let offset = view.logStartOffset; offset < logEndOffset(view); offset++) {
    sets.push(entryAt(view, offset));
  }
  return sets;
}
