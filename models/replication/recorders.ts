import type { Recording } from '../../checker/model/model.ts';
import type { RecordView } from '../../checker/state/viewTypes.ts';
import type { GhostFields } from './schema.ts';

type Ghost = RecordView<GhostFields>;

/** How the protocol tells the ghost state what a producer or a consumer has been told. */
export const recorders = {
  /** A producer got success with acks=all for the record at `offset`. */
  acknowledged(ghost: Ghost, offset: number, record: number): void {
    ghost.acknowledged.push({ offset, record });
  },
  /** A consumer has read the record at the next offset it had not read yet. */
  exposed(ghost: Ghost, epoch: number, record: number): void {
    ghost.exposed.push({ epoch, record });
  },
};

export type ReplicationRecorders = typeof recorders;
/** The recorders as actions call them. */
export type ReplicationRecording = Recording<ReplicationRecorders>;
