import type { Enabled } from '../../../checker/model/model.ts';
import type { KraftBounds } from '../config.ts';
import type { KraftContext, NodeStep } from '../context.ts';
import type { Answer } from '../messages.ts';
import type {
  RaftNode,
  ReadonlyMessage,
  ReadonlyNodeView,
  ReadonlyProtocol,
  Rpc,
} from '../schema.ts';
import { becomeFollower, becomeUnattached } from '../transitions.ts';

/** One kind of request with its answer: who sends it when, and what each side makes of it. */
export interface RpcRules {
  readonly rpc: Rpc;
  /** The budget of which each request takes one. */
  readonly spends?: keyof KraftBounds;
  /** The request in the names of actions: `Vote` in sendVote, handleVote, receiveVote. */
  readonly title: string;
  /** It is sent when it is due, by the step that makes it so, and never again. */
  readonly sentOnce?: true;
  /** It takes the place of a fetch that waits at the other, as if that had come back empty. */
  readonly endsWaitingFetch?: true;
  /** Whether a node that has no request of its own to the other in flight may send this one. */
  maySend(context: KraftContext, protocol: ReadonlyProtocol, from: RaftNode, to: RaftNode): Enabled;
  /** At the sender. */
  send(step: NodeStep, to: RaftNode): void;
  /** Whether the receiver answers now; a fetch may wait until there is something to tell. */
  mayHandle?(
    context: KraftContext,
    protocol: ReadonlyProtocol,
    receiver: RaftNode,
    request: ReadonlyMessage,
    sender: RaftNode,
  ): Enabled;
  /** At the receiver. */
  handle(step: NodeStep, from: RaftNode, request: ReadonlyMessage): Answer;
  /** At the sender. It reads the answer before it sends anything, for that may take its place. */
  receive(step: NodeStep, from: RaftNode, answer: ReadonlyMessage): void;
}

/** The answer to a request that the receiver does not take. */
export const refused: Answer = { result: 'refused' };

/**
 * Takes over a newer epoch from a request that names one.
 *
 * @returns false if the request is of an older epoch, and is refused.
 */
export function acceptEpoch(step: NodeStep, epoch: number, leader?: RaftNode): boolean {
  const view = step.protocol.nodes.get(step.node);
  if (epoch < view.epoch) return false;
  const isNewer = epoch > view.epoch;
  if (leader !== undefined && (isNewer || isNews(view, leader)))
    becomeFollower(step, epoch, leader);
  else if (isNewer) becomeUnattached(step, epoch);
  return true;
}

/**
 * Takes over what an answer says about epoch and leader. One that names the leader of the node's own epoch, and is
 * no refusal, is still made use of.
 *
 * @param following - The step in which the node begins to follow, where it reads the answer after that.
 * @returns whether the answer is still one to the question that was asked.
 *
 * Source: KafkaRaftClient.maybeHandleCommonResponse.
 */
export function acceptAnswer(
  step: NodeStep,
  { epoch, leader, result }: ReadonlyMessage,
  following: NodeStep = step,
): boolean {
  const { context, protocol, node } = step;
  const view = protocol.nodes.get(node);
  if (epoch < view.epoch && context.rules.fencesAnswerByEpoch) return false;
  if (epoch > view.epoch) {
    if (leader === undefined || leader === node) becomeUnattached(step, epoch);
    else becomeFollower(step, epoch, leader);
    return false;
  }
  const isOfOther = leader !== undefined && leader !== node && epoch === view.epoch;
  const isRefused = result === 'refused';
  if (isOfOther && isNews(view, leader) && context.rules.learnsLeaderFromAnswers) {
    becomeFollower(isRefused ? step : following, epoch, leader);
  }
  return !isRefused;
}

/** Whether the node does not follow this leader of its epoch yet, although it may know of it. */
function isNews({ leader: known, state }: ReadonlyNodeView, leader: RaftNode): boolean {
  return known !== leader || state.state === 'unattached';
}
