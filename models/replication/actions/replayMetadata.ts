import type { AnyAction } from '../../../checker/model/model.ts';
import { anyInt, anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { controllerPartitionEpoch, isUp } from '../metadata.ts';
import { controllerConnected } from '../network.ts';
import { replayMetadataUpTo } from '../replica.ts';
import { limitsOf } from '../schema.ts';

/**
 * replayMetadata: a broker replays the next record of the metadata log.
 *
 * Who: the broker. Enabled: its process is up, it can reach the controllers, and there is a record
 * that it has not replayed. Changes: its view moves to that record, and its replica acts on it.
 *
 * With `actsOnEveryMetadataRecord` off, a broker that lags may also pass over records and act only
 * on the last of them, as MetadataLoader does when it publishes several batches at once.
 *
 * Left out: the metadata quorum itself. The controller is one reliable decision maker here.
 *
 * Source: BrokerMetadataPublisher, MetadataLoader; KIP-631.
 */
export function replayMetadata(context: ReplicationContext): AnyAction {
  const { partitionEpoch } = limitsOf(context.config, context.bounds);
  const mostRecords = context.rules.actsOnEveryMetadataRecord ? 1 : Math.max(1, partitionEpoch);
  return context.action({
    name: 'replayMetadata',
    kind: 'protocol',
    actor: 'broker',
    params: { broker: anyNode(context.broker), records: anyInt(1, mostRecords) },
    weight: 2,
    enabled({ protocol }, { broker, records }) {
      if (!isUp(protocol, broker)) return 'the broker is down';
      const { metadataOffset } = protocol.brokers.get(broker);
      if (metadataOffset + records > controllerPartitionEpoch(protocol)) {
        return 'there are not so many records to replay';
      }
      if (!controllerConnected(protocol, broker))
        return 'the broker is cut off from the controller';
      return true;
    },
    step({ protocol, record }, { broker, records }) {
      const { metadataOffset } = protocol.brokers.get(broker);
      replayMetadataUpTo(context, protocol, record, broker, metadataOffset + records);
    },
  });
}
