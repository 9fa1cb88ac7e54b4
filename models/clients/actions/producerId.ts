import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ClientsContext } from '../context.ts';
import { mayBump, startAtBeginning } from '../numbering.ts';
import { producerEffects } from '../producerEffects.ts';
import type { ProducerNode, ReadonlyProtocol } from '../schema.ts';

/**
 * obtainProducerId: a broker gives a producer an id that no other has had.
 *
 * Who: the producer. Enabled: it is idempotent and has none. Changes: it has a new id, in epoch 0.
 *
 * Left out: InitProducerId and its answer as messages: until it arrives nothing is sent, and an id that got lost is
 * one that nobody uses.
 *
 * Source: TransactionManager.bumpIdempotentEpochAndResetIdIfNeeded, ProducerIdManager.
 */
export function obtainProducerId(context: ClientsContext): AnyAction {
  const lacks = (protocol: ReadonlyProtocol, producer: ProducerNode): boolean =>
    protocol.producers.get(producer).state.state === 'uninitialized';
  const hasLeft = ({ producerIds }: ReadonlyProtocol): boolean =>
    producerIds < context.limits.producerId;
  return context.action({
    name: 'obtainProducerId',
    kind: 'protocol',
    actor: 'producer',
    phrase: '{producer} gets a producer id',
    params: { producer: anyNode(context.producer) },
    enabled({ protocol }, { producer }) {
      if (!lacks(protocol, producer)) return 'it has one, or needs none';
      return hasLeft(protocol) || 'no more producer ids are given out in this scope';
    },
    heldBack: ({ protocol }, { producer }) => lacks(protocol, producer) && !hasLeft(protocol),
    step({ protocol, record }, { producer }) {
      const view = protocol.producers.get(producer);
      protocol.producerIds += 1;
      view.producerId = protocol.producerIds;
      view.producerEpoch = 0;
      view.state.send('obtainId', producerEffects, { context, protocol, record, producer });
    },
  });
}

/**
 * bumpEpoch: a producer goes on to its next epoch by itself, because of a gap in its numbers.
 *
 * Who: the sender thread, before it sends anything else. Enabled: a partition asked for it. Changes: batches of that
 * partition which have no outcome are numbered anew from 0. Other partitions go over to the epoch once all of their
 * batches have an outcome.
 *
 * Left out: the largest epoch, behind which a new producer id is asked for.
 *
 * Source: TransactionManager.bumpIdempotentProducerEpoch; KIP-360.
 */
export function bumpEpoch(context: ClientsContext): AnyAction {
  const wants = (protocol: ReadonlyProtocol, producer: ProducerNode): boolean => {
    const view = protocol.producers.get(producer);
    return context.partition.all.some(partition => mayBump(context, view, partition));
  };
  const mayGoOn = (protocol: ReadonlyProtocol, producer: ProducerNode): boolean =>
    protocol.producers.get(producer).producerEpoch < context.limits.producerEpoch;
  return context.action({
    name: 'bumpEpoch',
    kind: 'protocol',
    actor: 'producer',
    phrase: '{producer} goes on to its next epoch',
    params: { producer: anyNode(context.producer) },
    enabled({ protocol }, { producer }) {
      if (!wants(protocol, producer)) return 'there is no gap in its numbers';
      return mayGoOn(protocol, producer) || 'there are no more epochs in this scope';
    },
    heldBack: ({ protocol }, { producer }) =>
      wants(protocol, producer) && !mayGoOn(protocol, producer),
    step({ protocol }, { producer }) {
      const view = protocol.producers.get(producer);
      view.producerEpoch += 1;
      for (const partition of context.partition.all) {
        const numbering = view.partitions.get(partition);
        const isAsked = mayBump(context, view, partition) || context.rules.renumbers === 'all';
        if (!isAsked) continue;
        numbering.gapAt = undefined;
        numbering.unresolvedBefore = undefined;
        startAtBeginning(context, view, partition);
      }
    },
  });
}
