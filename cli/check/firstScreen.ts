import {
  type ClassCell,
  type Failure,
  type Lost,
  type Stopped,
  sharedByAll,
} from '../../application/answer/cells.ts';
import type {
  ClusterAnswer,
  TopicClass,
  WeakAcks,
} from '../../application/answer/clusterAnswer.ts';
import type { CheckedCluster } from '../../application/check/check.ts';
import { listed } from '../../application/check/listed.ts';
import { printable } from '../../checker/trace/renderParts.ts';
import {
  AUTO_CREATED_TOPICS,
  type ClusterDescription,
} from '../../models/kafkaConfig/clusterDescription.ts';
import { partitionStandings } from '../../models/kafkaConfig/partitionStandings.ts';
import type { Standing } from '../../models/kafkaConfig/partitionState.ts';
import { rackFailures } from '../../models/kafkaConfig/rackArithmetic.ts';
import type { TextLayout } from '../output/style.ts';
import { renderTable, wrapText } from '../output/table.ts';
import { starOf } from './clusterText.ts';
import { nextSentences } from './nextText.ts';
import { rackFact } from './rackText.ts';
import { zooKeeperSentences } from './zooKeeperText.ts';

/** A terminal shows so many lines. */
export const SCREEN_LINES = 24;
/** Classes of topics that have a line each. */
const MOST_CLASSES = 5;
/** The longest name of a class: what is left beside four failures. */
const LONGEST_NAME = 22;

/** The table of the first screen with the words that it takes, after the cluster in two lines. */
export function answerLines(
  { described }: CheckedCluster,
  answer: ClusterAnswer,
  layout: TextLayout,
): string[] {
  const { width } = layout;
  const shown = worstFirst(answer.classes).slice(0, MOST_CLASSES);
  const left = answer.classes.length - shown.length;
  return [
    ...headLines(described, answer, layout),
    ...hostSentences(described).flatMap(sentence => wrapText(sentence, width)),
    ...zooKeeperSentences(answer).flatMap(sentence => wrapText(sentence, width)),
    ...nowLines(described, layout),
    '',
    ...classTable(answer.failures, shown, layout),
    ...(left === 0 ? [] : [`... and ${left} more classes of topics: --full`]),
    ...legend(shown, width),
    ...nextSentences(described).flatMap(sentence => wrapText(sentence, width)),
    ...answer.weakAcks.flatMap(weak => wrapText(weakAcksText(weak), width)),
  ];
}

/** The cluster in two lines. */
export function headLines(
  cluster: ClusterDescription,
  answer: ClusterAnswer,
  { width, style }: TextLayout,
): string[] {
  const { title, facts } = headTexts(cluster, answer);
  return [cut(style('bold', title), title, width), ...wrapText(facts, width)];
}

/** The cluster in two lines. */
export function headTexts(
  cluster: ClusterDescription,
  { controllersMayFail }: ClusterAnswer,
): { readonly title: string; readonly facts: string } {
  const { mode, version, eligibleLeaderReplicas: elr, controllers, brokers } = cluster;
  const system = mode === 'kraft' ? 'KRaft' : 'ZooKeeper';
  const kafka = `Kafka ${version.value ?? 'of unknown version'}${starOf(version)}, ${system}`;
  const title = `${kafka}: ${count(brokers, 'broker')}${placed(cluster)}`;
  const member = mode === 'kraft' ? 'controller' : 'ZooKeeper server';
  const may =
    controllers === undefined || controllersMayFail === undefined
      ? `how many ${member}s there are is not known`
      : controllersMayFail === 0
        ? `no ${member} may fail of ${controllers}`
        : `${controllersMayFail} of ${count(controllers, member)} may fail`;
  const on = elr.value === undefined ? 'unknown' : elr.value ? 'on' : 'off';
  const facts = [may, `eligible leader replicas ${on}${starOf(elr)}`, ...rackSizes(cluster)];
  return { title, facts: listWith(facts) };
}

/** What all nodes on one machine come to. */
export function hostSentences(cluster: ClusterDescription): string[] {
  const host = cluster.nodes[0]?.host;
  if (host === undefined || !sharedByAll(cluster)) return [];
  return [
    `All ${cluster.nodes.length} nodes are on one machine (${printable(host)}): its failure stops everything, its ` +
      'power loss takes what is not flushed. --host-of says otherwise.',
  ];
}

