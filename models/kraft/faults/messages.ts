import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyInt, anyNode } from '../../../checker/model/params.ts';
import type { KraftContext } from '../context.ts';
import { isRunning, reaches, writeAnswer } from '../messages.ts';
import type { RpcRules } from '../rpc/rpc.ts';
import type { RaftNode, ReadonlyProtocol } from '../schema.ts';
import { copyToStrays, removeStray, setAside } from '../strays.ts';

/** loseMessage: what is in flight on a connection is lost with it. Limited by `lostMessages`. */
export function loseMessage(context: KraftContext): AnyAction {
  return context.action({
    name: 'loseMessage',
    kind: 'fault',
    actor: 'network',
    phrase: 'network loses what {from} asks of {to}, or the answer',
    params: { from: anyNode(context.node), to: anyNode(context.node) },
    spends: 'lostMessages',
    weight: 0.1,
    enabled: ({ protocol }, { from, to }) => isInFlight(protocol, from, to),
    step({ protocol }, { from, to }) {
      protocol.connections.clear(from, to);
    },
  });
}

/**
 * delayMessage: what is in flight on a connection falls behind whatever is sent after it, and
 * arrives when it likes; the requester gives up waiting. Limited by `delayedMessages`.
 */
export function delayMessage(context: KraftContext): AnyAction {
  return context.action({
    name: 'delayMessage',
    kind: 'fault',
    actor: 'network',
    phrase: 'network delays what {from} asks of {to}, or the answer',
    params: { from: anyNode(context.node), to: anyNode(context.node) },
    spends: 'delayedMessages',
    weight: 0.1,
    enabled: ({ protocol }, { from, to }) => mayStray(protocol, from, to),
    step({ protocol }, { from, to }) {
      setAside(protocol, from, to, false);
    },
  });
}

/**
 * duplicateMessage: what is in flight arrives twice; nobody waits for the second. Limited by
 * `duplicatedMessages`.
 */
export function duplicateMessage(context: KraftContext): AnyAction {
  return context.action({
    name: 'duplicateMessage',
    kind: 'fault',
    actor: 'network',
    phrase: 'network duplicates what {from} asks of {to}, or the answer',
    params: { from: anyNode(context.node), to: anyNode(context.node) },
    spends: 'duplicatedMessages',
    weight: 0.1,
    enabled: ({ protocol }, { from, to }) => mayStray(protocol, from, to),
    step({ protocol }, { from, to }) {
      copyToStrays(protocol, from, to, false);
    },
  });
}

/**
 * deliverStray: a message arrives that fell behind or was duplicated. A request is handled like any
 * other. An answer that nobody waits for is dropped by the requester, but for a defect.
 */
export function deliverStray(context: KraftContext, rpcs: readonly RpcRules[]): AnyAction {
  const { strays } = context.schema.protocol.fields;
  return context.action({
    name: 'deliverStray',
    kind: 'protocol',
    actor: 'network',
    phrase: 'network delivers stray message {stray}',
    params: { stray: anyInt(0, strays.capacity - 1) },
    enabled: ({ protocol }, { stray }) => mayArrive(context, protocol, rpcs, stray),
    step({ protocol, record }, { stray }) {
      const message = protocol.strays.get(stray);
      const { from, to, awaited, phase } = message;
      const rpc = rpcNamed(rpcs, message.rpc);
      const step = { context, protocol, record };
      const isTaken = awaited || !context.rules.dropsUnawaitedAnswers;
      if (phase === 'request') {
        const answer = rpc.handle({ ...step, node: to }, from, message);
        if (isTaken && reaches(protocol, to, from)) {
          message.phase = 'response';
          writeAnswer(message, rpc.rpc, protocol.nodes.get(to), answer);
          return;
        }
      } else if (isTaken) rpc.receive({ ...step, node: from }, to, message);
      removeStray(protocol, stray);
    },
  });
}

function mayArrive(
  context: KraftContext,
  protocol: ReadonlyProtocol,
  rpcs: readonly RpcRules[],
  stray: number,
): Enabled {
  if (stray >= protocol.strays.length) return 'there is no such message';
  const message = protocol.strays.get(stray);
  const { from, to, phase, rpc } = message;
  const receiver = phase === 'request' ? to : from;
  if (!isRunning(protocol, receiver)) return 'the node is stopped';
  if (phase === 'response') return true;
  return rpcNamed(rpcs, rpc).mayHandle?.(context, protocol, to, message, from) ?? true;
}

function rpcNamed(rpcs: readonly RpcRules[], name: string): RpcRules {
  const found = rpcs.find(({ rpc }) => rpc === name);
  if (found === undefined) throw new Error(`no rules for ${name}`);
  return found;
}

function isInFlight(protocol: ReadonlyProtocol, from: RaftNode, to: RaftNode): Enabled {
  if (from === to) return 'there is no such link';
  return protocol.connections.get(from, to).phase !== 'idle' || 'nothing is in flight';
}

function mayStray(protocol: ReadonlyProtocol, from: RaftNode, to: RaftNode): Enabled {
  const { strays } = protocol;
  if (strays.length === strays.capacity) return 'no more messages may stray in this scope';
  return isInFlight(protocol, from, to);
}
