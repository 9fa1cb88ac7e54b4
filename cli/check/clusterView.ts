import type { WrittenAdvice } from '../../application/advice/writtenAdvice.ts';
import type { ClassCell, Failure } from '../../application/answer/cells.ts';
import type { ClusterAnswer, TopicClass } from '../../application/answer/clusterAnswer.ts';
import type { CheckedCluster } from '../../application/check/check.ts';
import { listed } from '../../application/check/listed.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import type {
  ClusterDescription,
  ClusterNode,
} from '../../models/kafkaConfig/clusterDescription.ts';
import type { ClusterView, Tone, ViewCell, ViewGroup } from '../../viewer/data/clusterView.ts';
import { buysText, costsText } from './adviceText.ts';
import {
  answerMeaning,
  cellText,
  colourOf,
  headTexts,
  hostSentences,
  legendSentences,
  nowSentences,
  weakAcksText,
  worstFirst,
} from './firstScreen.ts';
import { nextSentences } from './nextText.ts';
import { zooKeeperSentences } from './zooKeeperText.ts';

/** What a page shows of a cluster, and the traces of its stories. */
export interface ClusterPage {
  readonly view: ClusterView;
  readonly traces: readonly TraceFile[];
}

/** What was found of a cluster. */
export interface AnsweredCluster {
  readonly cluster: CheckedCluster;
  readonly answer: ClusterAnswer;
  readonly advice?: readonly WrittenAdvice[] | undefined;
  /** As the verdict of a check is called. */
  readonly verdict: string;
}

