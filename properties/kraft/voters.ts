import type { RaftNode, ReadonlyGhost, ReadonlyNodeView } from '../../models/kraft/schema.ts';
import type { VoterSetView } from '../../models/kraft/voterSet.ts';
import { unless } from '../notApplicable.ts';
import {
  type KraftInvariant,
  type KraftStepProperty,
  leads,
  namesOf,
  newestVotersBelow,
  nodeNamed,
  runs,
  someNode,
  votersInLog,
} from './kraftScope.ts';
import { type KraftFacts, staticVoters } from './scopeFacts.ts';
import { entryAt, logEndOffset, sameVoterSet } from './view.ts';

/**
 * With dynamic voters, a running node acts on the newest voter set that its log or snapshot has,
 * committed or not: after an append, a truncation, a restart.
 */
export function votersFollowLog(facts: KraftFacts): KraftInvariant {
  const { node: nodes } = facts;
  return {
    name: 'voters-follow-log',
    kind: 'invariant',
    statement: 'The voters of a running node are those of the newest voters record that it has.',
    loss: 'Two majorities that do not meet can each elect a leader, or commit.',
    source: 'Raft thesis 4.1; KIP-853; KRaftControlRecordStateMachine',
    ...unless(staticVoters(facts)),
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
 * Of two voter sets that follow each other the majorities meet, and of three they need not: so no log has more than
 * one change of the voters that is not committed, and none by a leader that has not committed anything in its epoch.
 */
export function voterChangesWaitForCommit(facts: KraftFacts): KraftInvariant {
  const { node: nodes } = facts;
  return {
    name: 'voter-changes-wait-for-commit',
    kind: 'invariant',
    statement:
      'A change of the voters is appended only once the last one, and a record of the epoch, are committed.',
    loss: 'Two majorities that do not meet can each elect a leader, or commit.',
    source: 'Raft thesis 4.1; KIP-853; AddVoterHandler, RemoveVoterHandler',
    ...unless(staticVoters(facts)),
    needs: 'a change of the voters',
    when: state => someNode(facts, state, view => changesIn(view).length > 0),
    holds({ protocol, ghost: { committed } }) {
      for (const node of nodes.all) {
        const view = protocol.nodes.get(node);
        const open = changesIn(view).filter(offset => offset >= committed.length);
        const [first, second] = open;
        if (first === undefined) continue;
        const has = `${nodes.nameOf(node)} has a change of the voters at offset ${first}`;
        if (second !== undefined) return `${has} and at offset ${second}, and neither is committed`;
        const { epoch } = entryAt(view, first);
        if (hasCommitted(committed, epoch)) continue;
        return `${has} of epoch ${epoch}, in which nothing is committed`;
      }
      return true;
    },
  };
}

/** What an operator asks for is what the leader appends: one voter more, on the disk that it has, or one less. */
export function voterChangesAreAsAsked(facts: KraftFacts): KraftStepProperty {
  const { node: nodes } = facts;
  return {
    name: 'voter-changes-are-as-asked',
    kind: 'step',
    statement:
      'The voters that a leader appends are those from before, with the one more or less that was asked for.',
    loss: 'A controller that was added does not count, or another one is no voter any more.',
    source: 'AddVoterHandler, RemoveVoterHandler; KIP-853',
    ...unless(staticVoters(facts)),
    needs: 'an operator who changes the voters',
    when: (_before, _after, { name }) => name === 'addVoter' || name === 'removeVoter',
    holds(before, after, { name, params }) {
      const leader = nodeNamed(facts, params['leader']);
      const voter = nodeNamed(facts, params['voter']);
      const was = newestVoters(before.protocol.nodes.get(leader));
      const is = newestVoters(after.protocol.nodes.get(leader));
      const { directory } = after.protocol.nodes.get(voter);
      for (const node of nodes.all) {
        const isWanted = node === voter ? name === 'addVoter' : was.voters.has(node);
        const disk = node === voter ? directory : was.directories.get(node);
        const isOther = isWanted && is.directories.get(node) !== disk;
        if (is.voters.has(node) === isWanted && !isOther) continue;
        const [old, now] = [was, is].map(set => namesOf(facts, set));
        return `${name} of ${nodes.nameOf(voter)} makes ${now} of ${old}`;
      }
      return true;
    },
  };
}

function newestVoters(view: ReadonlyNodeView): VoterSetView {
  return votersInLog(view, logEndOffset(view));
}

/** The offsets of the voters records in a log, the oldest first. */
function changesIn(view: ReadonlyNodeView): number[] {
  const offsets: number[] = [];
  for (let offset = view.logStartOffset; offset < logEndOffset(view); offset++) {
    if (entryAt(view, offset).kind === 'voters') offsets.push(offset);
  }
  return offsets;
}

function hasCommitted(committed: ReadonlyGhost['committed'], epoch: number): boolean {
  for (let offset = committed.length - 1; offset >= 0; offset--) {
    if (committed.get(offset).epoch === epoch) return true;
  }
  return false;
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
