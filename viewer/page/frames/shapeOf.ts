import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { Place } from './place.ts';

/** What the state of a trace looks like. */
export type Shape = 'replication' | 'kraft' | 'cluster' | 'zookeeper' | 'transactions' | 'generic';

/**
 * Which view fits the state of a trace. The state itself decides and not the name of the model: an
 * extension may have called it something else, and a trace may claim any name.
 */
export function shapeOf({ initial }: TraceFile): Shape {
  const protocol = new Place(initial.state).at('protocol');
  const isCluster = isQuorum(protocol.at('quorum')) && isReplication(protocol.at('partition'));
  if (isCluster) return 'cluster';
  if (isQuorum(protocol)) return 'kraft';
  if (isOfZooKeeper(protocol)) return 'zookeeper';
  if (isOfTransactions(protocol)) return 'transactions';
  return isReplication(protocol) ? 'replication' : 'generic';
}

function isQuorum(protocol: Place): boolean {
  const nodes = protocol.at('nodes').entries;
  return (
    nodes.length > 0 &&
    protocol.at('connections').isRecord &&
    nodes.every(
      ([, node]) =>
        node.at('state').text !== undefined &&
        node.at('epoch').number !== undefined &&
        node.at('log').isList,
    )
  );
}

function isReplication(protocol: Place): boolean {
  const brokers = protocol.at('brokers').entries;
  return (
    brokers.length > 0 &&
    protocol.at('metadata', 'history').list.length > 0 &&
    brokers.every(
      ([, broker]) =>
        broker.at('process').text !== undefined && broker.at('metadataOffset').number !== undefined,
    ) &&
    protocol.at('partitions').keys.length > 0 &&
    protocol
      .at('partitions')
      .entries.every(([, partition]) =>
        brokers.every(
          ([name]) =>
            partition.at('replicas', name, 'role').text !== undefined &&
            partition.at('replicas', name, 'log').isList,
        ),
      )
  );
}

function isOfZooKeeper(protocol: Place): boolean {
  const isKnown = protocol
    .at('partition', 'brokers')
    .keys.every(name =>
      ['sessions', 'controllers', 'heard'].every(each => protocol.at(each, name).isRecord),
    );
  return isKnown && protocol.at('zooKeeper').isRecord && isReplication(protocol.at('partition'));
}

function isOfTransactions(protocol: Place): boolean {
  const producers = protocol.at('producers').entries;
  return (
    protocol.at('coordinator', 'ids').isRecord &&
    protocol.at('coordinator', 'log').isList &&
    producers.length > 0 &&
    producers.every(([, producer]) => producer.at('batches').isRecord) &&
    protocol.at('partitions').entries.every(([, partition]) => partition.at('log').isList)
  );
}
