import type { ReadonlyNodeView } from '../../../models/kraft/schema.ts';
import { goal } from '../../goal.ts';
import { type KraftGoal, leads, runs, someNode, someNodeAcross } from '../kraftScope.ts';
import type { KraftFacts } from '../scopeFacts.ts';
import { entryAt, logEndOffset, sameEntry } from '../view.ts';
import { isElected } from './elections.ts';

/** Goals about what is committed, truncated and lost. */
export function logGoals(facts: KraftFacts): KraftGoal[] {
  return [
    firstCommit(),
    commitsInTwoEpochs(),
    leaderChangeWithDivergence(facts),
    logTruncated(facts),
    unflushedTailLost(facts),
    snapshotInstalled(facts),
  ];
}

function firstCommit(): KraftGoal {
  return goal('first-commit', 'A leader commits the first record of its epoch.', {
    reaches: (before, after) =>
      before.ghost.committed.length === 0 && after.ghost.committed.length > 0,
  });
}

function commitsInTwoEpochs(): KraftGoal {
  return goal(
    'high-watermark-advances-in-two-epochs',
    'A leader commits, and one of an earlier epoch has committed before.',
    {
      needs: 'a leader after one that has committed something',
      reaches(before, { ghost: { committed } }) {
        const { length } = before.ghost.committed;
        if (committed.length === length) return false;
        return committed.get(length).committedIn > committed.get(0).committedIn;
      },
    },
  );
}

function leaderChangeWithDivergence(facts: KraftFacts): KraftGoal {
  return goal(
    'leader-change-with-divergence',
    'A node is elected while another has a record that the new leader lacks.',
    {
      needs: 'a leader after one whose records it lacks',
      reaches: (before, after) =>
        someNodeAcross(
          facts,
          before,
          after,
          (was, is) => isElected(was, is) && someNode(facts, after, other => diverges(is, other)),
        ),
    },
  );
}

/** Whether the logs have different entries at some offset. */
function diverges(a: ReadonlyNodeView, b: ReadonlyNodeView): boolean {
  const end = Math.min(logEndOffset(a), logEndOffset(b));
  for (let offset = Math.max(a.logStartOffset, b.logStartOffset); offset < end; offset++) {
    if (!sameEntry(entryAt(a, offset), entryAt(b, offset))) return true;
  }
  return false;
}

function logTruncated(facts: KraftFacts): KraftGoal {
  return goal('log-truncated', 'A follower truncates its log to agree with its leader.', {
    needs: 'a leader after one whose records it lacks',
    reaches: (before, after) =>
      someNodeAcross(
        facts,
        before,
        after,
        (was, is) =>
          runs(was) &&
          runs(is) &&
          logEndOffset(is) < logEndOffset(was) &&
          is.logStartOffset === was.logStartOffset,
      ),
  });
}

function unflushedTailLost(facts: KraftFacts): KraftGoal {
  const { config } = facts;
  return goal('unflushed-tail-lost', 'A leader crashes and loses what it had not flushed.', {
    needs: 'a leader that crashes',
    notApplicable: config.lateFlush ? undefined : 'leaders flush what they append at once',
    reaches: (before, after, { name }) =>
      name === 'crash' &&
      someNodeAcross(
        facts,
        before,
        after,
        (was, is) => leads(was) && !runs(is) && logEndOffset(is) < logEndOffset(was),
      ),
  });
}

/** A voter that the majority can do without falls behind; so does an observer. */
function snapshotInstalled(facts: KraftFacts): KraftGoal {
  return goal('snapshot-installed', "A follower replaces its log by its leader's snapshot.", {
    needs: 'a snapshot, and a node without what it covers',
    reaches: (before, after, { name }) =>
      name !== 'cleanLog' &&
      someNodeAcross(
        facts,
        before,
        after,
        (was, is) => runs(was) && runs(is) && is.logStartOffset > was.logStartOffset,
      ),
  });
}
