import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyInt, anyNode, type IntDomain } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { newestMetadataOffset } from '../learning.ts';
import { isResponsive } from '../metadata.ts';
import { fetchesMetadata } from '../network.ts';
import { replayMetadataUpTo } from '../replay.ts';
import type { Broker, ReadonlyProtocol } from '../schema.ts';

/**
 * replayMetadata: a broker replays the next record of the metadata log.
 *
 * Who: the broker. Enabled: its process is up, it can reach the controllers, and there is a record
 * that it has not replayed, and the configuration of what it has replayed is applied (one thread does
 * both). Changes: its view moves to that record, and its replica acts on it.
 *
 * In KRaft it may replay several records at once, and acts only on the last of them. A defect goes
 * further: a broker goes back to an older record.
 *
 * Left out: the metadata quorum itself. The controller is one reliable decision maker here.
 *
 * Source: BrokerMetadataPublisher, MetadataLoader; KIP-631.
 */
export function replayMetadata(context: ReplicationContext): AnyAction {
  const atOnce = recordsAtOnce(context);
  const isOneByOne = atOnce.min === atOnce.max;
  return context.action({
    name: 'replayMetadata',
    kind: 'protocol',
    actor: 'broker',
    phrase: isOneByOne
      ? '{broker} replays the next metadata record'
      : '{broker} replays metadata records: {records}',
    params: { broker: anyNode(context.broker), records: atOnce },
    weight: 2,
    enabled({ protocol }, { broker, records }) {
      const may = mayReplay(context, protocol, broker, records);
      if (may !== true) return may;
      return fetchesMetadata(protocol, broker) || 'the broker is cut off from the controller';
    },
    step({ protocol, record }, { broker, records }) {
      const { metadataOffset } = protocol.brokers.get(broker);
      replayMetadataUpTo({ context, protocol, record }, broker, metadataOffset + records);
    },
  });
}

/**
 * applyConfiguration: a broker applies the configuration that came with the metadata it has replayed.
 *
 * Who: the broker. Enabled: its process is up, and a record that it has replayed changed the topic's
 * configuration. Changes: the setting counts. The high watermark, which may be due by it, moves when it is
 * looked at next: at a fetch, an append or another ISR.
 *
 * Source: BrokerMetadataPublisher.onMetadataUpdate, DynamicConfigPublisher, TopicConfigHandler.
 */
export function applyConfiguration(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'applyConfiguration',
    kind: 'protocol',
    actor: 'broker',
    phrase: '{broker} applies the configuration that it has replayed',
    params: { broker: anyNode(context.broker) },
    weight: 2,
    enabled({ protocol }, { broker }) {
      if (!isResponsive(protocol, broker)) return 'the broker is down';
      return !context.learning.hasConfiguration(protocol, broker) || 'it is applied';
    },
    step({ protocol }, { broker }) {
      context.learning.applyConfiguration(protocol, broker);
    },
  });
}

/** Whether there are so many records to replay, and a broker to do it. */
export function mayReplay(
  { learning }: ReplicationContext,
  protocol: ReadonlyProtocol,
  broker: Broker,
  records: number,
): Enabled {
  if (!isResponsive(protocol, broker)) return 'the broker is down';
  if (!learning.hasConfiguration(protocol, broker)) return 'its configuration is not applied yet';
  const target = protocol.brokers.get(broker).metadataOffset + records;
  if (records === 0 || target < protocol.metadata.firstOffset) return 'there is no such record';
  const newest = newestMetadataOffset(protocol);
  return target <= newest || 'there are not so many records to replay';
}

/** How many records a broker may replay in one step; backwards only with a defect. */
export function recordsAtOnce({ rules, limits }: ReplicationContext): IntDomain {
  const { metadataOffset } = limits;
  const most = rules.actsOnEveryMetadataRecord ? 1 : Math.max(1, metadataOffset);
  return anyInt(rules.ignoresOlderMetadata ? 1 : -metadataOffset, most);
}
