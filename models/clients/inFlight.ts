import type { InFlight } from '../../checker/model/model.ts';
import type { ClientsContext } from './context.ts';
import type { NumberedBatch } from './producerMemory.ts';
import type { ReadonlyProtocol, ReadonlyRequestView } from './schema.ts';

/** Every request and answer between producers and brokers, those requests that come late, and commits of consumers. */
export function inFlight(
  { producer: producers, broker: brokers, consumer: consumers, partition }: ClientsContext,
  { producers: views, consumers: readers, lateRequests }: ReadonlyProtocol,
): InFlight[] {
  const connected = producers.all.flatMap(producer =>
    brokers.all.flatMap(broker => {
      const { connections, batches } = views.get(producer);
      const [client, server] = [producers.nameOf(producer), brokers.nameOf(broker)];
      return [...connections.get(broker).requests].map((request): InFlight => {
        const { record } = batches.get(request.batch);
        const content = batchInWords({ ...numbersOf(request), record });
        return request.phase === 'answered'
          ? {
              name: 'produce answer',
              from: server,
              to: client,
              content: `${content}: ${request.result}`,
            }
          : { name: 'produce', from: client, to: server, content };
      });
    }),
  );
  const late = [...lateRequests].map((request): InFlight => {
    const { producer, broker, record } = request;
    const content = batchInWords({ ...numbersOf(request), record });
    return {
      name: 'produce',
      from: producers.nameOf(producer),
      to: brokers.nameOf(broker),
      content,
    };
  });
  const commits = consumers.all.flatMap(consumer =>
    [...readers.get(consumer).commits].map((commit): InFlight => {
      const content = `offset ${commit.offset} of ${partition.nameOf(commit.partition)}`;
      return { name: 'OffsetCommit', from: consumers.nameOf(consumer), to: 'coordinator', content };
    }),
  );
  return [...connected, ...late, ...commits];
}

function numbersOf({ producerId, producerEpoch, sequence }: NumberedBatch): NumberedBatch {
  return { producerId, producerEpoch, sequence };
}

function batchInWords({
  record,
  producerId,
  producerEpoch,
  sequence,
}: Pick<ReadonlyRequestView, 'producerId' | 'producerEpoch' | 'sequence'> & {
  readonly record: number;
}): string {
  if (sequence === undefined) return `record ${record}`;
  return `record ${record}, producer id ${producerId}, epoch ${producerEpoch}, sequence ${sequence}`;
}