/** Where partitions of a running cluster stand that are not in order. */
function nowLines(cluster: ClusterDescription, { width, style }: TextLayout): string[] {
  return nowSentences(cluster).flatMap(sentence => {
    const [first = '', ...rest] = wrapText(sentence, width);
    return [first.replace('Now:', style('bold', 'Now:')), ...rest];
  });
}

/** The same as a sentence; none where all are in order, or nobody was asked. */
export function nowSentences(cluster: ClusterDescription): string[] {
  const standings = partitionStandings(cluster);
  const named = (wanted: readonly Standing[]): readonly string[] =>
    standings
      .filter(({ standing }) => wanted.includes(standing))
      .map(({ state }) => `${printable(state.topic)}-${state.partition}`);
  const parts = [
    ['offline', named(['offline'])] as const,
    ['under min ISR (NotEnoughReplicas)', named(['below the minimum'])] as const,
    ['refused with the next failure', named(['at the minimum'])] as const,
    ['under-replicated', named(['under-replicated'])] as const,
  ].filter(([, names]) => names.length > 0);
  if (parts.length === 0) return [];
  const text = parts.map(([word, names]) => `${nameOf(names)} ${word}`).join('; ');
  return [`Now: ${text} (--explain partitions).`];
}

/** "racks dc1 (3), dc2 (3)", with the number of brokers. */
function rackSizes(cluster: ClusterDescription): string[] {
  const racks = rackFailures(cluster);
  if (racks.length === 0) return rackFact(cluster);
  return [`racks ${listed(racks.map(({ rack, brokers }) => `${printable(rack)} (${brokers})`))}`];
}

/** "a; b; c". */
function listWith(parts: readonly string[]): string {
  return parts.join('; ');
}

function placed({ placement, controllers, mode, brokers }: ClusterDescription): string {
  if (placement === 'combined') {
    return brokers === 1
      ? ', which is the controller as well'
      : ', which are the controllers as well';
  }
  if (placement === 'zookeeper' || mode === 'zookeeper') return '';
  if (placement === 'mixed') return `, some of which are among ${controllers ?? 'the'} controllers`;
  return controllers === undefined ? '' : ' beside the controllers';
}

function classTable(
  failures: readonly Failure[],
  classes: readonly TopicClass[],
  { width, style }: TextLayout,
): string[] {
  const columns = [
    { title: 'topics' },
    { title: 'copies', align: 'right' as const },
    { title: 'min', align: 'right' as const },
    ...failures.map(({ title }) => ({ title })),
  ];
  const rows = classes.map(each => [
    nameOf(each.topics),
    `${each.replicationFactor}${each.isAssumed.factor ? '*' : ''}`,
    `${each.minimum}${each.isAssumed.minimum ? '*' : ''}`,
    ...each.cells.map(cellText),
  ]);
  const paint = (text: string, { row, column }: { row: number; column: number }): string => {
    const cell = row < 0 ? undefined : classes[row]?.cells[column - 3];
    return cell === undefined ? text : style(colourOf(cell), text);
  };
  return renderTable({ columns, rows }, { width, paint });
}

/** "orders", "orders, payments", "orders + 5". */
function nameOf(topics: readonly string[]): string {
  const names = topics.map(topic =>
    topic === AUTO_CREATED_TOPICS ? 'auto-created' : printable(topic),
  );
  const all = names.join(', ');
  if (all.length <= LONGEST_NAME) return all;
  const [first = '', ...rest] = names;
  const others = rest.length === 0 ? '' : ` + ${rest.length}`;
  const room = LONGEST_NAME - others.length;
  return `${first.length <= room ? first : `${first.slice(0, room - 1)}…`}${others}`;
}

/** What is lost and what stops: "LOST, stops", "nothing". */
export function cellText({ failure, lost, stops }: ClassCell): string {
  const loss = lostWords[lost];
  // The failure of one node stops the same, whether it loses its power or not.
  const saysWhatStops = ['node', 'zone', 'host'].includes(failure.kind);
  const stop = saysWhatStops ? stopWords[stops] : '';
  return [loss, stop].filter(word => word !== '').join(', ') || 'nothing';
}

const lostWords: Readonly<Record<Lost, string>> = {
  acknowledged: 'LOST',
  read: 'READ LOST',
  nothing: '',
  'kept before': 'nothing^',
  open: '?',
  unasked: '-',
};

