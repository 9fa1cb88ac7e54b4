/* `highwater/kraft`: the metadata quorum, to check and to extend. */

export {
  invariant,
  type KraftOptions,
  type KraftSpecification,
  kraft,
  sometimes,
  stepProperty,
} from '../catalogue/kraft.ts';
export type { KraftBounds, KraftConfig, RepairName, Transport } from '../models/kraft/config.ts';
export {
  defaultConfig,
  KraftConfigError,
  largeScope,
  quietScope,
  repairNames,
  smallScope,
  transports,
} from '../models/kraft/config.ts';
export type {
  EntryView,
  GhostFields,
  LogView,
  NodeView,
  Protocol,
  ProtocolFields,
  RaftNode,
  ReadonlyGhost,
  ReadonlyNodeView,
  ReadonlyProtocol,
} from '../models/kraft/schema.ts';
export { type KraftScope, leads, runs } from '../properties/kraft/kraftScope.ts';
