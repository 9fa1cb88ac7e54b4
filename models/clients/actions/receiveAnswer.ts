import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { requestsOf } from '../connections.ts';
import type { ClientsContext } from '../context.ts';
import { learnOutcome } from '../outcome.ts';
import type { PartitionId, ProducerNode, Protocol } from '../schema.ts';

/**
 * receiveAnswer: a producer receives the answer to its oldest request on a connection.
 *
 * Who: the sender thread. Changes: what the batch of the request came to, for the application and for the numbering.
 * Since 3.7 the answer that a broker does not lead says who does: the leader of now, since one that led in between
 * would say so again.
 *
 * Source: Sender.handleProduceResponse, Sender.completeBatch; KIP-951.
 */
export function receiveAnswer(context: ClientsContext): AnyAction {
  return context.action({
    name: 'receiveAnswer',
    kind: 'protocol',
    actor: 'producer',
    phrase: '{producer} receives the answer of {broker}',
    params: { producer: anyNode(context.producer), broker: anyNode(context.broker) },
    enabled({ protocol }, end) {
      const requests = requestsOf(protocol, end);
      if (requests.length === 0) return 'there is no request';
      return requests.get(0).phase === 'answered' || 'the request is not answered';
    },
    step({ protocol, record }, { producer, broker }) {
      const view = protocol.producers.get(producer);
      const { requests } = view.connections.get(broker);
      const { batch, result, offset } = requests.get(0);
      requests.removeFirst(1);
      learnOutcome({ context, protocol, record, producer }, batch, { result, offset });
      if (result !== 'notLeader' || !context.rules.answersNameLeader) return;
      learnLeader(protocol, producer, view.batches.get(batch).partition);
    },
  });
}

/**
 * refreshMetadata: a producer learns who leads a partition.
 *
 * Who: the producer, from any broker. Enabled: its metadata is stale. It may come as late as it likes.
 *
 * Source: Metadata.requestUpdate, NetworkClient.DefaultMetadataUpdater.
 */
export function refreshMetadata(context: ClientsContext): AnyAction {
  return context.action({
    name: 'refreshMetadata',
    kind: 'protocol',
    actor: 'producer',
    phrase: '{producer} learns who leads {partition}',
    params: { producer: anyNode(context.producer), partition: anyNode(context.partition) },
    enabled({ protocol }, { producer, partition }) {
      const { leader } = protocol.producers.get(producer).partitions.get(partition);
      return leader !== protocol.partitions.get(partition).leader || 'its metadata is fresh';
    },
    step: ({ protocol }, { producer, partition }) => learnLeader(protocol, producer, partition),
  });
}

function learnLeader(protocol: Protocol, producer: ProducerNode, partition: PartitionId): void {
  const { leader } = protocol.partitions.get(partition);
  protocol.producers.get(producer).partitions.get(partition).leader = leader;
}
