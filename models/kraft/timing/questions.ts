import { uniform } from '../../../checker/timed/duration.ts';
import type { Awaited, Injected, TimedQuestion } from '../../../checker/timed/measure.ts';
import type { Moment } from '../../../checker/timed/schedule.ts';
import type { KraftContext } from '../context.ts';
import { logEndOffset } from '../log.ts';
import type { RaftNode, ReadonlyProtocol } from '../schema.ts';

/** How long after a quorum is at rest something happens to it: in any phase of what comes again and again. */
const settle = uniform(5000, 7000);
/** Longer than any of it takes but where nobody is elected at all. */
const limit = 120_000;

/** The process of the quorum's leader is killed; what it had sent arrives. */
export function leaderCrashes(context: KraftContext): TimedQuestion<ReadonlyProtocol> {
  const { node: nodes } = context;
  const fault = (protocol: ReadonlyProtocol): Injected => {
    const leader = leaderOf(context, protocol) as RaftNode;
    const kept = logEndOffset(protocol.nodes.get(leader));
    return { name: 'crash', params: { node: nodes.nameOf(leader), kept, sent: 'arrives' } };
  };
  return { ready: isAtRest(context), settle, faults: [fault], awaited: recoveries(context), limit };
}

/** Whether somebody leads, has committed in its epoch, and everybody else follows it and has what it has. */
function isAtRest(context: KraftContext): (protocol: ReadonlyProtocol) => boolean {
  return protocol => {
    const leader = leaderOf(context, protocol);
    if (leader === undefined) return false;
    const { epoch, highWatermark } = protocol.nodes.get(leader);
    return context.node.all.every(node => {
      const view = protocol.nodes.get(node);
      const isPartOf = node === leader || (view.leader === leader && view.hasFetched);
      return isPartOf && view.epoch === epoch && view.highWatermark === highWatermark;
    });
  };
}

/** What is awaited after the leader has gone. */
function recoveries(context: KraftContext): Awaited<ReadonlyProtocol>[] {
  const asks = ({ protocol }: Moment<ReadonlyProtocol>): boolean =>
    context.node.all.some(node => {
      const { state } = protocol.nodes.get(node).state;
      return state === 'prospective' || state === 'candidate';
    });
  const leads = ({ protocol }: Moment<ReadonlyProtocol>): boolean =>
    context.node.all.some(node => protocol.nodes.get(node).state.state === 'leader');
  const commits = ({ protocol }: Moment<ReadonlyProtocol>): boolean =>
    leaderOf(context, protocol) !== undefined;
  return [
    { name: 'noticed', text: 'a node asks for votes, or whether it would get them', holds: asks },
    { name: 'elected', text: 'another node leads', holds: leads },
    {
      name: 'active',
      text: 'it has committed in its epoch: there is a controller',
      holds: commits,
    },
  ];
}

/** Who leads and has committed in its epoch, in the newest epoch in which somebody has. */
function leaderOf({ node: nodes }: KraftContext, protocol: ReadonlyProtocol): RaftNode | undefined {
  let newest: RaftNode | undefined;
  for (const node of nodes.all) {
    const view = protocol.nodes.get(node);
    if (view.state.state !== 'leader' || view.highWatermark <= view.epochStartOffset) continue;
    if (newest === undefined || view.epoch > protocol.nodes.get(newest).epoch) newest = node;
  }
  return newest;
}
