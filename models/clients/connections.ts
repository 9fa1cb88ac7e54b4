import type { ReadonlyListView } from '../../checker/state/viewTypes.ts';
import type { ClientsContext, ClientsStep } from './context.ts';
import type {
  Broker,
  PartitionId,
  Protocol,
  ReadonlyProducerView,
  ReadonlyProtocol,
  ReadonlyRequestView,
  RequestView,
  Result,
} from './schema.ts';

/*
 * A connection is a queue: requests are handled in their order, one after the other, and answered in that order.
 * While one waits for replication the next is not looked at (SocketServer mutes the channel), so that what is in
 * front is answered, then at most one waits, and what is behind was only sent.
 */

type Requests = ReadonlyListView<ReadonlyRequestView>;

/** The place of the request that the broker handles next; undefined if there is none, or one before it waits. */
export function nextToHandle(requests: Requests): number | undefined {
  for (let index = 0; index < requests.length; index++) {
    const { phase } = requests.get(index);
    if (phase === 'waiting') return undefined;
    if (phase === 'sent') return index;
  }
  return undefined;
}

/** The place of the request that waits for replication, if one does. */
export function waiting(requests: Requests): number | undefined {
  for (let index = 0; index < requests.length; index++) {
    if (requests.get(index).phase === 'waiting') return index;
  }
  return undefined;
}

/** The requests between a producer and a broker. */
export function requestsOf(
  protocol: ReadonlyProtocol,
  { producer, broker }: { readonly producer: ClientsEnd['producer']; readonly broker: Broker },
): Requests {
  return protocol.producers.get(producer).connections.get(broker).requests;
}

/** The two ends of a connection. */
export interface ClientsEnd {
  readonly producer: Parameters<ReadonlyProtocol['producers']['get']>[0];
  readonly broker: Broker;
}

/** The partition that a request is for. */
export function partitionOf(
  producer: ReadonlyProducerView,
  { batch }: Pick<ReadonlyRequestView, 'batch'>,
): PartitionId {
  return producer.batches.get(batch).partition;
}

/** Whether a batch of the partition is out, whatever became of the batch meanwhile. */
export function isOut(
  { broker: brokers }: ClientsContext,
  producer: ReadonlyProducerView,
  partition: PartitionId,
): boolean {
  return brokers.all.some(broker => {
    for (const request of producer.connections.get(broker).requests) {
      if (partitionOf(producer, request) === partition) return true;
    }
    return false;
  });
}

/** The broker answers a request. */
export function answer(request: RequestView, result: Result): void {
  request.phase = 'answered';
  request.result = result;
}

/** Answers every request for a partition that waits at a broker, where the test says so. */
export function answerWaiting(
  { context, protocol }: Pick<ClientsStep, 'context' | 'protocol'>,
  partition: PartitionId,
  answerTo: (request: RequestView, broker: Broker) => Result | undefined,
): void {
  for (const producer of context.producer.all) {
    const view = protocol.producers.get(producer);
    for (const broker of context.broker.all) {
      const { requests } = view.connections.get(broker);
      const index = waiting(requests);
      if (index === undefined) continue;
      const request = requests.get(index);
      if (partitionOf(view, request) !== partition) continue;
      const result = answerTo(request, broker);
      if (result !== undefined) answer(request, result);
    }
  }
}

/** What was sent over a connection and not handled goes on to be handled later, if the broker is to handle it. */
export function leaveLate(protocol: Protocol, { producer, broker }: ClientsEnd): void {
  const view = protocol.producers.get(producer);
  for (const request of view.connections.get(broker).requests) {
    if (request.phase !== 'sent') continue;
    const { producerId, producerEpoch, sequence, batch } = request;
    const { partition, record } = view.batches.get(batch);
    const numbers = { producerId, producerEpoch, sequence };
    protocol.lateRequests.push({ producer, broker, partition, record, ...numbers });
  }
}
