import type { Enabled } from '../../../checker/model/model.ts';
import type { KraftContext, NodeStep } from '../context.ts';
import { send } from '../messages.ts';
import type { RaftNode, ReadonlyProtocol, Rpc } from '../schema.ts';
import { changeVoters, mayChangeVoters, type VoterChange } from '../voterChange.ts';
import { isVoter } from '../voters.ts';
import { acceptAnswer, type RpcRules, refused } from './rpc.ts';

/**
 * AddRaftVoter, from an observer that wants to be a voter by itself (`autoJoin`). What an
 * administrator asks for is handled where it arrives: see the actions addVoter and removeVoter.
 */
export const addRaftVoter: RpcRules = voterRequest({
  rpc: 'addVoter',
  title: 'AddRaftVoter',
  change: 'add',
  wanted: (_, protocol, node) =>
    !protocol.nodes.get(node).voters.has(node) || 'its id is in the voter set',
});

/** RemoveRaftVoter, from a node that finds its id in the voter set with a disk that it lost. */
export const removeRaftVoter: RpcRules = voterRequest({
  rpc: 'removeVoter',
  title: 'RemoveRaftVoter',
  change: 'remove',
  wanted(context, protocol, node) {
    const view = protocol.nodes.get(node);
    const isReplaced = view.voters.has(node) && !isVoter(context, view, node);
    return isReplaced || 'its id is not in the voter set with another disk';
  },
});

/** UpdateRaftVoter, from a voter that has its entry written anew (its endpoints changed). */
export const updateRaftVoter: RpcRules = voterRequest({
  rpc: 'updateVoter',
  title: 'UpdateRaftVoter',
  change: 'update',
  wanted: (context, protocol, node) =>
    isVoter(context, protocol.nodes.get(node), node) || 'the node is not a voter',
});

interface VoterRequest {
  readonly rpc: Rpc;
  readonly title: string;
  readonly change: VoterChange;
  wanted(context: KraftContext, protocol: ReadonlyProtocol, node: RaftNode): Enabled;
}

/** A request of a follower to its leader to change the entry of the follower itself. */
function voterRequest({ rpc, title, change, wanted }: VoterRequest): RpcRules {
  return {
    rpc,
    title,
    spends: 'voterChanges',
    endsWaitingFetch: true,
    maySend(context, protocol, from, to) {
      if (!context.config.autoJoin) return 'nodes do not ask for voter changes';
      const { state, leader } = protocol.nodes.get(from);
      if (state.state !== 'follower' || leader !== to) return 'the other is not its leader';
      return wanted(context, protocol, from);
    },
    send(step: NodeStep, to) {
      const { epoch, directory } = step.protocol.nodes.get(step.node);
      send(step, to, { rpc, epoch, directory });
    },
    handle(step, from, { epoch, directory }) {
      const { context, protocol, node } = step;
      if (epoch !== protocol.nodes.get(node).epoch) return refused;
      const allowed = mayChangeVoters(context, protocol, node, change, from);
      if (allowed !== true) return { result: 'rejected' };
      changeVoters(step, change, from, directory);
      return { result: 'accepted' };
    },
    receive(step, _, answer) {
      acceptAnswer(step, answer);
    },
  };
}
