import type { EffectHandlers } from '../../checker/state/viewTypes.ts';
import type { ClientsStep } from './context.ts';
import { isOpen } from './numbering.ts';
import type { ProducerNode } from './schema.ts';

/** A step of a producer. */
export interface ProducerStep extends ClientsStep {
  readonly producer: ProducerNode;
}

/** What each effect of the lifecycle of a producer does. */
export const producerEffects: EffectHandlers<'forgetSequences' | 'abandonBatches', ProducerStep> = {
  /** The producer id and every number that goes with it (TransactionManager.resetProducerId). */
  forgetSequences({ context, protocol, producer }) {
    const view = protocol.producers.get(producer);
    view.producerId = 0;
    view.producerEpoch = 0;
    for (const partition of context.partition.all) {
      Object.assign(view.partitions.get(partition), {
        nextSequence: 0,
        lastAckedSequence: undefined,
        lastAckedOffset: undefined,
        producerId: 0,
        producerEpoch: 0,
        unresolvedBefore: undefined,
        gapAt: undefined,
      });
    }
  },
  /** The process is gone, with what it would have sent and been told. */
  abandonBatches({ context, protocol, producer }) {
    const view = protocol.producers.get(producer);
    for (const batch of view.batches) {
      if (isOpen(batch)) batch.state.send('abandon', {}, undefined);
    }
    for (const partition of context.partition.all) view.partitions.get(partition).queue.truncate(0);
    for (const broker of context.broker.all) view.connections.clear(broker);
  },
};