const stopWords: Readonly<Record<Stopped, string>> = {
  nothing: '',
  writes: 'writes stop',
  everything: 'stops',
  unknown: '',
};

/** How grave it is, as a colour. */
export function colourOf(cell: ClassCell): 'red' | 'yellow' | 'green' {
  const { failure, lost, stops } = cell;
  if (isLoss(cell)) return 'red';
  const isStopped = failure.kind !== 'power' && failure.kind !== 'last' && stops !== 'nothing';
  return isStopped || lost === 'open' ? 'yellow' : 'green';
}

/** The classes of which the most is lost first. */
export function worstFirst(classes: readonly TopicClass[]): readonly TopicClass[] {
  const weight = ({ cells }: TopicClass): number =>
    cells.filter(({ lost }) => lost === 'acknowledged').length * 10 +
    cells.filter(({ stops }) => stops !== 'nothing').length;
  return [...classes].sort((one, other) => weight(other) - weight(one));
}

/** The words of the table that do not speak for themselves, with those that people search for. */
export function legend(classes: readonly TopicClass[], width: number): string[] {
  return wrapText(legendSentences(classes).join(' '), width);
}

/** The same, a sentence each. */
export function legendSentences(
  classes: readonly Pick<TopicClass, 'cells' | 'isAssumed'>[],
): readonly string[] {
  const cells = classes.flatMap(each => each.cells);
  const has = (word: string): boolean => cells.some(cell => cellText(cell).includes(word));
  const isAssumed = classes.some(({ isAssumed: { factor, minimum } }) => factor || minimum);
  return [
    ...(has('LOST')
      ? ['LOST: records acknowledged with acks=all are gone (readers: OFFSET_OUT_OF_RANGE).']
      : []),
    ...(has('READ LOST') ? ['READ LOST: records that a consumer read are gone.'] : []),
    ...(has('writes stop')
      ? ['writes stop: under min ISR, acks=all is refused (NotEnoughReplicas); reads go on.']
      : []),
    ...(cells.some(({ stops, failure }) => stops === 'everything' && failure.kind !== 'last')
      ? ['stops: no leader until it is back.']
      : []),
    ...(has('?')
      ? [`?: open: ${[...new Set(cells.flatMap(({ why }) => why ?? []))].join('; ')}.`]
      : []),
    ...(has('^') ? ['^: as docs/guarantees.md has it; --long explores it.'] : []),
    ...(isAssumed ? ['*: assumed.'] : []),
  ];
}

/** What the records come to that a client sends with less than acks=all. */
export function weakAcksText({ acks, where, story }: WeakAcks): string {
  const who = `acks=${acks} (${listed(where.map(printable))})`;
  const told = acks === '0' ? 'nobody waits for an answer' : 'the leader answers alone';
  if (story === undefined) return `${who}: ${told}; no loss was found in what was explored.`;
  const lost = acks === '0' ? 'one is LOST unnoticed' : 'what it answered for is LOST';
  return `${who}: ${told}: ${lost}, in ${story.steps.length} steps (--explain clients).`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** What the verdict means, of what the table says. */
export function answerMeaning({ classes, failures }: ClusterAnswer): string {
  const losing = classes.filter(({ cells }) => cells.some(isLoss));
  const open = classes.filter(({ cells }) => cells.some(({ lost }) => lost === 'open'));
  const of = (some: readonly TopicClass[]): string =>
    classes.length === 1 ? 'its topics' : `${some.length} of ${classes.length} classes of topics`;
  const rest = open.length === 0 || losing.length > 0 ? '' : ` Of ${of(open)} something is open.`;
  if (losing.length > 0) return `Records of ${of(losing)} can be lost.${rest}`;
  const one = failures.some(({ kind }) => kind === 'asked')
    ? 'what was asked'
    : 'any one of these failures';
  return `No acknowledged record is lost by ${one}; nothing is claimed of more.${rest}`;
}

function isLoss({ lost }: ClassCell): boolean {
  return lost === 'acknowledged' || lost === 'read';
}

/** A line that is no longer than the screen is wide; `plain` is the same without colours. */
function cut(styled: string, plain: string, width: number): string {
  return plain.length <= width ? styled : `${plain.slice(0, width - 1)}…`;
}
