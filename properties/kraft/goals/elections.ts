import { preVotesIn } from '../../../models/kraft/config.ts';
import type { ReadonlyNodeView } from '../../../models/kraft/schema.ts';
import { goal } from '../../goal.ts';
import { firstOf } from '../../notApplicable.ts';
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
    notApplicable: facts.successors ? undefined : 'no other node can lead after the first',
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
  const { node: nodes, bounds, config } = facts;
  return goal('leaders-of-two-epochs-at-once', 'Two nodes lead, in two epochs.', {
    notApplicable: firstOf(
      bounds.epochs < 2 && 'there is one epoch only',
      config.voters < 3 && 'nobody is elected without the vote of the leader before',
    ),
    reaches(_, { protocol }) {
      let leading = 0;
      for (const node of nodes.all) if (leads(protocol.nodes.get(node))) leading++;
      return leading > 1;
    },
  });
}

/**
 * With pre-votes in rounds the first of two voters stands as soon as the second has answered, and
 * tells it of its epoch when it is asked in turn.
 */
function splitVote(facts: KraftFacts): KraftGoal {
  const { node: nodes, config } = facts;
  const needed = config.transport === 'rounds' && !facts.standsAtOnce ? 3 : 2;
  return goal('split-vote', 'Two candidates of one epoch have refused each other their vote.', {
    notApplicable: config.voters < needed ? 'there are too few voters' : undefined,
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
  const { bounds, config } = facts;
  // A majority of all voters has to refuse, without the one that asks and one that knows no pre-vote.
  const preVotes = preVotesIn(config.kafka);
  const refusing = config.voters - (preVotes === 'allButLast' ? 2 : 1);
  return goal('pre-vote-refused', 'A majority refuses a pre-vote, and the node does not stand.', {
    notApplicable: firstOf(
      preVotes === 'none' && 'the release has no pre-vote',
      bounds.epochs < 2 && 'there is one epoch only',
      refusing < Math.floor(config.voters / 2) + 1 && 'there are too few voters to refuse',
    ),
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
  const { bounds } = facts;
  return goal('resigned-after-restart', 'A leader that was restarted is resigned in its epoch.', {
    notApplicable: bounds.crashes > 0 ? undefined : 'no node crashes',
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
  const { bounds, config } = facts;
  return goal(
    'vote-kept-across-restart',
    'A node comes back that has given another its vote, and knows it.',
    {
      notApplicable: firstOf(
        bounds.crashes > 0 ? undefined : 'no node crashes',
        config.voters < 2 && 'there is only one voter',
      ),
      reaches: (before, after) =>
        someNodeAcross(
          facts,
          before,
          after,
          (was, is, node) => !runs(was) && runs(is) && is.vote !== undefined && is.vote !== node,
        ),
    },
  );
}
