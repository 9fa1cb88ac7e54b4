import type { EffectHandlers } from '../../checker/state/viewTypes.ts';
import type { ClientsContext } from './context.ts';
import type { ConsumerView, PositionView } from './schema.ts';

/** A consumer whose process ends. */
interface EndingConsumer {
  readonly context: ClientsContext;
  readonly consumer: ConsumerView;
}

/** The coordinator of the group has the position. */
export function commitNow(position: PositionView): void {
  position.committedOffset = position.offset;
  position.committedEpoch = position.epoch;
}

/** What each effect of the lifecycle of a consumer does. */
export const consumerEffects: EffectHandlers<'commitPositions' | 'loseMemory', EndingConsumer> = {
  /** With auto commit, whatever the application has done with it (ConsumerCoordinator.close). */
  commitPositions({ context, consumer }) {
    const { commit } = context.config;
    if (commit !== 'auto' && commit !== 'handedOver') return;
    for (const partition of context.partition.all) {
      const position = consumer.partitions.get(partition);
      if (position.state.state === 'fetching') commitNow(position);
    }
  },
  loseMemory({ context, consumer }) {
    consumer.commits.truncate(0);
    for (const partition of context.partition.all) {
      const position = consumer.partitions.get(partition);
      position.state.send('stop', {}, undefined);
      position.inHand.truncate(0);
      Object.assign(position, { offset: 0, epoch: undefined, leaderEpoch: 0, owesCommit: false });
    }
  },
};
