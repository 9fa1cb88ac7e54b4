import type { KraftContext } from './context.ts';
import { entryAt, logEndOffset } from './log.ts';
import type { EntryView, NodeView, RaftNode, ReadonlyNodeView } from './schema.ts';
import {
  addVoterTo,
  assignVoterSet,
  clearVoterSet,
  type VoterSetDraft,
  type VoterSetView,
} from './voterSet.ts';

/** Whether the set has this node, on this disk, as a voter. */
export function hasVoter(
  { config, rules }: KraftContext,
  { voters, directories }: VoterSetView,
  node: RaftNode,
  directory: number,
): boolean {
  if (!voters.has(node)) return false;
  if (!config.dynamicVoters || !rules.checksDirectories) return true;
  return directories.get(node) === directory;
}

/** Whether the node is a voter in its own view. */
export function isVoter(context: KraftContext, view: ReadonlyNodeView, node: RaftNode): boolean {
  return hasVoter(context, view, node, view.directory);
}

/** Whether these are a majority of the voters that the node knows. */
export function isMajority(
  { rules }: KraftContext,
  { voters, repeatedVotes }: ReadonlyNodeView,
  members: ReadonlyNodeView['granted'],
): boolean {
  let count = 0;
  voters.every(voter => {
    if (members.has(voter)) count++;
    return true;
  });
  return count + repeatedVotes >= rules.majorityOf(voters.size);
}

/** The voters that the quorum is formatted with. */
export function initialVoters({ config, node }: KraftContext, set: VoterSetDraft): void {
  for (const voter of node.all.slice(0, config.voters)) addVoterTo(set, voter, 0);
}

/** Whether an entry says who the voters are: the first of the log does too, if they are dynamic. */
export function namesVoters({ voters }: EntryView): boolean {
  return !voters.isEmpty;
}

/** The offset of the newest voter set below `endOffset`, if the log holds one. */
export function lastVotersOffset(view: ReadonlyNodeView, endOffset: number): number | undefined {
  for (let offset = endOffset - 1; offset >= view.logStartOffset; offset--) {
    if (namesVoters(entryAt(view, offset))) return offset;
  }
  return undefined;
}

/** The voter set as of `endOffset`: of the newest voters record below it, or of the snapshot. */
export function voterSetAt(view: ReadonlyNodeView, endOffset: number): VoterSetView {
  const offset = lastVotersOffset(view, endOffset);
  return offset === undefined ? view.snapshot : entryAt(view, offset);
}

/**
 * Takes over the voter set that the log now says: the newest, committed or not.
 *
 * Source: KRaftControlRecordStateMachine; KIP-853.
 */
export function refreshVoters(context: KraftContext, view: NodeView): void {
  const { config, rules } = context;
  if (!config.dynamicVoters) return;
  const end = rules.votersCountFrom === 'appended' ? logEndOffset(view) : view.highWatermark;
  assignVoterSet(voterSetAt(view, end), view);
}

/** Loads the voter set at a start: out of the configuration, or out of log and snapshot. */
export function loadVoters(context: KraftContext, view: NodeView): void {
  clearVoterSet(view);
  if (context.config.dynamicVoters) refreshVoters(context, view);
  else initialVoters(context, view);
}
