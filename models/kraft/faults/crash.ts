import type { AnyAction } from '../../../checker/model/model.ts';
import { anyInt, anyNode, anyOf } from '../../../checker/model/params.ts';
import type { KraftContext } from '../context.ts';
import { losesSnapshot, mayBeLeft, writeLog } from '../disk.ts';
import { logEndOffset, truncateTo } from '../log.ts';
import { isRunning } from '../messages.ts';
import type { NodeView, Protocol, RaftNode, ReadonlyProtocol } from '../schema.ts';
import { crashNode, startNode } from '../transitions.ts';

/**
 * crash: a node dies, and its machine with it.
 *
 * Who: the environment. Limited by `crashes`. Changes: memory is lost, and of the log what is not
 * flushed: it keeps any length from the flushed offset on. `sent` says what becomes of the messages
 * that it had just sent: a crash between a write and the message that follows it loses them.
 * Requests to it are lost with their connections.
 */
export function crash(context: KraftContext): AnyAction {
  const { max } = context.schema.protocol.fields.nodes.element.fields.recoveryPoint;
  return context.action({
    name: 'crash',
    kind: 'fault',
    actor: 'node',
    phrase: '{node} crashes; its log keeps offsets below {kept}; what it sent: {sent}',
    params: { node: anyNode(context.node), kept: anyInt(0, max), sent: anyOf('arrives', 'lost') },
    spends: 'crashes',
    weight: 0.1,
    enabled({ protocol }, { node, kept, sent }) {
      if (!isRunning(protocol, node)) return 'the node is stopped already';
      const view = protocol.nodes.get(node);
      if (!mayBeLeft(view, kept)) return 'these are flushed';
      if (kept > logEndOffset(view)) return 'the log has no such offset';
      if (sent === 'arrives') return true;
      const hasSent = context.node.all.some(other => hasSentTo(protocol, node, other));
      return hasSent || 'the node has nothing on its way';
    },
    step({ protocol, record }, { node, kept, sent }) {
      const view = protocol.nodes.get(node);
      crashNode({ context, protocol, record, node });
      truncateTo(context.rules, view, kept);
      // What was not flushed and is still there was written back in time.
      writeLog(view, logEndOffset(view));
      view.recoveryPoint = logEndOffset(view);
      loseUnflushedSnapshot(view);
      closeConnections(context, protocol, node, sent);
    },
  });
}

/** restart: a stopped node starts from what is on its disk. Never limited. */
export function restart(context: KraftContext): AnyAction {
  return context.action({
    name: 'restart',
    kind: 'recovery',
    actor: 'node',
    phrase: '{node} restarts',
    params: { node: anyNode(context.node) },
    weight: 2,
    // What must come about does not wait for somebody to restart a process.
    fair: false,
    enabled: ({ protocol }, { node }) => !isRunning(protocol, node) || 'the node runs',
    step: ({ protocol, record }, { node }) => startNode({ context, protocol, record, node }),
  });
}

function hasSentTo(protocol: ReadonlyProtocol, node: RaftNode, other: RaftNode): boolean {
  if (node === other) return false;
  const { connections } = protocol;
  return (
    connections.get(node, other).phase === 'request' ||
    connections.get(other, node).phase === 'response'
  );
}

/** Requests to a dead node are lost; so are its own messages, if they were not sent yet. */
export function closeConnections(
  context: KraftContext,
  { connections }: Protocol,
  node: RaftNode,
  sent: 'arrives' | 'lost',
): void {
  for (const other of context.node.all) {
    if (other === node) continue;
    const isHandled = connections.get(other, node).phase === 'response';
    if (!isHandled || sent === 'lost') connections.clear(other, node);
    if (sent === 'lost') connections.clear(node, other);
  }
}

/** A snapshot that was not flushed is an empty file now (KAFKA-15312). */
function loseUnflushedSnapshot(view: NodeView): void {
  if (!losesSnapshot(view)) return;
  const { snapshot } = view;
  snapshot.offset = 0;
  snapshot.lastEpoch = 0;
}
