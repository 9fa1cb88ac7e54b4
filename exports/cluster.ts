/* `highwater/cluster`: controllers, brokers and a topic, to check and to extend. */

export {
  type ClusterOptions,
  type ClusterSpecification,
  cluster,
  invariant,
  sometimes,
  stepProperty,
} from '../catalogue/cluster.ts';
export type { ClusterBounds, ClusterConfig, Mode } from '../models/cluster/config.ts';
export {
  ClusterConfigError,
  defaultConfig,
  largeScope,
  modes,
  quietScope,
  smallScope,
} from '../models/cluster/config.ts';
export type {
  GhostFields,
  Protocol,
  ProtocolFields,
  ReadonlyGhost,
  ReadonlyProtocol,
} from '../models/cluster/schema.ts';
