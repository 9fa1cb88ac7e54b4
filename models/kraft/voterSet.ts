import type { EntryDraft, EntryView, RaftNode } from './schema.ts';

/** A set of voters, each with the directory id by which it is known (KIP-853), to read. */
export type VoterSetView = Pick<EntryView, 'voters' | 'directories'>;
/** The same, to change. */
export type VoterSetDraft = Pick<EntryDraft, 'voters' | 'directories'>;

/** Makes `to` the same voter set as `from`. */
export function assignVoterSet(from: VoterSetView, to: VoterSetDraft): void {
  to.voters.every(gone => setDirectory(to, gone, 0));
  to.voters.assign(from.voters);
  from.voters.every(voter => setDirectory(to, voter, from.directories.get(voter)));
}

/** Empties the set. */
export function clearVoterSet(set: VoterSetDraft): void {
  set.voters.every(gone => setDirectory(set, gone, 0));
  set.voters.clear();
}

export function addVoterTo(set: VoterSetDraft, voter: RaftNode, directory: number): void {
  set.voters.add(voter);
  set.directories.set(voter, directory);
}

export function removeVoterFrom(set: VoterSetDraft, voter: RaftNode): void {
  set.voters.delete(voter);
  set.directories.set(voter, 0);
}

/** Always true, so that it can be asked of every member. */
function setDirectory({ directories }: VoterSetDraft, voter: RaftNode, directory: number): true {
  directories.set(voter, directory);
  return true;
}
