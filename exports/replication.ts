/* `highwater/replication`: the replication of a topic, to check and to extend. */

export {
  invariant,
  type ReplicationOptions,
  type ReplicationSpecification,
  replication,
  sometimes,
  stepProperty,
} from '../catalogue/replication.ts';
export type {
  Acks,
  ReplicationBounds,
  ReplicationConfig,
} from '../models/replication/config.ts';
export {
  defaultConfig,
  largeScope,
  quietScope,
  ReplicationConfigError,
  smallScope,
} from '../models/replication/config.ts';
export { type Generation, generations } from '../models/replication/generation.ts';
export { truncateLog } from '../models/replication/log.ts';
export { controllerView, isCurrentLeader } from '../models/replication/metadata.ts';
export { partitionOf, type ReadonlyPartition } from '../models/replication/partitionScope.ts';
export type {
  Broker,
  BrokerView,
  GhostFields,
  LogView,
  PartitionId,
  PartitionView,
  Protocol,
  ProtocolFields,
  ReadonlyBrokerView,
  ReadonlyGhost,
  ReadonlyPartitionGhost,
  ReadonlyProtocol,
  ReadonlyReplicaView,
  RegistrationView,
  ReplicaView,
} from '../models/replication/schema.ts';
export {
  type Acknowledged,
  type BrokenHistory,
  type ClientEvent,
  checkHistory,
  type Deleted,
  type EndOffset,
  type HistoryClaim,
  type Read,
} from '../properties/history/history.ts';
export { clientEventsOf } from '../properties/history/ofReplication.ts';
export { ofEveryPartition } from '../properties/replication/everyPartition.ts';
export {
  currentLeaderOf,
  type PartitionScope,
} from '../properties/replication/partitionScope.ts';
