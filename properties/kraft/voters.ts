import { logEndOffset } from '../../models/kraft/log.ts';
import type { RaftNode, ReadonlyNodeView } from '../../models/kraft/schema.ts';
import { sameVoterSet } from '../../models/kraft/voterSet.ts';
import { unless } from '../notApplicable.ts';
import {
  type KraftInvariant,
  leads,
  namesOf,
  newestVotersBelow,
  runs,
  someNode,
  votersInLog,
} from './kraftScope.ts';
import type { KraftFacts } from './scopeFacts.ts';

/**
 * With dynamic voters, a running node acts on the newest voter set that its log or snapshot has,
 * committed or not: after an append, a truncation, a restart.
 */
export function votersFollowLog(facts: KraftFacts): KraftInvariant {
  const { node: nodes, config } = facts;
  return {
    name: 'voters-follow-log',
    kind: 'invariant',
    statement: 'The voters of a running node are those of the newest voters record that it has.',
    loss: 'Two majorities that do not meet can each elect a leader, or commit.',
    source: 'Raft thesis 4.1; KIP-853; KRaftControlRecordStateMachine',
    ...unless(config.dynamicVoters ? undefined : 'the voter set is static'),
    when: state => someNode(facts, state, runs),
    holds({ protocol }) {
      for (const node of nodes.all) {
        const view = protocol.nodes.get(node);
        if (!runs(view)) continue;
        const said = votersInLog(view, logEndOffset(view));
        if (sameVoterSet(view, said)) continue;
        const [acts, says] = [view, said].map(set => namesOf(facts, set));
        return `${nodes.nameOf(node)} has ${acts} as voters, and its log says ${says}`;
      }
      return true;
    },
  };
}

/**
 * Who stands for election is a voter in its own view. A leader is too, unless it has removed itself:
 * it leads on until that is committed, and then resigns.
 */
export function onlyVotersLead(facts: KraftFacts): KraftInvariant {
  const { node: nodes } = facts;
  return {
    name: 'only-voters-lead',
    kind: 'invariant',
    statement:
      'A prospective, candidate or leader is a voter, but for a leader whose own removal is not ' +
      'committed yet.',
    loss: 'A node that nobody counts as a controller leads the cluster, or disturbs who does.',
    source: 'KIP-853; KAFKA-17067, KAFKA-16530',
    when: state => someNode(facts, state, stands),
    holds({ protocol }) {
      for (const node of nodes.all) {
        const view = protocol.nodes.get(node);
        if (!stands(view) || isVoter(facts, view, node)) continue;
        if (leads(view) && isLeaving(view)) continue;
        return `${nodes.nameOf(node)} is ${view.state.state} and not a voter`;
      }
      return true;
    },
  };
}

function stands({ state }: ReadonlyNodeView): boolean {
  return state.state === 'prospective' || state.state === 'candidate' || state.state === 'leader';
}

/** Whether the node is a voter in its own view, on the disk that it has. */
function isVoter({ config }: KraftFacts, view: ReadonlyNodeView, node: RaftNode): boolean {
  if (!view.voters.has(node)) return false;
  return !config.dynamicVoters || view.directories.get(node) === view.directory;
}

/** Whether the newest voter set is not committed yet, as far as the leader knows. */
function isLeaving(view: ReadonlyNodeView): boolean {
  const removal = newestVotersBelow(view, logEndOffset(view));
  return removal !== undefined && removal >= view.highWatermark;
}
