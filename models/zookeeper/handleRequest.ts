import { brokerViewOf } from '../replication/metadata.ts';
import { partitionIn, recording } from '../replication/partitionScope.ts';
import { actOnMetadata, removeReplica, stopFetching } from '../replication/replica.ts';
import type { Broker } from '../replication/schema.ts';
import type { ZooKeeperStep } from './context.ts';
import { partitionPart } from './recorders.ts';
import type { RequestView } from './schema.ts';
import { onlyPartition, stateAt } from './store.ts';

/** What a broker makes of a request of a controller. */
export type Answer =
  | 'NONE'
  | 'STALE_BROKER_EPOCH'
  | 'STALE_CONTROLLER_EPOCH'
  | 'FENCED_LEADER_EPOCH';

/** What of a request is handled. */
type Request = Pick<RequestView, 'kind' | 'controllerEpoch' | 'brokerEpoch' | 'version' | 'live'>;

/**
 * A broker handles a request of a controller: it refuses what is for an earlier process of it, what is of an earlier
 * controller than it has heard of, and of a LeaderAndIsr or StopReplica what is of an earlier leader epoch than it has.
 *
 * Source: KafkaApis.handleLeaderAndIsrRequest and its like (isBrokerEpochStale),
 * ReplicaManager.becomeLeaderOrFollower, stopReplicas, maybeUpdateMetadataCache (before 4.0); KIP-380, KIP-570.
 */
export function handleRequest(step: ZooKeeperStep, broker: Broker, request: Request): Answer {
  const { rules } = step.context;
  const heard = step.protocol.heard.get(broker);
  const { brokerEpoch } = step.protocol.partition.brokers.get(broker);
  if (rules.requestsNameBrokerEpoch && request.brokerEpoch < brokerEpoch) {
    return 'STALE_BROKER_EPOCH';
  }
  if (!rules.acceptsNewerBrokerEpoch && request.brokerEpoch > brokerEpoch) {
    return 'STALE_BROKER_EPOCH';
  }
  if (rules.fencesControllerEpoch && request.controllerEpoch < heard.controllerEpoch) {
    return 'STALE_CONTROLLER_EPOCH';
  }
  heard.controllerEpoch = Math.max(heard.controllerEpoch, request.controllerEpoch);
  switch (request.kind) {
    case 'leaderAndIsr':
      return becomeLeaderOrFollower(step, broker, request);
    case 'updateMetadata':
      return updateMetadata(step, broker, request);
    default:
      return stopReplica(step, broker, request);
  }
}

/** The leader epoch that the replica has, if somebody has told it of one. */
function leaderEpochOf({ context, protocol }: ZooKeeperStep, broker: Broker): number {
  if (!protocol.heard.get(broker).isTold) return -1;
  return brokerViewOf(
    partitionIn(context.partition, protocol.partition, onlyPartition(context)),
    broker,
  ).leaderEpoch;
}

function becomeLeaderOrFollower(step: ZooKeeperStep, broker: Broker, { version }: Request): Answer {
  const { context, protocol } = step;
  const told = stateAt(context, protocol, version);
  const leaderEpoch = leaderEpochOf(step, broker);
  if (context.rules.fencesLeaderEpoch && told.leaderEpoch <= leaderEpoch) {
    return 'FENCED_LEADER_EPOCH';
  }
  const heard = protocol.heard.get(broker);
  const { record } = partitionPart.stepScope(step);
  const id = onlyPartition(context);
  const partition = recording(partitionIn(context.partition, protocol.partition, id), record);
  const known = brokerViewOf(partition, broker);
  const { topicId } = partition.replicas.get(broker);
  // Before 0.8.2 a newer leader epoch is not needed; any other than the present one makes the role anew.
  const isOlder = told.leaderEpoch < leaderEpoch;
  const was = { leader: known.leader, leaderEpoch: isOlder ? -1 : leaderEpoch, topicId };
  protocol.partition.brokers.get(broker).metadataOffset = version;
  heard.isTold = true;
  actOnMetadata(partition, broker, { ...was, topicId: topicId === 0 ? told.topicId : topicId });
  return 'NONE';
}

function updateMetadata(
  { context, protocol }: ZooKeeperStep,
  broker: Broker,
  { version, live }: Request,
): Answer {
  const { leader, leaderEpoch } = stateAt(context, protocol, version);
  const heard = protocol.heard.get(broker);
  Object.assign(heard, { leader, leaderEpoch });
  heard.live.assign(live);
  return 'NONE';
}

/** Without deletion a leader goes on: only fetching stops. */
function stopReplica(step: ZooKeeperStep, broker: Broker, { kind, version }: Request): Answer {
  const { context, protocol } = step;
  const heard = protocol.heard.get(broker);
  const partition = partitionIn(context.partition, protocol.partition, onlyPartition(context));
  if (kind === 'deleteReplica') {
    if (partition.replicas.get(broker).role.state !== 'absent') removeReplica(partition, broker);
    heard.isTold = false;
    return 'NONE';
  }
  const { leaderEpoch } = stateAt(context, protocol, version);
  if (context.rules.stopNamesLeaderEpoch && leaderEpoch < leaderEpochOf(step, broker)) {
    return 'FENCED_LEADER_EPOCH';
  }
  stopFetching(partition, broker);
  return 'NONE';
}
