import type { ReadonlyNodeView } from '../../models/kraft/schema.ts';
import type { KraftInvariant } from './kraftScope.ts';
import type { KraftFacts } from './scopeFacts.ts';
import { entryAt, logEndOffset, sameEntry } from './view.ts';

/**
 * Log matching: epochs identify entries. Where two logs, also of stopped nodes, have the same epoch
 * at an offset, they are equal from there down, as far as both still have it. Finding the point of
 * divergence by epoch rests on this, and so does the credit for a fetch.
 */
export function sameEpochSameRecord(facts: KraftFacts): KraftInvariant {
  const { node: nodes } = facts;
  return {
    name: 'same-epoch-same-record',
    kind: 'invariant',
    statement: 'Two logs with the same epoch at an offset have the same records up to that offset.',
    loss: 'Controllers differ for good, and no truncation can find out where.',
    source: 'Raft 5.3, log matching; KAFKA-10527, KAFKA-18723',
    needs: 'two nodes with a log',
    when({ protocol }) {
      let logs = 0;
      for (const node of nodes.all) if (protocol.nodes.get(node).log.length > 0) logs++;
      return logs > 1;
    },
    holds({ protocol }) {
      for (const a of nodes.all) {
        const left = protocol.nodes.get(a);
        for (const b of nodes.all) {
          if (a >= b) continue;
          const offset = firstMismatch(left, protocol.nodes.get(b));
          if (offset === undefined) continue;
          const who = `${nodes.nameOf(a)} and ${nodes.nameOf(b)}`;
          return `${who} differ at offset ${offset} and have one epoch there or later`;
        }
      }
      return true;
    },
  };
}

/** Where two logs differ although they have the same epoch there or at a later offset. */
function firstMismatch(a: ReadonlyNodeView, b: ReadonlyNodeView): number | undefined {
  const start = Math.max(a.logStartOffset, b.logStartOffset);
  let end = Math.min(logEndOffset(a), logEndOffset(b));
  while (end > start && entryAt(a, end - 1).epoch !== entryAt(b, end - 1).epoch) end--;
  for (let offset = start; offset < end; offset++) {
    if (!sameEntry(entryAt(a, offset), entryAt(b, offset))) return offset;
  }
  return undefined;
}
