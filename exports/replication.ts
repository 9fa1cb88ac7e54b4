/* `highwater/replication`: the replication of one topic partition, to check and to extend. */
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
export type {
  Broker,
  BrokerView,
  GhostFields,
  LogView,
  PartitionView,
  Protocol,
  ProtocolFields,
  ReadonlyBrokerView,
  ReadonlyGhost,
  ReadonlyProtocol,
  RegistrationView,
} from '../models/replication/schema.ts';
export {
  currentLeaderOf,
  type ReplicationScope,
} from '../properties/replication/replicationScope.ts';
export {
  invariant,
  type ReplicationOptions,
  type ReplicationSpecification,
  replication,
  sometimes,
  stepProperty,
} from '../properties/specifications/replication.ts';
