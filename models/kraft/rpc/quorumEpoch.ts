import { requestBeginQuorumEpoch, requestEndQuorumEpoch } from '../requests.ts';
import { acceptAnswer, acceptEpoch, type RpcRules, refused } from './rpc.ts';

/**
 * BeginQuorumEpoch: a leader tells the voters that have not fetched from it that it leads.
 *
 * Source: KafkaRaftClient.handleBeginQuorumEpochRequest; KAFKA-16536.
 */
export const beginQuorumEpoch: RpcRules = {
  rpc: 'beginQuorumEpoch',
  title: 'BeginQuorumEpoch',
  maySend(_, protocol, from, to) {
    const view = protocol.nodes.get(from);
    if (view.state.state !== 'leader') return 'the node is not leader';
    if (!view.voters.has(to)) return 'the other is not a voter';
    return view.fetchOffsets.get(to) === undefined || 'the voter fetches already';
  },
  send: requestBeginQuorumEpoch,
  handle(step, from, { epoch, targetDirectory }) {
    const { context, protocol, node } = step;
    const { directory } = protocol.nodes.get(node);
    const isMeant = !context.config.dynamicVoters || targetDirectory === directory;
    if (!isMeant || !acceptEpoch(step, epoch, from)) return refused;
    return { result: 'accepted' };
  },
  receive(step, _, answer) {
    acceptAnswer(step, answer);
  },
};

/**
 * EndQuorumEpoch: a leader that has resigned says so.
 *
 * Left out: the preferred successors. They decide who times out first, and time is not modelled.
 * For the same reason it is sent once and not repeated: nobody depends on it.
 *
 * Source: KafkaRaftClient.handleEndQuorumEpochRequest.
 */
export const endQuorumEpoch: RpcRules = {
  rpc: 'endQuorumEpoch',
  title: 'EndQuorumEpoch',
  sentOnce: true,
  maySend(_, protocol, from, to) {
    const view = protocol.nodes.get(from);
    if (view.state.state !== 'resigned') return 'the node has not resigned';
    return view.voters.has(to) || 'the other is not a voter';
  },
  send: requestEndQuorumEpoch,
  handle: (step, from, { epoch }) =>
    acceptEpoch(step, epoch, from) ? { result: 'accepted' } : refused,
  receive(step, _, answer) {
    acceptAnswer(step, answer);
  },
};
