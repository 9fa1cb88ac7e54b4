import type { AnyAction } from '../../../checker/model/model.ts';
import { anyInt, anyNode } from '../../../checker/model/params.ts';
import { answer, nextToHandle, partitionOf, requestsOf } from '../connections.ts';
import type { ClientsContext } from '../context.ts';
import { judgeBatch, type NumberedBatch } from '../producerMemory.ts';
import type { Broker, PartitionId, Protocol, RequestView } from '../schema.ts';

/**
 * handleProduce: a broker handles the next request of a connection.
 *
 * Who: the broker. Enabled: nothing of the connection waits for replication. Changes: who does not lead answers so;
 * the leader appends the batch, finds that it has it, or refuses it. With acks=all the request waits until what it
 * appended is committed.
 *
 * Left out: min.insync.replicas (see `refuse` and `timeOut`), several batches in a request.
 *
 * Source: KafkaApis.handleProduceRequest, ReplicaManager.appendRecords, UnifiedLog.append.
 */
export function handleProduce(context: ClientsContext): AnyAction {
  return context.action({
    name: 'handleProduce',
    kind: 'protocol',
    actor: 'broker',
    phrase: '{broker} handles the next request of {producer}',
    params: { producer: anyNode(context.producer), broker: anyNode(context.broker) },
    enabled({ protocol }, end) {
      return nextToHandle(requestsOf(protocol, end)) !== undefined || 'there is nothing to handle';
    },
    step({ protocol }, { producer, broker }) {
      const view = protocol.producers.get(producer);
      const { requests } = view.connections.get(broker);
      const request = requests.get(nextToHandle(requests) ?? 0);
      const partition = partitionOf(view, request);
      const { record } = view.batches.get(request.batch);
      const { producerId, producerEpoch, sequence } = request;
      const batch = { producerId, producerEpoch, sequence, record };
      if (context.config.acks !== '0')
        handle(context, protocol, request, { broker, partition, batch });
      else {
        appendLate(context, protocol, { broker, partition, batch });
        requests.removeFirst(1);
      }
    },
  });
}

/**
 * handleLateRequest: a broker handles what was sent over a connection that is lost; nobody waits for the answer.
 *
 * Who: the broker. Enabled: no earlier request of the connection is left. It need not ever happen.
 *
 * Source: a request that the broker has read, or has in the buffer of its socket, when the client gives up.
 */
export function handleLateRequest(context: ClientsContext): AnyAction {
  const { capacity } = context.schema.protocol.fields.lateRequests;
  return context.action({
    name: 'handleLateRequest',
    kind: 'protocol',
    actor: 'network',
    phrase: 'late request {late} arrives',
    params: { late: anyInt(0, capacity - 1) },
    weight: 0.2,
    fair: false,
    enabled({ protocol }, { late }) {
      const { lateRequests } = protocol;
      if (late >= lateRequests.length) return 'there is no such request';
      const { producer, broker } = lateRequests.get(late);
      for (let earlier = 0; earlier < late; earlier++) {
        const other = lateRequests.get(earlier);
        if (other.producer === producer && other.broker === broker)
          return 'an earlier one comes first';
      }
      return true;
    },
    step({ protocol }, { late }) {
      const { lateRequests } = protocol;
      const all = [...lateRequests].map(({ producer, broker, partition, ...rest }) => {
        const { record, producerId, producerEpoch, sequence } = rest;
        return { producer, broker, partition, record, producerId, producerEpoch, sequence };
      });
      lateRequests.truncate(0);
      for (const each of all.filter((_, index) => index !== late)) lateRequests.push(each);
      const [taken] = all.slice(late);
      if (taken === undefined) return;
      const { broker, partition, ...batch } = taken;
      appendLate(context, protocol, { broker, partition, batch });
    },
  });
}

/** A batch in the hands of a broker. */
interface Handled {
  readonly broker: Broker;
  readonly partition: PartitionId;
  readonly batch: NumberedBatch & { readonly record: number };
}

function handle(
  context: ClientsContext,
  protocol: Protocol,
  request: RequestView,
  { broker, partition, batch }: Handled,
): void {
  const { rules, config } = context;
  const view = protocol.partitions.get(partition);
  if (view.leader !== broker) {
    answer(request, 'notLeader');
    return;
  }
  const judgement = judgeBatch(context, view, batch);
  if (judgement.kind === 'refuse') {
    answer(request, judgement.result);
    return;
  }
  const isDuplicate = judgement.kind === 'duplicate';
  request.offset = isDuplicate ? judgement.offset : view.log.length;
  request.leaderEpoch = view.leaderEpoch;
  if (!isDuplicate) append(protocol, partition, batch);
  const waits = isDuplicate ? rules.answersCommittedDuplicates : rules.answersCommitted;
  const isCommitted = request.offset < view.highWatermark;
  if (config.acks === 'all' && waits && !isCommitted) request.phase = 'waiting';
  else answer(request, 'success');
}

/** Of a request that nobody waits for only what it appends is left. */
function appendLate(context: ClientsContext, protocol: Protocol, handled: Handled): void {
  const { broker, partition, batch } = handled;
  const view = protocol.partitions.get(partition);
  if (view.leader !== broker || judgeBatch(context, view, batch).kind !== 'append') return;
  append(protocol, partition, batch);
}

function append(protocol: Protocol, partition: PartitionId, batch: Handled['batch']): void {
  const { log, leaderEpoch } = protocol.partitions.get(partition);
  const { record, producerId, producerEpoch, sequence } = batch;
  log.push({ leaderEpoch, record, producerId, producerEpoch, sequence });
}
