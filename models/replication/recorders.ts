import type { Recording } from '../../checker/model/model.ts';
import type { RecordView } from '../../checker/state/viewTypes.ts';
import type { GhostFields, LogView } from './schema.ts';

type Ghost = RecordView<GhostFields>;

/** How the protocol tells the ghost state what a producer or a consumer has been told. */
export const recorders = {
  /** A producer got success for the record at `offset`; with acks=0 there is no such moment. */
  acknowledged(ghost: Ghost, offset: number, record: number, acks: 'all' | '1'): void {
    ghost.acknowledged.push({ offset, record, acks });
  },
  /** Consumers of this leader may read everything below `endOffset`, for the first time. */
  exposed(ghost: Ghost, log: LogView, endOffset: number): void {
    for (let offset = ghost.exposed.length; offset < endOffset; offset++) {
      const { epoch, record } = log.get(offset);
      ghost.exposed.push({ epoch, record });
    }
  },
  /** An administrator had the records below `offset` deleted. */
  deleted(ghost: Ghost, offset: number): void {
    ghost.deletedBefore = Math.max(ghost.deletedBefore, offset);
  },
};

export type ReplicationRecorders = typeof recorders;
/** The recorders as actions call them. */
export type ReplicationRecording = Recording<ReplicationRecorders>;
