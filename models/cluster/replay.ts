import type { AnyAction } from '../../checker/model/model.ts';
import { anyNode } from '../../checker/model/params.ts';
import {
  receiveRegistrationAnswer as receiveAnswerOfPartition,
  takeRegistrationAnswer,
} from '../replication/actions/register.ts';
import {
  mayReplay,
  recordsAtOnce,
  replayMetadata as replayInPartition,
} from '../replication/actions/replayMetadata.ts';
import type { Broker } from '../replication/schema.ts';
import type { ClusterContext } from './context.ts';
import { nodeOf } from './nodes.ts';
import { partitionPart } from './recorders.ts';
import type { ReadonlyProtocol } from './schema.ts';

/**
 * The metadata record up to which a broker can replay: what the log of its own node has below its
 * own high watermark, which is never more than what is committed.
 *
 * Source: KafkaRaftClient.updateListenersProgress, MetadataLoader.
 */
function replayLimit(
  { hosts }: ClusterContext,
  { quorum, metadataOffsetAt }: ReadonlyProtocol,
  broker: Broker,
): number {
  const { highWatermark } = quorum.nodes.get(nodeOf(hosts, broker));
  const end = Math.min(highWatermark, metadataOffsetAt.length);
  return end === 0 ? 0 : metadataOffsetAt.get(end - 1);
}

/**
 * replayMetadata: as for the partition alone, and no further than the broker's own node has the
 * committed log. It takes no controller to replay what is there already.
 */
export function replayMetadata(context: ClusterContext): AnyAction {
  const action = replayInPartition(context.partition);
  return context.action({
    name: action.name,
    kind: action.kind,
    actor: 'broker',
    phrase: action.phrase,
    params: { broker: anyNode(context.hosts.broker), records: recordsAtOnce(context.partition) },
    weight: 4,
    enabled({ protocol }, { broker, records }) {
      const may = mayReplay(context.partition, protocol.partition, broker, records);
      if (may !== true) return may;
      const { metadataOffset } = protocol.partition.brokers.get(broker);
      const limit = replayLimit(context, protocol, broker);
      return metadataOffset + records <= limit || 'its node does not have so many records';
    },
    step: (step, choice) => {
      partitionPart.take(action, step, { ...choice });
    },
  });
}

/**
 * receiveRegistrationAnswer: as for the partition alone, once the broker's own node has its
 * registration in the committed log. The broker loads with the metadata that its node has.
 *
 * Left out: a broker that loads with metadata older than what any other live broker knows; the
 * partition does not keep it.
 *
 * Source: BrokerServer.startup, waiting for the initial metadata publish; BrokerLifecycleManager.
 */
export function receiveRegistrationAnswer(context: ClusterContext): AnyAction {
  const action = receiveAnswerOfPartition(context.partition);
  return context.action({
    name: action.name,
    kind: action.kind,
    actor: 'broker',
    phrase: action.phrase,
    params: { broker: anyNode(context.hosts.broker) },
    weight: 4,
    enabled({ protocol }, { broker }) {
      const may = partitionPart.enabled(action, protocol, { broker });
      if (may !== true) return may;
      return hasItsRegistration(context, protocol, broker) || 'its node has not caught up';
    },
    step({ protocol }, { broker }) {
      const replayed = replayLimit(context, protocol, broker);
      const { partition } = protocol;
      takeRegistrationAnswer({ context: context.partition, protocol: partition, broker, replayed });
    },
  });
}

function hasItsRegistration(
  context: ClusterContext,
  protocol: ReadonlyProtocol,
  broker: Broker,
): boolean {
  const { quorum, partition, registeredAt } = protocol;
  const { highWatermark } = quorum.nodes.get(nodeOf(context.hosts, broker));
  if (highWatermark < registeredAt.get(broker)) return false;
  return replayLimit(context, protocol, broker) >= partition.metadata.firstOffset;
}
