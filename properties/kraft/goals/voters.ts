import { entryAt, logEndOffset } from '../../../models/kraft/log.ts';
import { goal } from '../../goal.ts';
import { firstOf } from '../../notApplicable.ts';
import { type KraftGoal, leads, newestVotersBelow, runs, someNodeAcross } from '../kraftScope.ts';
import type { KraftFacts } from '../scopeFacts.ts';

/** Goals about changes of the voter set. */
export function voterGoals(facts: KraftFacts): KraftGoal[] {
  return [commitUnderNewVoterSet(facts), removedLeaderResigns(facts), voterSetRolledBack(facts)];
}

function noChange({ bounds }: KraftFacts): string | undefined {
  return bounds.voterChanges > 0 ? undefined : 'the voters never change';
}

function commitUnderNewVoterSet(facts: KraftFacts): KraftGoal {
  const { config, observersJoin } = facts;
  return goal('commit-under-new-voter-set', 'A changed voter set is committed.', {
    notApplicable: firstOf(
      noChange(facts),
      config.voters < 2 && !observersJoin && 'the only voter stays the only one',
    ),
    reaches({ ghost: { committed: was } }, { ghost: { committed: is } }) {
      for (let offset = was.length; offset < is.length; offset++) {
        if (is.get(offset).kind === 'voters') return true;
      }
      return false;
    },
  });
}

function removedLeaderResigns(facts: KraftFacts): KraftGoal {
  const { bounds, config, observersJoin } = facts;
  return goal('removed-leader-resigns', 'A leader commits its own removal, and resigns.', {
    notApplicable: firstOf(
      noChange(facts),
      config.voters < 2 && !(observersJoin && bounds.voterChanges > 1) && 'the only voter stays',
    ),
    reaches: (before, after, { name }) =>
      name !== 'resign' &&
      someNodeAcross(
        facts,
        before,
        after,
        (was, is, node) => leads(was) && is.state.state === 'resigned' && !is.voters.has(node),
      ),
  });
}

function voterSetRolledBack(facts: KraftFacts): KraftGoal {
  const { bounds, config } = facts;
  return goal(
    'voter-set-rolled-back',
    'A node truncates a voter set that was not committed, and goes back to the one before.',
    {
      notApplicable: firstOf(
        noChange(facts),
        bounds.epochs < 2 && 'there is one epoch only',
        config.voters < 3 && 'nobody is elected without the vote of the leader before',
      ),
      reaches: (before, after) =>
        someNodeAcross(facts, before, after, (was, is) => {
          const newest = newestVotersBelow(was, logEndOffset(was));
          if (newest === undefined || newest < logEndOffset(is)) return false;
          return runs(was) && runs(is) && entryAt(was, newest).kind === 'voters';
        }),
    },
  );
}
