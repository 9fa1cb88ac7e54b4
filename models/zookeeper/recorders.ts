import { Part } from '../../checker/model/part.ts';
import {
  recorders as partitionRecorders,
  type ReplicationRecorders,
} from '../replication/recorders.ts';
import type {
  GhostFields as PartitionGhost,
  ProtocolFields as PartitionProtocol,
} from '../replication/schema.ts';

/** The partition as a part of a cluster with ZooKeeper. */
export const partitionPart: Part<
  'partition',
  PartitionProtocol,
  PartitionGhost,
  ReplicationRecorders
> = new Part('partition', partitionRecorders);

/** How the protocol tells the ghost state what clients were told. */
export const recorders = { ...partitionPart.recorders };

export type ZooKeeperRecorders = typeof recorders;
