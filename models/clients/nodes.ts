import { nodeType } from '../../checker/state/nodeType.ts';
import type { ClientsConfig } from './config.ts';
import type { ClientsNodes } from './schema.ts';

/**
 * The nodes of a configuration. Producers are told apart by the order in which they send, so that taking one for
 * another would merge nothing.
 */
export function nodesOf({ brokers, partitions, producers }: ClientsConfig): ClientsNodes {
  return {
    broker: nodeType('broker', brokers),
    partition: nodeType('partition', partitions),
    producer: nodeType('producer', producers, { interchangeable: false }),
    // There is one, which never starts where the configuration has none.
    consumer: nodeType('consumer', 1, { interchangeable: false }),
  };
}
