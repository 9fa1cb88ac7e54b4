import { goal } from '../../goal.ts';
import { type KraftGoal, leads, newestVotersBelow, runs, someNodeAcross } from '../kraftScope.ts';
import { type KraftFacts, staticVoters } from '../scopeFacts.ts';
import { entryAt, logEndOffset } from '../view.ts';

/** Goals about changes of the voter set. */
export function voterGoals(facts: KraftFacts): KraftGoal[] {
  return [commitUnderNewVoterSet(facts), removedLeaderResigns(facts), voterSetRolledBack(facts)];
}

function commitUnderNewVoterSet(facts: KraftFacts): KraftGoal {
  return goal('commit-under-new-voter-set', 'A changed voter set is committed.', {
    needs: 'a change of the voters',
    notApplicable: staticVoters(facts),
    reaches({ ghost: { committed: was } }, { ghost: { committed: is } }) {
      for (let offset = was.length; offset < is.length; offset++) {
        if (is.get(offset).kind === 'voters') return true;
      }
      return false;
    },
  });
}

function removedLeaderResigns(facts: KraftFacts): KraftGoal {
  return goal('removed-leader-resigns', 'A leader commits its own removal, and resigns.', {
    needs: 'a leader that is removed from the voters',
    notApplicable: staticVoters(facts),
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
  return goal(
    'voter-set-rolled-back',
    'A node truncates a voter set that was not committed, and goes back to the one before.',
    {
      needs: 'a change of the voters that the next leader lacks',
      notApplicable: staticVoters(facts),
      reaches: (before, after) =>
        someNodeAcross(facts, before, after, (was, is) => {
          const newest = newestVotersBelow(was, logEndOffset(was));
          if (newest === undefined || newest < logEndOffset(is)) return false;
          return runs(was) && runs(is) && entryAt(was, newest).kind === 'voters';
        }),
    },
  );
}
