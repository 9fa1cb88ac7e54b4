import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { KraftContext } from '../context.ts';
import { logEndOffset } from '../log.ts';
import type { ReadonlyNodeView } from '../schema.ts';

/**
 * applyRecord: the controller on a node applies the next committed entry. Only with
 * `slowListeners`; otherwise what is committed counts as applied.
 *
 * Source: KafkaRaftClient.ListenerContext, QuorumController.QuorumMetaLogListener.
 */
export function applyRecord(context: KraftContext): AnyAction {
  return context.action({
    name: 'applyRecord',
    kind: 'protocol',
    actor: 'node',
    phrase: '{node} applies the next committed metadata record',
    params: { node: anyNode(context.node) },
    enabled({ protocol }, { node }) {
      if (!context.config.slowListeners) return 'listeners are not modelled in this scope';
      const view = protocol.nodes.get(node);
      if (view.state.state === 'stopped') return 'the node is stopped';
      return view.appliedOffset < appliedEnd(context, view) || 'everything is applied';
    },
    step({ protocol }, { node }) {
      const view = protocol.nodes.get(node);
      // What a snapshot covers is loaded with it, as a whole.
      view.appliedOffset = Math.max(view.appliedOffset + 1, view.logStartOffset);
    },
  });
}

/**
 * becomeActive: the controller on a leader learns that it is the active one, once it has applied
 * everything up to the leader's epoch.
 *
 * Source: KafkaRaftClient.maybeFireLeaderChange; KAFKA-15345.
 */
export function becomeActive(context: KraftContext): AnyAction {
  return context.action({
    name: 'becomeActive',
    kind: 'protocol',
    actor: 'node',
    phrase: '{node} learns that it is the active controller',
    params: { node: anyNode(context.node) },
    enabled({ protocol }, { node }) {
      if (!context.config.slowListeners) return 'listeners are not modelled in this scope';
      const { state, active, appliedOffset, epochStartOffset } = protocol.nodes.get(node);
      if (state.state !== 'leader') return 'the node does not lead';
      if (active) return 'its controller is active already';
      const isWhole = context.rules.activeFrom(appliedOffset, epochStartOffset);
      return isWhole || 'the controller has not applied the log up to this epoch';
    },
    step({ protocol }, { node }) {
      protocol.nodes.get(node).active = true;
    },
  });
}

function appliedEnd({ rules }: KraftContext, view: ReadonlyNodeView): number {
  return rules.appliesOnlyCommitted ? view.highWatermark : logEndOffset(view);
}
