import type { AnyAction } from '../../checker/model/model.ts';
import { entryAt, logEndOffset } from '../kraft/log.ts';
import type { EntryView } from '../kraft/schema.ts';
import { newestMetadataOffset } from '../replication/learning.ts';
import type { Command } from './command.ts';
import type { ClusterContext, ClusterStep } from './context.ts';
import { endBrokersOfStoppedNodes } from './process.ts';
import { furthestNode, refreshReach } from './reach.ts';
import type { CommandName, ReadonlyProtocol } from './schema.ts';

/** The commands by name. */
export type Commands = Readonly<Record<CommandName, Command>>;

/**
 * applyCommitted: the next committed entry of the metadata log takes effect.
 *
 * Who: the state machine on top of the quorum. Enabled: the highest high watermark covers an entry
 * that has not taken effect. Changes: the decision that the entry stands for is applied to the
 * partition, to what all the entries before it have made of it.
 *
 * The controller's memory is ahead of what is committed, and nobody sees it: what it computes for an
 * entry when it decides is what is computed here, when every entry before it has been applied. Each
 * entry is a step of its own, so that one step is one decision.
 *
 * Source: QuorumController.appendWriteEvent, QuorumMetaLogListener.handleCommit; KIP-631.
 */
export function applyCommitted(context: ClusterContext, commands: Commands): AnyAction {
  return context.action({
    name: 'applyCommitted',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'next committed decision takes effect',
    params: {},
    weight: 8,
    enabled: ({ protocol }) =>
      nextCommitted(context, protocol) !== undefined || 'all that is committed has been applied',
    step({ protocol, record }) {
      const step = { context, protocol, record };
      const entry = nextCommitted(context, protocol);
      if (entry === undefined) return;
      if (entry.kind === 'record') {
        const decision = protocol.decisions.get(entry.value - 1);
        commands[decision.command].apply(step, decision);
      }
      passEntry(step, entry);
      afterQuorumStep(step);
    },
  });
}

/** The next entry that is committed and has not taken effect. */
function nextCommitted(
  { hosts }: ClusterContext,
  protocol: ReadonlyProtocol,
): EntryView | undefined {
  const { quorum, appliedOffset } = protocol;
  const view = quorum.nodes.get(furthestNode(hosts, protocol));
  if (view.highWatermark <= appliedOffset) return undefined;
  // Only with a defect an entry is committed that nobody has.
  const isThere = appliedOffset >= view.logStartOffset && appliedOffset < logEndOffset(view);
  return isThere ? entryAt(view, appliedOffset) : undefined;
}

function passEntry({ protocol, record }: ClusterStep, { epoch, value }: EntryView): void {
  record.applied(epoch, value);
  protocol.metadataOffsetAt.push(newestMetadataOffset(protocol.partition));
  protocol.appliedOffset++;
}

/** What follows from a step of the quorum, or of a machine, at once. */
export function afterQuorumStep(step: ClusterStep): void {
  const { context, protocol } = step;
  endBrokersOfStoppedNodes(step);
  let entry = nextCommitted(context, protocol);
  // The quorum's own records mean nothing to the partition.
  while (entry !== undefined && entry.kind !== 'record') {
    passEntry(step, entry);
    entry = nextCommitted(context, protocol);
  }
  refreshReach(context, protocol);
}
