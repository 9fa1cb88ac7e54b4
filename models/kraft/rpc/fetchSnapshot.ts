import type { NodeStep } from '../context.ts';
import type { Answer } from '../messages.ts';
import { requestFetch } from '../requests.ts';
import type { RaftNode, ReadonlyMessage } from '../schema.ts';
import { installSnapshot, isAhead } from '../snapshot.ts';
import { acceptAnswer, type RpcRules, refused } from './rpc.ts';

/**
 * FetchSnapshot: a follower whose log ends below the leader's log start fetches the snapshot that
 * the leader named. It is sent by the receipt of that answer.
 *
 * Left out: chunks. A download that is broken off starts anew, so only the last chunk counts.
 *
 * Source: KafkaRaftClient.handleFetchSnapshotRequest, handleFetchSnapshotResponse; KIP-630.
 */
export const fetchSnapshot: RpcRules = {
  rpc: 'fetchSnapshot',
  title: 'FetchSnapshot',
  sentOnce: true,
  maySend: () => 'it is sent when a fetch is answered with a snapshot',
  send: () => undefined,
  handle: handleFetchSnapshot,
  receive: receiveFetchSnapshot,
};

function handleFetchSnapshot(step: NodeStep, _: RaftNode, request: ReadonlyMessage): Answer {
  const view = step.protocol.nodes.get(step.node);
  if (view.state.state !== 'leader' || request.epoch !== view.epoch) return refused;
  const { offset, offsetEpoch } = request;
  const { snapshot } = view;
  // SNAPSHOT_NOT_FOUND: there is a newer one. The follower fetches again and is told.
  const isHere = snapshot.offset === offset && snapshot.lastEpoch === offsetEpoch;
  if (!isHere) return { result: 'rejected' };
  return { result: 'snapshot', offset, offsetEpoch, voterSet: snapshot };
}

function receiveFetchSnapshot(step: NodeStep, from: RaftNode, answer: ReadonlyMessage): void {
  const { context, protocol, node } = step;
  const view = protocol.nodes.get(node);
  if (!acceptAnswer(step, answer) || view.state.state !== 'follower') return;
  const { result, offset, offsetEpoch: epoch, entry } = answer;
  const isInstalled = isAhead(view, { offset, epoch }) || !context.rules.installsOnlyNewerSnapshots;
  if (result === 'snapshot' && isInstalled)
    installSnapshot(context, view, { offset, epoch }, entry);
  if (context.config.transport === 'inFlight') requestFetch(step, from);
}
