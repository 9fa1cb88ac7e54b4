import type { TakenAction } from '../../checker/model/property.ts';
import type { RaftNode, ReadonlyNodeView } from '../../models/kraft/schema.ts';
import {
  entryInWords,
  heldAt,
  holds,
  type KraftInvariant,
  type KraftScope,
  type KraftStepProperty,
  leads,
  runs,
  someNode,
  someNodeAcross,
} from './kraftScope.ts';
import type { KraftFacts } from './scopeFacts.ts';
import { entryAt, logEndOffset } from './view.ts';

/**
 * Leader completeness: what was committed in an epoch, the leaders of all later epochs have. ("Every
 * leader has every committed record" is false: a deposed leader lacks what its successors commit.)
 */
export function leadersHoldCommittedRecords(facts: KraftFacts): KraftInvariant {
  const { node: nodes } = facts;
  return {
    name: 'leaders-hold-committed-records',
    kind: 'invariant',
    statement:
      'A leader has, in log or snapshot, what was committed in every epoch before its own.',
    loss: 'The cluster forgets a decision of its controller: a topic, a leader, a configuration.',
    source: 'Raft 5.4, leader completeness; KIP-595',
    needs: 'a leader after one that has committed something',
    when: ({ protocol, ghost: { committed } }) => {
      if (committed.length === 0) return false;
      const { committedIn } = committed.get(0);
      for (const node of nodes.all) {
        const view = protocol.nodes.get(node);
        if (leads(view) && view.epoch > committedIn) return true;
      }
      return false;
    },
    holds({ protocol, ghost: { committed } }) {
      for (const node of nodes.all) {
        const view = protocol.nodes.get(node);
        if (!leads(view)) continue;
        for (let offset = 0; offset < committed.length; offset++) {
          const entry = committed.get(offset);
          if (entry.committedIn >= view.epoch || holds(view, offset, entry)) continue;
          const has = `has ${heldAt(view, offset)} at offset ${offset}`;
          const was = `where epoch ${entry.committedIn} committed ${entryInWords(entry)}`;
          return `${nodes.nameOf(node)} leads in epoch ${view.epoch} and ${has}, ${was}`;
        }
      }
      return true;
    },
  };
}

/**
 * State machine safety: what a running node takes for committed, or has applied, is what was
 * committed there first.
 */
export function committedRecordsAgree(facts: KraftFacts): KraftInvariant {
  const { node: nodes } = facts;
  return {
    name: 'committed-records-agree',
    kind: 'invariant',
    statement:
      'What the high watermark of a running node covers, or its controller has applied, is in its ' +
      'log and is what was committed first.',
    loss: 'Controllers and brokers act on different metadata, and stay different.',
    source: 'Raft 5.4.3, state machine safety',
    when: state => someNode(facts, state, view => runs(view) && takenFor(view) > 0),
    holds(state) {
      for (const node of nodes.all) {
        const view = state.protocol.nodes.get(node);
        if (!runs(view)) continue;
        const wrong = firstNotCommitted(state, view);
        if (wrong !== undefined) return `${nodes.nameOf(node)} ${wrong}`;
      }
      return true;
    },
  };
}

/** Up to where the node takes its log for committed. */
function takenFor({ highWatermark, appliedOffset }: ReadonlyNodeView): number {
  return Math.max(highWatermark, appliedOffset);
}

function firstNotCommitted(
  { ghost: { committed } }: KraftScope,
  view: ReadonlyNodeView,
): string | undefined {
  const { highWatermark, logStartOffset } = view;
  const end = logEndOffset(view);
  if (highWatermark > end) {
    return `has the high watermark ${highWatermark}, and its log ends at ${end}`;
  }
  for (let offset = logStartOffset; offset < takenFor(view); offset++) {
    const believes = offset < highWatermark ? 'takes for committed' : 'has applied';
    const has = `${believes} ${heldAt(view, offset)} at offset ${offset}`;
    if (offset >= committed.length) return `${has}, where nothing is committed`;
    const entry = committed.get(offset);
    if (!holds(view, offset, entry)) {
      return `${has}, where ${entryInWords(entry)} was committed`;
    }
  }
  return undefined;
}

