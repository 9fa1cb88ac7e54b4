import type {
  Invariant,
  PropertyScope,
  Sometimes,
  StepProperty,
} from '../../checker/model/property.ts';
import type {
  EntryView,
  GhostFields,
  ProtocolFields,
  RaftNode,
  ReadonlyGhost,
  ReadonlyNodeView,
} from '../../models/kraft/schema.ts';
import type { VoterSetView } from '../../models/kraft/voterSet.ts';
import type { KraftFacts } from './scopeFacts.ts';
import { entryAt, logEndOffset, sameEntry } from './view.ts';

/** What a property of the kraft model may look at. */
export type KraftScope = PropertyScope<ProtocolFields, GhostFields>;
export type KraftInvariant = Invariant<ProtocolFields, GhostFields>;
export type KraftStepProperty = StepProperty<ProtocolFields, GhostFields>;
export type KraftGoal = Sometimes<ProtocolFields, GhostFields>;

/** Whether the node's process runs. */
export function runs({ state }: ReadonlyNodeView): boolean {
  return state.state !== 'stopped';
}

/** Whether the node believes to lead; nodes may do so in different epochs. */
export function leads({ state }: ReadonlyNodeView): boolean {
  return state.state === 'leader';
}

/** Whether some node's view satisfies the test. */
export function someNode(
  { node: nodes }: KraftFacts,
  { protocol }: KraftScope,
  test: (view: ReadonlyNodeView, node: RaftNode) => boolean,
): boolean {
  for (const node of nodes.all) if (test(protocol.nodes.get(node), node)) return true;
  return false;
}

/** Whether the test is true of some node before and after a step. */
export function someNodeAcross(
  { node: nodes }: KraftFacts,
  before: KraftScope,
  after: KraftScope,
  test: (was: ReadonlyNodeView, is: ReadonlyNodeView, node: RaftNode) => boolean,
): boolean {
  for (const node of nodes.all) {
    if (test(before.protocol.nodes.get(node), after.protocol.nodes.get(node), node)) return true;
  }
  return false;
}

/** The voter set as of `endOffset` of the committed log; undefined where the set is static. */
export function committedVoters(
  { committed }: ReadonlyGhost,
  endOffset: number,
): VoterSetView | undefined {
  for (let offset = Math.min(endOffset, committed.length) - 1; offset >= 0; offset--) {
    const entry = committed.get(offset);
    if (!entry.voters.isEmpty) return entry;
  }
  return undefined;
}

/** The offset of the newest voters record below `endOffset` in a node's log, if there is one. */
export function newestVotersBelow(view: ReadonlyNodeView, endOffset: number): number | undefined {
  for (let offset = endOffset - 1; offset >= view.logStartOffset; offset--) {
    if (!entryAt(view, offset).voters.isEmpty) return offset;
  }
  return undefined;
}

/** The voter set that a node's log says below `endOffset`, or its snapshot, whatever the node acts on. */
export function votersInLog(view: ReadonlyNodeView, endOffset: number): VoterSetView {
  const offset = newestVotersBelow(view, endOffset);
  return offset === undefined ? view.snapshot : entryAt(view, offset);
}

/** The node of this name; some node, where an action names none. */
export function nodeNamed({ node: nodes }: KraftFacts, name: unknown): RaftNode {
  return nodes.all.reduce((found, each) => (nodes.nameOf(each) === name ? each : found));
}

/** A voter set in words. */
export function namesOf({ node: nodes }: KraftFacts, set: VoterSetView): string {
  const names = nodes.all
    .filter(node => set.voters.has(node))
    .map(node => {
      const directory = set.directories.get(node);
      return directory === 0 ? nodes.nameOf(node) : `${nodes.nameOf(node)} on disk ${directory}`;
    });
  return names.length === 0 ? 'nobody' : names.join(', ');
}

/** Whether the node has this entry at an offset: in its log, or covered by its snapshot. */
export function holds(view: ReadonlyNodeView, offset: number, entry: EntryView): boolean {
  if (offset < view.logStartOffset) return view.snapshot.offset > offset;
  return offset < logEndOffset(view) && sameEntry(entryAt(view, offset), entry);
}

/** An entry in words. */
export function entryInWords({ kind, epoch, value }: EntryView): string {
  switch (kind) {
    case 'record':
      return `record ${value} of epoch ${epoch}`;
    case 'leaderChange':
      return `the leader change of epoch ${epoch}`;
    case 'voters':
      return `a voter set of epoch ${epoch}`;
  }
}

/** What a node has at an offset, in words. */
export function heldAt(view: ReadonlyNodeView, offset: number): string {
  if (offset >= logEndOffset(view)) return 'nothing';
  if (offset >= view.logStartOffset) return entryInWords(entryAt(view, offset));
  return view.snapshot.offset > offset ? 'a snapshot' : 'nothing';
}
