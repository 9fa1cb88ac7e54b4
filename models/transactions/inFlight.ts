import type { InFlight } from '../../checker/model/model.ts';
import { idOf, type TransactionsContext } from './context.ts';
import type { ReadonlyProtocol } from './schema.ts';

/** Requests that wait at the coordinator or at a leader, and those that come late. */
export function inFlight(context: TransactionsContext, protocol: ReadonlyProtocol): InFlight[] {
  return [...asked(context, protocol), ...sent(context, protocol), ...late(context, protocol)];
}

function asked(context: TransactionsContext, { producers }: ReadonlyProtocol): InFlight[] {
  const { producer: nodes } = context;
  return nodes.all
    .filter(each => producers.get(each).asking)
    .map(each => {
      const { state, pendingAdd, epoch } = producers.get(each);
      const isInit = state.state === 'initializing';
      const name = isInit ? 'InitProducerId' : pendingAdd ? 'AddPartitionsToTxn' : 'EndTxn';
      const content = isInit ? 'the next epoch' : `epoch ${epoch}`;
      return { name, from: nodes.nameOf(each), to: 'coordinator', content };
    });
}

function sent(context: TransactionsContext, protocol: ReadonlyProtocol): InFlight[] {
  const { producer: nodes, broker, partition: partitions } = context;
  return nodes.all.flatMap(producer =>
    partitions.all.flatMap((partition): InFlight[] => {
      const { batches, epoch } = protocol.producers.get(producer);
      const { phase, record, input } = batches.get(partition);
      if (phase === 'none' || phase === 'queued' || phase === 'again') return [];
      const to = broker.nameOf(protocol.partitions.get(partition).leader);
      const what = record === 0 ? `offset ${input}` : `record ${record}`;
      const content = `${what} to ${partitions.nameOf(partition)}, epoch ${epoch}`;
      return [{ name: 'produce', from: nodes.nameOf(producer), to, content }];
    }),
  );
}

function late(context: TransactionsContext, protocol: ReadonlyProtocol): InFlight[] {
  const { broker, partition: partitions, transactionalId, producer } = context;
  const leaderOf = (partition: Parameters<typeof partitions.nameOf>[0]): string =>
    broker.nameOf(protocol.partitions.get(partition).leader);
  const senderOf = (id: number): string => {
    const sender = producer.all.find(each => idOf(context, each) === id);
    return sender === undefined ? 'nobody' : producer.nameOf(sender);
  };
  const end = (commits: boolean): string => (commits ? 'commit' : 'abort');
  return [
    ...[...protocol.lateRequests].map(({ id, epoch, partition, record }) => ({
      name: 'produce',
      from: senderOf(id),
      to: leaderOf(partition),
      content: `record ${record} to ${partitions.nameOf(partition)}, epoch ${epoch}`,
    })),
    ...[...protocol.lateEnds].map(({ id, epoch, commits }) => ({
      name: 'EndTxn',
      from: senderOf(id),
      to: 'coordinator',
      content: `${end(commits)}, epoch ${epoch}`,
    })),
    ...[...protocol.lateMarkers].map(({ id, epoch, partition, coordinatorEpoch, commits }) => ({
      name: 'WriteTxnMarkers',
      from: 'coordinator',
      to: leaderOf(partition),
      content:
        `${end(commits)} of ${transactionalId.nameOf(id)} in ${partitions.nameOf(partition)}, ` +
        `epoch ${epoch}, coordinator epoch ${coordinatorEpoch}`,
    })),
  ];
}
