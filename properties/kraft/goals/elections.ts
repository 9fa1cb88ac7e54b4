import { preVotesIn } from '../../../models/kraft/config.ts';
import type { ReadonlyNodeView } from '../../../models/kraft/schema.ts';
import { goal } from '../../goal.ts';
import { type KraftGoal, leads, runs, someNodeAcross } from '../kraftScope.ts';
import type { KraftFacts } from '../scopeFacts.ts';

/** Goals about who is elected, and who is not. */
export function electionGoals(facts: KraftFacts): KraftGoal[] {
  return [
    leaderChanges(facts),
    leadersOfTwoEpochs(facts),
    splitVote(facts),
    preVoteRefused(facts),
    resignedAfterRestart(facts),
    voteKeptAcrossRestart(facts),
  ];
}

/** Whether the node begins to lead. */
export function isElected(was: ReadonlyNodeView, is: ReadonlyNodeView): boolean {
  return leads(is) && !(leads(was) && was.epoch === is.epoch);
}

function leaderChanges(facts: KraftFacts): KraftGoal {
  return goal('leader-changes', 'A node leads, and another led an epoch before.', {
    needs: 'a leader after another',
    reaches: (before, after) =>
      someNodeAcross(facts, before, after, (was, is, node) => {
        if (!isElected(was, is)) return false;
        const { leaders } = after.ghost;
        for (let index = 0; index < is.epoch - 1; index++) {
          const { leader } = leaders.get(index);
          if (leader !== undefined && leader !== node) return true;
        }
        return false;
      }),
  });
}

function leadersOfTwoEpochs(facts: KraftFacts): KraftGoal {
  const { node: nodes } = facts;
  return goal('leaders-of-two-epochs-at-once', 'Two nodes lead, in two epochs.', {
    needs: 'a leader that does not hear of the next one',
    reaches(_, { protocol }) {
      let leading = 0;
      for (const node of nodes.all) if (leads(protocol.nodes.get(node))) leading++;
      return leading > 1;
    },
  });
}

function splitVote(facts: KraftFacts): KraftGoal {
  const { node: nodes } = facts;
  return goal('split-vote', 'Two candidates of one epoch have refused each other their vote.', {
    needs: 'two candidates of one epoch',
    reaches(_, { protocol }) {
      for (const a of nodes.all) {
        const one = protocol.nodes.get(a);
        if (one.state.state !== 'candidate') continue;
        for (const b of nodes.all) {
          const other = protocol.nodes.get(b);
          if (a >= b || other.state.state !== 'candidate' || one.epoch !== other.epoch) continue;
          if (one.rejected.has(b) && other.rejected.has(a)) return true;
        }
      }
      return false;
    },
  });
}

function preVoteRefused(facts: KraftFacts): KraftGoal {
  const { kafka } = facts.config;
  return goal('pre-vote-refused', 'A majority refuses a pre-vote, and the node does not stand.', {
    needs: 'a majority that hears the leader, or has records that the node lacks',
    notApplicable: preVotesIn(kafka) === 'none' ? 'the release has no pre-vote' : undefined,
    reaches: (before, after, { name }) =>
      name !== 'electionTimeout' &&
      someNodeAcross(
        facts,
        before,
        after,
        (was, is) =>
          was.state.state === 'prospective' &&
          (is.state.state === 'follower' || is.state.state === 'unattached') &&
          is.epoch === was.epoch &&
          !was.rejected.isEmpty,
      ),
  });
}

function resignedAfterRestart(facts: KraftFacts): KraftGoal {
  return goal('resigned-after-restart', 'A leader that was restarted is resigned in its epoch.', {
    needs: 'a leader that crashes',
    reaches: (before, after) =>
      someNodeAcross(
        facts,
        before,
        after,
        (was, is) => !runs(was) && is.state.state === 'resigned',
      ),
  });
}

function voteKeptAcrossRestart(facts: KraftFacts): KraftGoal {
  return goal(
    'vote-kept-across-restart',
    'A node comes back that has given another its vote, and knows it.',
    {
      needs: 'a voter that crashes',
      reaches: (before, after) =>
        someNodeAcross(
          facts,
          before,
          after,
          (was, is, node) => !runs(was) && is.vote !== undefined && is.vote !== node,
        ),
    },
  );
}
