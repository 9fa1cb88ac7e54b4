import type { TakenAction } from '../../checker/model/property.ts';
import type { RaftNode, ReadonlyNodeView, ReadonlyProtocol } from '../../models/kraft/schema.ts';
import { type KraftStepProperty, nodeNamed, runs } from './kraftScope.ts';
import type { KraftFacts } from './scopeFacts.ts';

/** What happens to one node, or between two. */
interface Struck {
  readonly before: ReadonlyProtocol;
  readonly after: ReadonlyProtocol;
  readonly node: RaftNode;
  readonly other: RaftNode;
}

const view = ({ before, node }: Struck): ReadonlyNodeView => before.nodes.get(node);
const isUnderWay = ({ before, node, other }: Struck): boolean =>
  before.connections.get(node, other).phase !== 'idle';

/** By action: whether it found what it is about, and what it found if not. */
type Findings = Readonly<Record<string, readonly [string, (struck: Struck) => boolean]>>;

const ofNodes: Findings = {
  crash: ['it had stopped', struck => runs(view(struck))],
  restart: ['it ran', struck => !runs(view(struck))],
  loseQuorumState: ['the file said nothing', struck => view(struck).quorumState.epoch > 0],
  resign: ['it did not lead', struck => view(struck).state.state === 'leader'],
  takeSnapshot: [
    'it had one',
    ({ before, after, node }) =>
      after.nodes.get(node).snapshot.offset > before.nodes.get(node).snapshot.offset,
  ],
  addVoter: ['that was a voter', struck => !view(struck).voters.has(struck.other)],
  removeVoter: ['that was no voter', struck => view(struck).voters.has(struck.other)],
};

const ofMessages: Findings = {
  loseMessage: ['nothing was on its way', isUnderWay],
  delayMessage: ['nothing was on its way', isUnderWay],
  duplicateMessage: ['nothing was on its way', isUnderWay],
};

function ofNetwork({ node: { all } }: KraftFacts): Findings {
  const others = (node: RaftNode): readonly RaftNode[] => all.filter(each => each !== node);
  const isCut = ({ cutLinks }: ReadonlyProtocol, from: RaftNode, to: RaftNode): boolean =>
    cutLinks.get(from, to).cut;
  return {
    cutNode: [
      'it was cut off',
      ({ before, node }) =>
        others(node).some(each => !isCut(before, node, each) || !isCut(before, each, node)),
    ],
    cutLink: ['it was cut', ({ before, node, other }) => !isCut(before, node, other)],
    healNetwork: [
      'nothing was cut',
      ({ before }) => all.some(from => others(from).some(to => isCut(before, from, to))),
    ],
  };
}

/**
 * A fault, a recovery and what an operator asks for do something. One that does not would use up its budget, and a
 * verdict on two of a kind be one on a single one.
 */
export function nothingHappensInVain(facts: KraftFacts): KraftStepProperty {
  const finds: Findings = { ...ofNodes, ...ofMessages, ...ofNetwork(facts) };
  return {
    name: 'nothing-happens-in-vain',
    kind: 'step',
    statement: 'A fault, a recovery and what an operator asks for change something.',
    loss: 'A verdict on so many faults is one on fewer.',
    source: 'the environment is that of the model',
    needs: 'a fault, or an operator',
    when: (_before, _after, { name }) => finds[name] !== undefined,
    holds({ protocol: before }, { protocol: after }, { name, params }) {
      const [wrong, isFound] = finds[name] ?? ['', () => true];
      const [one, other] = endsOf(params);
      const struck = { before, after, node: nodeNamed(facts, one), other: nodeNamed(facts, other) };
      return isFound(struck) || `${name} does nothing: ${wrong}`;
    },
  };
}

/** Whom an action is about, and the other of two. */
function endsOf({ node, leader, voter, from, to }: TakenAction['params']): unknown[] {
  return [node ?? leader ?? from, voter ?? to];
}

/** A disk that is replaced comes formatted and empty, and has another directory id unless that was restored. */
export function replacedDisksAreEmpty({ node: nodes }: KraftFacts): KraftStepProperty {
  return {
    name: 'replaced-disks-are-empty',
    kind: 'step',
    statement:
      'A disk that was replaced has nothing of the one before: no log, snapshot, vote or voters.',
    loss: 'A verdict on lost disks is one on disks that are not lost.',
    source: 'StorageTool, MetaPropertiesEnsemble (KIP-853)',
    needs: 'diskLosses',
    when: (_before, _after, { name }) => name === 'replaceDisk',
    holds({ protocol: before }, { protocol: after }, { params }) {
      for (const node of nodes.all) {
        if (nodes.nameOf(node) !== params['node']) continue;
        const kept = keptOn(before.nodes.get(node), after.nodes.get(node), params['directory']);
        if (kept !== undefined) return `the new disk of ${params['node']} has ${kept}`;
      }
      return true;
    },
  };
}

/** What of the disk before is on the one that took its place. */
function keptOn(
  was: ReadonlyNodeView,
  { log, logStartOffset, snapshot, quorumState, directory }: ReadonlyNodeView,
  asked: unknown,
): string | undefined {
  if (log.length > 0 || logStartOffset > 0) return 'a log';
  if (snapshot.offset > 0 || !snapshot.voters.isEmpty) return 'a snapshot';
  if (quorumState.epoch > 0 || quorumState.leader !== undefined) return 'an epoch';
  if (quorumState.vote !== undefined) return 'a vote';
  const expected = asked === 'same' ? was.directory : was.directory + 1;
  return directory === expected ? undefined : `directory id ${directory}`;
}
