import type { RecordView } from '../../checker/state/viewTypes.ts';
import { copyEntry, entryAt, logEndOffset } from './log.ts';
import type { GhostFields, RaftNode, ReadonlyNodeView } from './schema.ts';

type Ghost = RecordView<GhostFields>;

/** How the protocol tells the ghost state what must never be unsaid. */
export const recorders = {
  /** A node became leader. */
  led(ghost: Ghost, node: RaftNode, epoch: number): void {
    while (ghost.leaders.length < epoch) ghost.leaders.push({ leader: undefined });
    const first = ghost.leaders.get(epoch - 1);
    if (first.leader === undefined) first.leader = node;
  },
  /** A node gave its vote. */
  voted(ghost: Ghost, node: RaftNode, view: ReadonlyNodeView): void {
    const given = ghost.votes.get(node);
    const again =
      given.epoch === view.epoch &&
      given.candidate !== undefined &&
      (given.candidate !== view.vote || given.directory !== view.voteDirectory);
    given.epoch = view.epoch;
    given.candidate = view.vote;
    given.directory = view.voteDirectory;
    given.twice = given.twice || again;
  },
  /** A node is in a newer epoch; a vote in an older one cannot be given a second time. */
  movedOn(ghost: Ghost, node: RaftNode, epoch: number): void {
    const given = ghost.votes.get(node);
    if (epoch > given.epoch && !given.twice) ghost.votes.clear(node);
  },
  /** A leader's high watermark covers its log up to `endOffset`. */
  committed(ghost: Ghost, leader: ReadonlyNodeView, endOffset: number): void {
    const { committed } = ghost;
    for (let offset = committed.length; offset < endOffset; offset++) {
      if (offset < leader.logStartOffset || offset >= logEndOffset(leader)) return;
      const entry = entryAt(leader, offset);
      const { epoch, kind, value, voters } = entry;
      committed.push({ epoch, kind, value, voters, committedIn: leader.epoch });
      copyEntry(entry, committed.get(offset));
    }
  },
};

export type KraftRecorders = typeof recorders;