/** A high watermark never goes back while the process lives; after a restart it is not known. */
export function highWatermarkNeverGoesBack(facts: KraftFacts): KraftStepProperty {
  const { node: nodes } = facts;
  return {
    name: 'high-watermark-never-goes-back',
    kind: 'step',
    statement: 'The high watermark of a node never decreases while its process lives.',
    loss: 'A controller is told that metadata which it has acted on was not committed.',
    source: 'FollowerState.updateHighWatermark, LeaderState.updateHighWatermark',
    when: (before, after) =>
      someNodeAcross(
        facts,
        before,
        after,
        (was, is) => runs(was) && runs(is) && was.highWatermark !== is.highWatermark,
      ),
    holds(before, after) {
      for (const node of nodes.all) {
        const was = before.protocol.nodes.get(node);
        const is = after.protocol.nodes.get(node);
        if (!runs(was) || !runs(is) || is.highWatermark >= was.highWatermark) continue;
        const fell = `fell from ${was.highWatermark} to ${is.highWatermark}`;
        return `the high watermark of ${nodes.nameOf(node)} ${fell}`;
      }
      return true;
    },
  };
}

/**
 * A leader commits records of earlier epochs only together with one of its own, for a majority that
 * holds such a record may still be outvoted (Raft, figure 8).
 */
export function onlyOwnEpochIsCommitted(facts: KraftFacts): KraftStepProperty {
  const { node: nodes } = facts;
  return {
    name: 'only-own-epoch-is-committed',
    kind: 'step',
    statement:
      "The newest record that a leader's high watermark covers is of the leader's own epoch.",
    loss: 'A record counts as committed, and the next leader does not have it.',
    source: 'Raft 5.4.2; LeaderState.maybeUpdateHighWatermark; KAFKA-12619',
    when: (before, after) => someNodeAcross(facts, before, after, commits),
    holds(before, after) {
      for (const node of nodes.all) {
        const was = before.protocol.nodes.get(node);
        const is = after.protocol.nodes.get(node);
        if (!commits(was, is)) continue;
        const epoch = leads(was) ? was.epoch : is.epoch;
        const newest = is.highWatermark - 1;
        const isOwn =
          newest >= is.logStartOffset &&
          newest < logEndOffset(is) &&
          entryAt(is, newest).epoch === epoch;
        if (isOwn) continue;
        return `${nodes.nameOf(node)} leads in epoch ${epoch} and committed ${heldAt(is, newest)}`;
      }
      return true;
    },
  };
}

/** Whether the node advances its high watermark as leader; it may resign by that (KIP-853). */
function commits(was: ReadonlyNodeView, is: ReadonlyNodeView): boolean {
  return is.highWatermark > was.highWatermark && (leads(was) || leads(is));
}

/**
 * What a node takes for committed is never taken out of its log, nor changed. Cleaning puts a
 * snapshot in its place. A crash takes only what was never flushed: a leader may have committed that
 * with the other voters' copies. A replaced disk has nothing.
 */
export function committedRecordsStay(facts: KraftFacts): KraftStepProperty {
  const { node: nodes } = facts;
  return {
    name: 'committed-records-stay',
    kind: 'step',
    statement: 'A node keeps every record below its own high watermark, or a snapshot of it.',
    loss: 'A node has applied metadata that its log does not have any more, and leads with neither.',
    source: 'KafkaRaftClient, truncation below the high watermark; KAFKA-12460',
    when: (before, after) =>
      someNodeAcross(facts, before, after, (was, is) => was.highWatermark + is.highWatermark > 0),
    holds(before, after, action) {
      for (const node of nodes.all) {
        const was = before.protocol.nodes.get(node);
        const is = after.protocol.nodes.get(node);
        const end = keptEnd(was, actionAt(facts, action, node));
        for (let offset = was.logStartOffset; offset < end; offset++) {
          const entry = entryAt(was, offset);
          if (holds(is, offset, entry)) continue;
          const had = `${entryInWords(entry)} at offset ${offset}`;
          const below = `below its high watermark ${was.highWatermark}`;
          return `${nodes.nameOf(node)} had ${had}, ${below}, and now has ${heldAt(is, offset)}`;
        }
      }
      return true;
    },
  };
}

/** The action's name, if it is one on this node. */
function actionAt(
  { node: nodes }: KraftFacts,
  { name, params }: TakenAction,
  node: RaftNode,
): string | undefined {
  return params['node'] === nodes.nameOf(node) ? name : undefined;
}

/** Up to where a node must keep its log through an action on it. */
function keptEnd(view: ReadonlyNodeView, action: string | undefined): number {
  if (action === 'replaceDisk') return 0;
  const { highWatermark, flushedOffset } = view;
  const end = Math.min(highWatermark, logEndOffset(view));
  return action === 'crash' ? Math.min(end, flushedOffset) : end;
}
