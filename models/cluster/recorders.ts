import { Part } from '../../checker/model/part.ts';
import type { RecordView } from '../../checker/state/viewTypes.ts';
import { type KraftRecorders, recorders as quorumRecorders } from '../kraft/recorders.ts';
import type {
  GhostFields as QuorumGhost,
  ProtocolFields as QuorumProtocol,
} from '../kraft/schema.ts';
import {
  recorders as partitionRecorders,
  type ReplicationRecorders,
} from '../replication/recorders.ts';
import type {
  GhostFields as PartitionGhost,
  ProtocolFields as PartitionProtocol,
} from '../replication/schema.ts';
import type { GhostFields } from './schema.ts';

/**
 * The metadata quorum as a part of the cluster. The partition has fetches and messages too; what the
 * quorum does has a name of its own where the two would be taken for each other.
 */
export const quorumPart: Part<'quorum', QuorumProtocol, QuorumGhost, KraftRecorders> = new Part(
  'quorum',
  quorumRecorders,
  {
    renamed: {
      sendFetch: 'sendMetadataFetch',
      handleFetch: 'handleMetadataFetch',
      receiveFetch: 'receiveMetadataFetch',
      exchangeFetch: 'exchangeMetadataFetch',
      loseMessage: 'loseQuorumMessage',
      delayMessage: 'delayQuorumMessage',
      duplicateMessage: 'duplicateQuorumMessage',
    },
    // To the quorum a crash is that of a machine, which takes what is not flushed.
    plays: { losePower: 'crash' },
  },
);

/** The partition as a part of the cluster. */
export const partitionPart: Part<
  'partition',
  PartitionProtocol,
  PartitionGhost,
  ReplicationRecorders
> = new Part('partition', partitionRecorders);

/** How the protocol tells the ghost state what happened, in its parts and between them. */
export const recorders = {
  ...quorumPart.recorders,
  ...partitionPart.recorders,
  /** An entry of the metadata log took effect. */
  applied(ghost: RecordView<GhostFields>, epoch: number, value: number): void {
    ghost.applied.push({ epoch, value });
  },
};

export type ClusterRecorders = typeof recorders;
