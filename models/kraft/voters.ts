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

/** The offset of the newest voter set below `endOffset` that the node has read in its log, if any. */
export function lastVotersOffset(view: ReadonlyNodeView, endOffset: number): number | undefined {
  for (let offset = endOffset - 1; offset >= view.logStartOffset; offset--) {
    if (namesVoters(entryAt(view, offset)) && !isUnread(view, offset)) return offset;
  }
  return undefined;
}

function isUnread({ unreadVoters }: ReadonlyNodeView, offset: number): boolean {
  for (let index = 0; index < unreadVoters.length; index++) {
    if (unreadVoters.get(index).offset === offset) return true;
  }
  return false;
}

/**
 * The voter set as of `endOffset` that the node has read: of the newest voters record below it, or of
 * the snapshot.
 */
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

/**
 * Reads the entry that was just appended, as far as it says who the voters are. Kafka's reader goes on
 * where it had come to, which after a truncation may be behind the entry: then it passes it over.
 *
 * Source: KRaftControlRecordStateMachine.maybeLoadLog.
 */
export function readAppended(context: KraftContext, view: NodeView): void {
  const end = logEndOffset(view);
  const saysVoters = namesVoters(entryAt(view, end - 1));
  if (end <= view.votersReadTo && saysVoters) view.unreadVoters.push({ offset: end - 1 });
  else if (saysVoters) refreshVoters(context, view);
  if (end >= view.votersReadTo) view.votersReadTo = 0;
}

/**
 * Goes back to the voter set before what was truncated from an end on. Kafka's reader does not go back
 * with the log.
 *
 * Source: KRaftControlRecordStateMachine.truncateNewEntries.
 */
export function forgetTruncated(context: KraftContext, view: NodeView, oldEnd: number): void {
  const { config, rules } = context;
  const end = logEndOffset(view);
  if (config.dynamicVoters && !rules.readsReplacingVoters && end < oldEnd) {
    view.votersReadTo = Math.max(view.votersReadTo, oldEnd);
  }
  const { unreadVoters } = view;
  while (unreadVoters.length > 0 && unreadVoters.get(unreadVoters.length - 1).offset >= end) {
    unreadVoters.truncate(unreadVoters.length - 1);
  }
  if (rules.truncationRestoresVoters) refreshVoters(context, view);
}

/** Loads the voter set at a start: out of the configuration, or out of log and snapshot. */
export function loadVoters(context: KraftContext, view: NodeView): void {
  clearVoterSet(view);
  if (context.config.dynamicVoters) refreshVoters(context, view);
  else initialVoters(context, view);
}
