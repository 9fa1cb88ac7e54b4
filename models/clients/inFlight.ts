import type { InFlight } from '../../checker/model/model.ts';
import type { ClientsContext } from './context.ts';
import type { NumberedBatch } from './producerMemory.ts';
import type { ReadonlyProtocol, ReadonlyRequestView } from './schema.ts';

/** Every request and answer between producers and brokers, and those requests that come late. */
export function inFlight(
  { producer: producers, broker: brokers }: ClientsContext,
  { producers: views, lateRequests }: ReadonlyProtocol,
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
  return [...connected, ...late];
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
