import { type AnyProperty, anyProperties } from '../../checker/model/property.ts';
import type { NodeType } from '../../checker/state/nodeType.ts';
import type { KraftConfig } from '../../models/kraft/config.ts';
import { preVotesIn } from '../../models/kraft/config.ts';
import { nodesOf } from '../../models/kraft/context.ts';
import type { RaftNode, ReadonlyNodeView } from '../../models/kraft/schema.ts';
import { firstOf, unless } from '../notApplicable.ts';
import { type KraftScope, type KraftStepProperty, leads, runs } from './kraftScope.ts';

/** What is asked of some configurations and not claimed of every one. */
export function kraftQuestions(config: KraftConfig): readonly AnyProperty[] {
  return anyProperties([followedLeaderStays(config)]);
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
