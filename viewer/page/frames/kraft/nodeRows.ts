import type { Place } from '../place.ts';
import {
  namesWords,
  nothing,
  plain,
  type Said,
  said,
  setWords,
  shortNames,
  spaced,
} from '../view/said.ts';
import type { Chip, Fact, NodeRow, ViewTable } from '../view/view.ts';
import type { ValueWords } from './entry.ts';
import { logEnd, newestLeader, nodeLane } from './kraftState.ts';
import { nodeStrip, referenceOf } from './nodeLogs.ts';

/** Every node with its log. */
export function nodeRows(quorum: Place, valueWords?: ValueWords): readonly NodeRow[] {
  const reference = referenceOf(quorum);
  return quorum.at('nodes').keys.map(name => ({
    name,
    condition: nodeLane(quorum, name).condition,
    chips: nodeChips(quorum, name),
    strip: nodeStrip(quorum, name, reference, valueWords),
    facts: nodeFacts(quorum.at('nodes', name), name),
  }));
}

function nodeChips(quorum: Place, name: string): readonly Chip[] {
  const node = quorum.at('nodes', name);
  const { condition, epoch, leads } = nodeLane(quorum, name);
  const isDeposed = leads && newestLeader(quorum) !== name;
  const role: Chip = {
    ...said(node, roleWords),
    ...(epoch === undefined ? {} : { epoch }),
    ...(leads ? { leads } : {}),
    ...(condition === 'down' ? { tone: 'bad' } : isDeposed ? { tone: 'warn' } : {}),
    hint: isDeposed ? 'another node leads too' : 'role and epoch, in its own view',
  };
  const isActive = [node, node.past].some(place => place.at('active').isSet);
  const isObserver = !node.at('voters').texts.includes(name);
  return [
    role,
    ...(isObserver ? [said(node, place => voterWords(place, name))] : []),
    ...(isActive
      ? [said(node.at('active'), ({ isSet }) => (isSet ? 'active controller' : 'not active'))]
      : []),
  ];
}

function roleWords(node: Place): string {
  const state = spaced(plain(node.at('state')));
  return state === 'stopped' ? state : `${state}, epoch ${plain(node.at('epoch'))}`;
}

function voterWords(node: Place, name: string): string {
  return node.at('voters').texts.includes(name) ? 'voter' : 'observer';
}

function nodeFacts(node: Place, name: string): readonly Fact[] {
  const led = [node, node.past].some(place => place.at('state').text === 'leader');
  const fact = (label: string, place: Place, words: (place: Place) => string = plain): Fact => ({
    label,
    ...said(place, words),
  });
  const facts = [
    { ...fact('HW', node.at('highWatermark')), hint: 'metadata high watermark' },
    { ...fact('LEO', node, place => String(logEnd(place))), hint: 'log end offset' },
    fact('flushed to', node.at('flushedOffset')),
    unlessIs('0', fact('log start', node.at('logStartOffset'))),
    unlessIs(nothing, fact('snapshot', node.at('snapshot'), snapshotWords)),
    unlessIs('0', fact('applied to', node.at('appliedOffset'))),
    unlessIs('0', fact('directory', node.at('directory'))),
    led ? fact('epoch start', node.at('epochStartOffset')) : undefined,
    led
      ? fact('fetched to', node.at('fetchOffsets'), offsets => fetchedWords(offsets, name))
      : undefined,
  ];
  return facts.filter(one => one !== undefined);
}

/** The fact, if it is not only what it mostly is, or the step changed it to that. */
function unlessIs(trivial: string, fact: Fact): Fact | undefined {
  return (fact.text === trivial || fact.text === nothing) && !fact.changed ? undefined : fact;
}

function snapshotWords(snapshot: Place): string {
  const offset = snapshot.at('offset').number ?? 0;
  if (offset === 0) return nothing;
  const flushed = snapshot.at('flushed').isSet ? '' : ', not flushed';
  return `to ${offset}, epoch ${plain(snapshot.at('lastEpoch'))}${flushed}`;
}

function fetchedWords(offsets: Place, leader: string): string {
  const others = offsets.keys.filter(name => name !== leader);
  const short = shortNames(others);
  return (
    others.map((name, index) => `${short[index]}: ${plain(offsets.at(name))}`).join(', ') || nothing
  );
}

const electionColumns: readonly (readonly [string, (node: Place) => string])[] = [
  ['epoch', node => plain(node.at('epoch'))],
  ['leader', node => plain(node.at('leader'))],
  ['voted for', node => plain(node.at('vote'))],
  ['votes', votesWords],
  ['voters', node => setWords(node.at('voters'))],
];

/** What each node knows of the election, in memory and on its disk. */
export function electionTable(quorum: Place): ViewTable {
  return {
    columns: [...electionColumns.map(([name]) => name), 'on disk'],
    rows: quorum.at('nodes').entries.map(([name, node]) => ({
      name,
      isReference: newestLeader(quorum) === name,
      cells: [...electionColumns.map(([, words]) => said(node, words)), onDisk(node)],
    })),
  };
}

/** Who has granted, who has refused, and how many more a majority of the voters takes. */
function votesWords(node: Place): string {
  const [granted, rejected] = [node.at('granted').texts, node.at('rejected').texts];
  const isAsking = ['candidate', 'prospective'].includes(node.at('state').text ?? '');
  if (!isAsking && granted.length + rejected.length === 0) return nothing;
  const voters = node.at('voters').texts;
  const most = Math.floor(voters.length / 2) + 1;
  const counted = granted.filter(name => voters.includes(name)).length;
  const repeated = node.at('repeatedVotes').number ?? 0;
  const open = voters.filter(name => !granted.includes(name) && !rejected.includes(name));
  return [
    `${counted} of ${most} needed`,
    ...(granted.length === 0 ? [] : [`yes ${namesWords(granted)}`]),
    ...(rejected.length === 0 ? [] : [`no ${namesWords(rejected)}`]),
    ...(open.length === 0 || !isAsking ? [] : [`open ${namesWords(open)}`]),
    ...(repeated === 0 ? [] : [`${repeated} counted twice`]),
  ].join('; ');
}

/** The quorum-state file; marked where it says something else than the memory. */
function onDisk(node: Place): Said {
  const file = said(node.at('quorumState'), electionWords);
  const isSame = electionWords(node) === file.text;
  if (isSame) return { ...file, text: 'the same', tone: 'quiet', hint: file.text };
  return { ...file, tone: 'warn', hint: 'another than in memory' };
}

function electionWords(election: Place): string {
  const [leader, vote] = [plain(election.at('leader')), plain(election.at('vote'))];
  return `epoch ${plain(election.at('epoch'))}, leader ${leader}, vote ${vote}`;
}