/** The answer as data of a page; nothing of Node.js is needed. */
export function clusterPage(
  { cluster: { described, files }, answer, advice = [], verdict }: AnsweredCluster,
  by: string,
): ClusterPage {
  const stories = new Stories();
  const classes = worstFirst(answer.classes);
  const shown = classes.map(each => ({
    topics: each.topics,
    copies: `${each.replicationFactor}${each.isAssumed.factor ? '*' : ''}`,
    minimum: `${each.minimum}${each.isAssumed.minimum ? '*' : ''}`,
    cells: each.cells.map((cell): ViewCell => {
      const tone = cell.lost === 'unasked' ? 'none' : tones[colourOf(cell)];
      const head = { text: cellText(cell), tone } as const;
      const story = stories.of(each, cell);
      return story === undefined ? head : { ...head, story };
    }),
    placed: placedOf(each, described),
  }));
  for (const weak of answer.weakAcks) {
    if (weak.story !== undefined)
      stories.add(
        weak.story,
        `acks=${weak.acks}`,
        weakAcksText(weak).replace(/ \(--explain.*$/, '.'),
      );
  }
  return {
    traces: stories.traces,
    view: {
      ...headTexts(described, answer),
      remarks: [
        ...hostSentences(described),
        ...zooKeeperSentences(answer),
        ...nowSentences(described),
        ...nextSentences(described),
        ...answer.weakAcks.map(weakAcksText),
      ].map(withoutOptions),
      verdict: { word: verdict, tone: toneOf(verdict), meaning: answerMeaning(answer) },
      failures: answer.failures.map(({ title, what }) => ({ title, what })),
      classes: shown,
      legend: legendSentences(classes).map(withoutOptions),
      nodes: described.nodes.map(viewNode),
      groups: groupsOf(described),
      beside: besideOf(described),
      stories: stories.told,
      advice: advice.map(each => ({
        title: each.title,
        buys: buysText(each.buys),
        costs: costsText(each),
        edits: each.edits.map(({ file, line, before, after }) => ({
          ...{ file, line, after },
          ...(before === undefined ? {} : { before }),
        })),
      })),
      assumptions: described.assumptions,
      warnings: described.warnings,
      files,
      by,
    },
  };
}

const tones = { red: 'bad', yellow: 'warning', green: 'good' } as const;

function toneOf(verdict: string): Tone {
  if (verdict === 'holds' || verdict === 'nothing found') return 'good';
  return verdict === 'violated' ? 'bad' : 'warning';
}

/** A page has no options: what a sentence says of them is left out. */
export function withoutOptions(text: string): string {
  const said = / ?\(--explain [a-z]+\)| --host-of says otherwise\.|; --long explores it/g;
  return text.replaceAll(said, '');
}

/** The stories of a page, each once. */
class Stories {
  readonly traces: TraceFile[] = [];
  readonly told: { readonly title: string; readonly says: string }[] = [];

  /** The number of the story of a cell, if it has one. */
  of({ topics }: TopicClass, { failure, story }: ClassCell): number | undefined {
    if (story === undefined) return undefined;
    const known = this.traces.indexOf(story.trace);
    if (known >= 0) return known;
    const [first = '', ...others] = topics;
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    return this.add(story.trace, `${failure.title}: ${first}${more}`, saysOf(topics, failure));
  }

  add(trace: TraceFile, title: string, says: string): number {
    this.told.push({ title, says });
    return this.traces.push(trace) - 1;
  }
}

function saysOf(topics: readonly string[], { what }: Failure): string {
  return `What is lost of ${listed(topics)} when ${what}, in the fewest steps that were found.`;
}

function viewNode({ name, id, roles, described }: ClusterNode): ClusterView['nodes'][number] {
  return {
    ...{ name, id: id === undefined ? '' : String(id) },
    isBroker: roles.includes('broker'),
    isVoter: roles.includes('controller'),
    isDescribed: described,
  };
}

/** Racks where there are some, else machines that are shared, else all nodes together. */
function groupsOf({ nodes }: ClusterDescription): readonly ViewGroup[] {
  const hasRacks = nodes.some(({ rack }) => rack !== undefined);
  const hosts = nodes.flatMap(({ host }) => host ?? []);
  const hasHosts = new Set(hosts).size < hosts.length;
  const nameOf = ({ rack, host }: ClusterNode): string => {
    if (hasRacks) return rack === undefined ? '' : `rack ${rack}`;
    return hasHosts && host !== undefined ? `machine: ${host}` : '';
  };
  const names = [...new Set(nodes.map(nameOf))].sort((one, other) => (one < other ? -1 : 1));
  return names.map(name => ({
    name,
    nodes: nodes.flatMap((node, index) => (nameOf(node) === name ? [index] : [])),
  }));
}

/** What of the metadata plane is not among the nodes. */
function besideOf({ mode, controllers, nodes }: ClusterDescription): string | undefined {
  if (mode === 'zookeeper') {
    if (controllers === undefined) return 'ZooKeeper: how many servers is not known';
    return `${controllers} ZooKeeper ${controllers === 1 ? 'server' : 'servers'}`;
  }
  const drawn = nodes.filter(({ roles }) => roles.includes('controller')).length;
  if (controllers === undefined) return 'controllers: how many is not known';
  return controllers > drawn ? `${controllers - drawn} more controllers` : undefined;
}

/** Nodes of a partition that runs, if one was told; else one broker of each rack in turn, as Kafka places them. */
function placedOf(
  { topics, replicationFactor }: TopicClass,
  cluster: ClusterDescription,
): number[] {
  const { nodes, partitions } = cluster;
  const told = partitions.find(({ topic }) => topics.includes(topic));
  if (told !== undefined) {
    const leaderFirst = [...told.replicas].sort(
      (one, other) => Number(other === told.leader) - Number(one === told.leader),
    );
    return leaderFirst.map(id => nodes.findIndex(node => node.id === id)).filter(at => at >= 0);
  }
  const racks = new Map<string, number[]>();
  for (const [index, { roles, rack = '' }] of nodes.entries()) {
    if (roles.includes('broker')) racks.set(rack, [...(racks.get(rack) ?? []), index]);
  }
  const queues = [...racks.values()];
  const longest = Math.max(0, ...queues.map(queue => queue.length));
  const inTurn = Array.from({ length: longest }, (_, at) =>
    queues.flatMap(queue => queue[at] ?? []),
  );
  return inTurn.flat().slice(0, replicationFactor);
}
