import type { ReadonlyNodeView } from '../../models/kraft/schema.ts';
import {
  committedVoters,
  type KraftInvariant,
  type KraftScope,
  namesOf,
  runs,
  someNode,
} from './kraftScope.ts';
import type { KraftFacts } from './scopeFacts.ts';
import { logEndOffset, sameVoterSet } from './view.ts';

/**
 * Snapshot and log of a node are one history: nothing is missing between them, and the snapshot says
 * what the committed log said at its offset. A stopped node may have lost an unflushed tail below
 * its snapshot, and begins anew from there when it starts.
 */
export function snapshotFitsLog(facts: KraftFacts): KraftInvariant {
  const { node: nodes } = facts;
  return {
    name: 'snapshot-fits-log',
    kind: 'invariant',
    statement:
      "A node's snapshot covers what its log has cleaned, and names the epoch and the voters of the " +
      'committed log at its offset.',
    loss: 'A node starts with a hole in its metadata, or with the wrong voters.',
    source: 'KIP-630, KIP-853; KAFKA-14238, KAFKA-15312, KAFKA-14618',
    needs: 'a snapshot',
    when: state => someNode(facts, state, isCovered),
    holds(state) {
      for (const node of nodes.all) {
        const view = state.protocol.nodes.get(node);
        if (!isCovered(view)) continue;
        const wrong = misfit(view) ?? misstatement(facts, state, view);
        if (wrong !== undefined) return `${nodes.nameOf(node)} has ${wrong}`;
      }
      return true;
    },
  };
}

/** Whether the node has a snapshot, or needs one. */
function isCovered({ snapshot, logStartOffset }: ReadonlyNodeView): boolean {
  return snapshot.offset > 0 || logStartOffset > 0;
}

/** Where snapshot and log do not meet. */
function misfit(view: ReadonlyNodeView): string | undefined {
  const { snapshot, logStartOffset } = view;
  const end = logEndOffset(view);
  const has = `a snapshot up to ${snapshot.offset}`;
  if (snapshot.offset < logStartOffset) return `${has}, and its log begins at ${logStartOffset}`;
  if (runs(view) && snapshot.offset > end) return `${has}, and its log ends at ${end}`;
  return undefined;
}

/** What the snapshot says that the committed log did not. */
function misstatement(
  facts: KraftFacts,
  { ghost }: KraftScope,
  { snapshot }: ReadonlyNodeView,
): string | undefined {
  const { offset, lastEpoch } = snapshot;
  if (offset > ghost.committed.length) {
    return `a snapshot up to ${offset}, and ${ghost.committed.length} are committed`;
  }
  const { epoch } = ghost.committed.get(offset - 1);
  if (lastEpoch !== epoch) {
    return `a snapshot up to ${offset} of epoch ${lastEpoch}, where epoch ${epoch} was committed`;
  }
  const expected = committedVoters(ghost, offset);
  if (expected === undefined || sameVoterSet(snapshot, expected)) return undefined;
  const [says, said] = [snapshot, expected].map(set => namesOf(facts, set));
  return `a snapshot up to ${offset} with ${says} as voters, where ${said} were committed`;
}
