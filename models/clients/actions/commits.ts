import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { commitNow } from '../consumerEffects.ts';
import type { ClientsContext } from '../context.ts';
import type { ReadonlyPositionView } from '../schema.ts';

/**
 * commitOffsets: a consumer commits its position: what polls have returned before.
 *
 * Who: the application, or the consumer at the beginning of a poll (`enable.auto.commit`), which the application makes
 * when it has processed what it had in hand; where other threads process, whenever it likes. Changes: commitSync is
 * stored when it returns; everything else is on its way.
 *
 * Left out: a commitSync that fails, of which the application does not know the outcome.
 *
 * Source: ConsumerCoordinator.maybeAutoCommitOffsetsAsync, commitOffsetsSync, commitOffsetsAsync.
 */
export function commitOffsets(context: ClientsContext): AnyAction {
  const { commit } = context.config;
  return context.action({
    name: 'commitOffsets',
    kind: 'protocol',
    actor: 'consumer',
    phrase: '{consumer} commits its position in {partition}',
    params: { consumer: anyNode(context.consumer), partition: anyNode(context.partition) },
    enabled({ protocol }, { consumer, partition }) {
      const view = protocol.consumers.get(consumer);
      const position = view.partitions.get(partition);
      if (position.state.state !== 'fetching') return 'it has no position';
      if (view.commits.length === view.commits.capacity) return 'other commits are on their way';
      return mayCommit(context, position);
    },
    step({ protocol }, { consumer, partition }) {
      const view = protocol.consumers.get(consumer);
      const position = view.partitions.get(partition);
      position.owesCommit = false;
      const { offset, epoch } = position;
      if (commit === 'before' || commit === 'after') commitNow(position);
      else view.commits.push({ partition, offset, epoch });
    },
  });
}

function mayCommit({ config, rules }: ClientsContext, position: ReadonlyPositionView): Enabled {
  const { owesCommit, inHand, offset, committedOffset } = position;
  const isProcessed = inHand.length === 0 || 'the application has records in hand';
  switch (config.commit) {
    case 'auto':
      if (offset === committedOffset) return 'it is committed';
      return rules.autoCommitsProcessed ? isProcessed : true;
    case 'handedOver':
      return offset !== committedOffset || 'it is committed';
    case 'before':
      return owesCommit || 'there is nothing new to commit';
    default:
      return owesCommit ? isProcessed : 'there is nothing new to commit';
  }
}

/** handleCommit: the coordinator of the group stores the oldest commit that is on its way. */
export function handleCommit(context: ClientsContext): AnyAction {
  return context.action({
    name: 'handleCommit',
    kind: 'protocol',
    actor: 'coordinator',
    phrase: 'coordinator stores what {consumer} commits',
    params: { consumer: anyNode(context.consumer) },
    enabled: ({ protocol }, { consumer }) =>
      protocol.consumers.get(consumer).commits.length > 0 || 'nothing is on its way',
    step({ protocol }, { consumer }) {
      const { commits, partitions } = protocol.consumers.get(consumer);
      const { partition, offset, epoch } = commits.get(0);
      const position = partitions.get(partition);
      position.committedOffset = offset;
      position.committedEpoch = epoch;
      commits.removeFirst(1);
    },
  });
}
