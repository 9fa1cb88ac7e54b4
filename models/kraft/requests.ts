import type { NodeStep } from './context.ts';
import { epochBelow, logEndOffset, type OffsetAndEpoch } from './log.ts';
import { send } from './messages.ts';
import type { RaftNode } from './schema.ts';

/** Asks a voter for its vote, or whether it would give it. */
export function requestVote(step: NodeStep, voter: RaftNode, rpc: 'preVote' | 'vote'): void {
  const view = step.protocol.nodes.get(step.node);
  const { epoch, directory, directories } = view;
  const offset = logEndOffset(view);
  const offsetEpoch = epochBelow(view, offset);
  const targetDirectory = directories.get(voter);
  send(step, voter, { rpc, epoch, directory, targetDirectory, offset, offsetEpoch });
}

/** Tells a voter who leads the epoch. */
export function requestBeginQuorumEpoch(step: NodeStep, voter: RaftNode): void {
  const { epoch, directories } = step.protocol.nodes.get(step.node);
  const targetDirectory = directories.get(voter);
  send(step, voter, { rpc: 'beginQuorumEpoch', epoch, leader: step.node, targetDirectory });
}

/** Tells a voter that the leader of the epoch has resigned. */
export function requestEndQuorumEpoch(step: NodeStep, voter: RaftNode): void {
  const { epoch } = step.protocol.nodes.get(step.node);
  send(step, voter, { rpc: 'endQuorumEpoch', epoch, leader: step.node });
}

/** Asks for what comes after the end of the own log; this also acknowledges what is before it. */
export function requestFetch(step: NodeStep, target: RaftNode): void {
  const view = step.protocol.nodes.get(step.node);
  const { epoch, directory, highWatermark } = view;
  const offset = logEndOffset(view);
  const offsetEpoch = epochBelow(view, offset);
  send(step, target, { rpc: 'fetch', epoch, directory, offset, offsetEpoch, highWatermark });
}

/** Asks for a snapshot. */
export function requestFetchSnapshot(step: NodeStep, target: RaftNode, id: OffsetAndEpoch): void {
  const { epoch, directory } = step.protocol.nodes.get(step.node);
  const { offset, epoch: offsetEpoch } = id;
  send(step, target, { rpc: 'fetchSnapshot', epoch, directory, offset, offsetEpoch });
}
