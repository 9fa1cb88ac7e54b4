import { raftNodeLifecycle } from '../../lifecycle/raftNode.ts';
import { type Held, holdEach, Unexplained } from './finding.ts';
import type { NodeEvent, NodeLog } from './nodeLog.ts';

type Role = Extract<NodeEvent, { readonly kind: 'role' }>;

/** Who leads in each epoch of the quorum, by what its nodes say. */
export type Leaders = Map<number, number>;

/**
 * Holds what a node of the quorum logs of its roles to the lifecycle of `kraft`: how it comes from one to the next,
 * that its epoch never goes back, also over restarts, and that one node leads in an epoch, whoever tells of it.
 *
 * Source: QuorumState.durableTransitionTo, memoryTransitionTo.
 *
 * @param leaders - What was told so far; more is added.
 */
export function holdQuorumLog({ node, events }: NodeLog, leaders: Leaders): Held {
  let before: { readonly state: string; readonly epoch: number } | undefined;
  return holdEach(events, event => {
    if (event.kind !== 'role') return undefined;
    const { state, epoch, starts } = event;
    const from = starts ? 'stopped' : before?.state;
    if (from !== undefined && !isMove(from, state)) {
      throw new Unexplained(`a node that is ${from} is never ${state} next`);
    }
    if (before !== undefined && epoch < before.epoch) {
      throw new Unexplained(`the epoch goes back from ${before.epoch} to ${epoch}`);
    }
    noteLeader(event, node, leaders);
    before = { state, epoch };
    return 2;
  });
}

function noteLeader({ state, epoch, leader }: Role, node: number, leaders: Leaders): void {
  const named = state === 'leader' ? node : state === 'follower' ? leader : undefined;
  if (named === undefined) return;
  const known = leaders.get(epoch) ?? named;
  if (known !== named)
    throw new Unexplained(`${known} leads epoch ${epoch}, and ${named} does too`);
  leaders.set(epoch, named);
}

/** Whether some event takes a node from one state to the other. */
function isMove(from: string, to: string): boolean {
  const { states, events, next } = raftNodeLifecycle;
  const names: readonly string[] = states;
  const [at, target] = [names.indexOf(from), names.indexOf(to)];
  return events.some((_, event) => next[at * events.length + event] === target);
}
