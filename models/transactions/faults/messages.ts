import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { markerFor, mayMark } from '../actions/complete.ts';
import { isUnknown, mayAskForEnd, requestOf } from '../actions/endTransaction.ts';
import { leaveLate, mayStayBehind } from '../actions/handleProduce.ts';
import { failProducer } from '../answers.ts';
import type { TransactionsContext } from '../context.ts';

/**
 * loseAnswer: an answer of the coordinator does not arrive.
 *
 * Who: the network, or a time-out (`request.timeout.ms`). Limited by `disconnects`. Changes: the producer asks again,
 * whatever the coordinator has done.
 *
 * Source: TransactionManager.TxnRequestHandler.onComplete (wasDisconnected).
 */
export function loseAnswer(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'loseAnswer',
    kind: 'fault',
    actor: 'network',
    phrase: 'what the coordinator answers {producer} is lost',
    params: { producer: anyNode(context.producer) },
    spends: 'disconnects',
    weight: 0.2,
    enabled: ({ protocol }, { producer }) =>
      protocol.producers.get(producer).asking || 'it awaits no answer',
    step({ protocol }, { producer }) {
      protocol.producers.get(producer).asking = false;
    },
  });
}

/**
 * loseAcknowledgement: the answer to a batch does not arrive, and the batch is sent again.
 *
 * Who: the network, or a time-out. Limited by `disconnects`.
 *
 * Source: Sender.handleProduceResponse (NETWORK_EXCEPTION), Sender.reenqueueBatch.
 */
export function loseAcknowledgement(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'loseAcknowledgement',
    kind: 'fault',
    actor: 'network',
    phrase: 'the answer to the batch of {producer} for {partition} is lost',
    params: { producer: anyNode(context.producer), partition: anyNode(context.partition) },
    spends: 'disconnects',
    weight: 0.2,
    enabled: ({ protocol }, { producer, partition }) =>
      protocol.producers.get(producer).batches.get(partition).phase === 'appended' ||
      'no answer is due',
    step({ protocol }, { producer, partition }) {
      protocol.producers.get(producer).batches.get(partition).phase = 'again';
    },
  });
}

/**
 * leaveRequest: a producer gives up waiting for the answer to a batch, of which the request may still arrive.
 *
 * Who: the network. Limited by `lateRequests`. Changes: the batch is sent again, or given up (`expire`).
 *
 * Source: NetworkClient.handleTimedOutRequests; KIP-890.
 */
export function leaveRequest(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'leaveRequest',
    kind: 'fault',
    actor: 'network',
    phrase: '{producer} gives up waiting for its request to {partition}, which may still arrive',
    params: { producer: anyNode(context.producer), partition: anyNode(context.partition) },
    spends: 'lateRequests',
    weight: 0.2,
    enabled: ({ protocol }, { producer, partition }) =>
      mayStayBehind(context, protocol, producer, partition),
    step: ({ protocol }, { producer, partition }) =>
      leaveLate(context, protocol, producer, partition),
  });
}

/**
 * leaveEnd: a producer gives up waiting for the end of its transaction, and asks again; the first request may still
 * arrive.
 *
 * Who: the network. Limited by `lateEnds`.
 *
 * Source: KAFKA-17754.
 */
export function leaveEnd(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'leaveEnd',
    kind: 'fault',
    actor: 'network',
    phrase:
      '{producer} gives up waiting for its request to end the transaction, which may still arrive',
    params: { producer: anyNode(context.producer) },
    spends: 'lateEnds',
    weight: 0.2,
    enabled({ protocol }, { producer }): Enabled {
      const may = mayAskForEnd(context, protocol, producer);
      if (may !== true) return may;
      return !isUnknown(context, protocol.producers.get(producer)) || 'it does not ask';
    },
    step({ protocol }, { producer }) {
      protocol.lateEnds.push(requestOf(context, protocol, producer));
    },
  });
}

/**
 * leaveMarker: the coordinator gives up waiting for a marker to be written, and asks again; the first request may still
 * arrive, also when another coordinates.
 *
 * Who: the network. Limited by `lateMarkers`.
 *
 * Source: InterBrokerSendThread, TransactionMarkerRequestCompletionHandler (wasDisconnected); KAFKA-19446.
 */
export function leaveMarker(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'leaveMarker',
    kind: 'fault',
    actor: 'network',
    phrase:
      'the coordinator gives up waiting for the marker of {id} in {partition}, which may still arrive',
    params: { partition: anyNode(context.partition), id: anyNode(context.transactionalId) },
    spends: 'lateMarkers',
    weight: 0.2,
    enabled: ({ protocol }, { id, partition }) => mayMark(context, protocol, id, partition),
    step({ protocol }, { id, partition }) {
      protocol.lateMarkers.push(markerFor(protocol, id, partition));
    },
  });
}

/**
 * expire: a producer gives a batch up whose outcome is not known (`delivery.timeout.ms`).
 *
 * Who: the producer. Limited by `expiries`. Changes: the application has to abort; the producer asks for its next epoch
 * then. Before 2.5 it can do nothing more.
 *
 * Source: Sender.failExpiredBatches, TransactionManager.maybeResolveSequences; KIP-360.
 */
export function expire(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'expire',
    kind: 'fault',
    actor: 'producer',
    phrase: '{producer} gives up its batch for {partition}',
    params: { producer: anyNode(context.producer), partition: anyNode(context.partition) },
    spends: 'expiries',
    weight: 0.2,
    enabled({ protocol }, { producer, partition }) {
      if (!context.config.transactions) return 'what fails is sent again';
      const { batches, state } = protocol.producers.get(producer);
      // The application is not told of the one when the other has failed.
      if (state.state !== 'inTransaction' && state.state !== 'abortableError')
        return 'it ends already';
      const { phase } = batches.get(partition);
      return (
        phase === 'again' || phase === 'appended' || 'its outcome is to come, or nothing was sent'
      );
    },
    step({ protocol, record }, { producer, partition }) {
      protocol.producers.get(producer).batches.clear(partition);
      const failure = context.rules.recoversByBump ? 'abortable' : 'fatal';
      failProducer({ context, protocol, record }, producer, failure);
    },
  });
}
