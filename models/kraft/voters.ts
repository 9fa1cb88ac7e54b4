import type { KraftContext } from './context.ts';
import { entryAt, logEndOffset, truncateTo } from './log.ts';
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

/**
 * Whether the voters that have not refused are no majority any more.
 *
 * Source: EpochElection.isVoteRejected.
 */
export function isRejected(
  { rules }: KraftContext,
  { voters, rejected }: ReadonlyNodeView,
): boolean {
  let left = 0;
  voters.every(voter => {
    if (!rejected.has(voter)) left++;
    return true;
  });
  return left < rules.majorityOf(voters.size);
}

/** Whether the node is the only voter in its own view. */
export function isOnlyVoter(
  context: KraftContext,
  view: ReadonlyNodeView,
  node: RaftNode,
): boolean {
  return view.voters.size === 1 && isVoter(context, view, node);
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
  const offset = logEndOffset(view) - 1;
  const entry = entryAt(view, offset);
  const records = recordsIn(entry);
  const isPassed = records <= view.votersReadAhead;
  if (namesVoters(entry) && isPassed) view.unreadVoters.push({ offset });
  else if (namesVoters(entry)) refreshVoters(context, view);
  view.votersReadAhead = isPassed ? view.votersReadAhead - records : 0;
}

/** Kafka's offsets count records. A leader that writes down the voters of the format does so in a batch of three. */
function recordsIn({ kind, voters }: EntryView): number {
  return kind === 'leaderChange' && !voters.isEmpty ? 3 : 1;
}

/**
 * Drops every entry from an offset on, and goes back to the voter set before them. Kafka's reader does not go back
 * with the log.
 *
 * Source: KRaftControlRecordStateMachine.truncateNewEntries.
 */
export function truncateWithVoters(context: KraftContext, view: NodeView, target: number): void {
  const { config, rules } = context;
  if (config.dynamicVoters && !rules.readsReplacingVoters) {
    for (let offset = Math.max(target, view.logStartOffset); offset < logEndOffset(view); offset++)
      view.votersReadAhead += recordsIn(entryAt(view, offset));
  }
  truncateTo(rules, view, target);
  const end = logEndOffset(view);
  const { unreadVoters } = view;
  while (unreadVoters.length > 0 && unreadVoters.get(unreadVoters.length - 1).offset >= end) {
    unreadVoters.truncate(unreadVoters.length - 1);
  }
  if (rules.truncationRestoresVoters) refreshVoters(context, view);
}

/** Whether the node has read no voter set but the one that formatting its disk made. */
export function hasVotersOfFormat(view: ReadonlyNodeView): boolean {
  return view.snapshot.offset === 0 && lastVotersOffset(view, logEndOffset(view)) === undefined;
}

/** Loads the voter set at a start: out of the configuration, or out of log and snapshot. */
export function loadVoters(context: KraftContext, view: NodeView): void {
  clearVoterSet(view);
  if (context.config.dynamicVoters) refreshVoters(context, view);
  else initialVoters(context, view);
}
