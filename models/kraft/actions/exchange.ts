import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyNode, anyOf } from '../../../checker/model/params.ts';
import type { KraftContext, KraftStep, NodeStep } from '../context.ts';
import { connects, isFree, isRunning, reply } from '../messages.ts';
import type { RpcRules } from '../rpc/rpc.ts';
import { rpcWords } from '../rpc/rpcWords.ts';
import type { RaftNode, ReadonlyProtocol } from '../schema.ts';
import { mayFallBehind, setAside } from '../strays.ts';

/** The two ends of a connection; `from` is who asks. */
interface Ends {
  readonly from: RaftNode;
  readonly to: RaftNode;
}

/**
 * The steps of one kind of request. In flight: the sender sends it (again, where it was lost or
 * could not be sent when it was due), the receiver handles it, the sender receives the answer. In
 * rounds all three are one step.
 */
export function exchangeActions(context: KraftContext, rpc: RpcRules): AnyAction[] {
  if (context.config.transport === 'rounds') return [round(context, rpc)];
  const answered = [handling(context, rpc), receiving(context, rpc)];
  return rpc.sentOnce === true ? answered : [sending(context, rpc), ...answered];
}

function sending(context: KraftContext, rpc: RpcRules): AnyAction {
  return context.action({
    name: `send${rpc.title}`,
    kind: 'protocol',
    actor: 'from',
    phrase: `{from} sends {to} its ${rpcWords[rpc.rpc]} request`,
    params: { from: anyNode(context.node), to: anyNode(context.node) },
    ...(rpc.spends === undefined ? {} : { spends: rpc.spends }),
    enabled: ({ protocol }, ends) => maySend(context, protocol, rpc, ends),
    step({ protocol, record }, { from, to }) {
      if (endsFetch(protocol, rpc, { from, to })) protocol.connections.clear(from, to);
      else if (!isFree(protocol, from, to)) setAside(protocol, from, to, true);
      rpc.send({ context, protocol, record, node: from }, to);
    },
  });
}

function handling(context: KraftContext, rpc: RpcRules): AnyAction {
  return context.action({
    name: `handle${rpc.title}`,
    kind: 'protocol',
    actor: 'to',
    phrase: `{to} handles the ${rpcWords[rpc.rpc]} request of {from}`,
    params: { from: anyNode(context.node), to: anyNode(context.node) },
    enabled({ protocol }, ends) {
      if (ends.from === ends.to) return 'there is no such link';
      const connection = protocol.connections.get(ends.from, ends.to);
      if (connection.phase !== 'request' || connection.rpc !== rpc.rpc) return 'no such request';
      return mayHandle(context, protocol, rpc, ends);
    },
    step: ({ protocol, record }, ends) => handle({ context, protocol, record }, rpc, ends),
  });
}

function receiving(context: KraftContext, rpc: RpcRules): AnyAction {
  return context.action({
    name: `receive${rpc.title}`,
    kind: 'protocol',
    actor: 'from',
    phrase: `{from} receives the ${rpcWords[rpc.rpc]} answer of {to}`,
    params: { from: anyNode(context.node), to: anyNode(context.node) },
    enabled({ protocol }, { from, to }) {
      if (from === to) return 'there is no such link';
      const { phase, rpc: kind } = protocol.connections.get(from, to);
      if (phase !== 'response' || kind !== rpc.rpc) return 'no such answer';
      return isRunning(protocol, from) || 'the node is stopped';
    },
    step: ({ protocol, record }, ends) => receive({ context, protocol, record }, rpc, ends),
  });
}

/** The answer may be lost: the sender may have moved on before it comes. */
function round(context: KraftContext, rpc: RpcRules): AnyAction {
  return context.action({
    name: `exchange${rpc.title}`,
    kind: 'protocol',
    actor: 'from',
    phrase: `{from} exchanges ${rpcWords[rpc.rpc]} with {to}; answer {answer}`,
    params: {
      from: anyNode(context.node),
      to: anyNode(context.node),
      answer: anyOf('arrives', 'lost'),
    },
    ...(rpc.spends === undefined ? {} : { spends: rpc.spends }),
    enabled({ protocol }, { from, to, answer }) {
      const ends = { from, to };
      const allowed = isUnderWay(protocol, rpc, ends) || maySend(context, protocol, rpc, ends);
      if (allowed !== true) return allowed;
      if (!isRunning(protocol, to)) return 'the node is stopped';
      if (answer === 'lost') return true;
      return connects(protocol, to, from) || 'no answer comes back';
    },
    // An answer that could come back is not lost for ever.
    due: ({ protocol }, { from, to, answer }) =>
      answer === 'arrives' || !connects(protocol, to, from),
    step({ protocol, record }, { from, to, answer }) {
      const step = { context, protocol, record };
      const ends = { from, to };
      if (!isUnderWay(protocol, rpc, ends)) rpc.send({ ...step, node: from }, to);
      handle(step, rpc, ends);
      const { phase } = protocol.connections.get(from, to);
      if (answer === 'lost') protocol.connections.clear(from, to);
      else if (phase === 'response') receive(step, rpc, ends);
    },
  });
}

function maySend(
  context: KraftContext,
  protocol: ReadonlyProtocol,
  rpc: RpcRules,
  { from, to }: Ends,
): Enabled {
  if (from === to) return 'there is no such link';
  const wanted = rpc.maySend(context, protocol, from, to);
  if (wanted !== true) return wanted;
  const isBusy = !isFree(protocol, from, to) && !endsFetch(protocol, rpc, { from, to });
  if (isBusy && !mayFallBehind(context, protocol, from, to)) return 'a request is in flight';
  return connects(protocol, from, to) || 'the request does not get there';
}

/** Whether the receipt of an earlier answer has sent this request already, in rounds. */
function isUnderWay(protocol: ReadonlyProtocol, { rpc }: RpcRules, { from, to }: Ends): boolean {
  if (from === to) return false;
  const { phase, rpc: kind } = protocol.connections.get(from, to);
  return phase === 'request' && kind === rpc;
}

function endsFetch(
  protocol: ReadonlyProtocol,
  { endsWaitingFetch }: RpcRules,
  { from, to }: Ends,
): boolean {
  const { phase, rpc } = protocol.connections.get(from, to);
  return endsWaitingFetch === true && phase === 'request' && rpc === 'fetch';
}

function mayHandle(
  context: KraftContext,
  protocol: ReadonlyProtocol,
  rpc: RpcRules,
  { from, to }: Ends,
): Enabled {
  if (!isRunning(protocol, to)) return 'the node is stopped';
  const request = protocol.connections.get(from, to);
  return rpc.mayHandle?.(context, protocol, to, request, from) ?? true;
}

function handle(step: KraftStep, rpc: RpcRules, { from, to }: Ends): void {
  const receiver: NodeStep = { ...step, node: to };
  const request = step.protocol.connections.get(from, to);
  reply(receiver, from, rpc.handle(receiver, from, request));
}

function receive(step: KraftStep, rpc: RpcRules, { from, to }: Ends): void {
  const { connections } = step.protocol;
  const answer = connections.get(from, to);
  // Free for the next request, which may be sent on receipt; then it takes the answer's place.
  answer.phase = 'idle';
  answer.awaited = false;
  rpc.receive({ ...step, node: from }, to, answer);
  if (answer.phase === 'idle') connections.clear(from, to);
}
