import {
  isExplored,
  losesSomething,
  type PlannedCluster,
  settingsOf,
} from '../../application/plan/planCluster.ts';
import { type Layout, sizeOf, type Wanted } from '../../application/plan/survive.ts';
import { counted } from '../../checker/results/numbers.ts';
import { answerJson } from '../check/answerJson.ts';
import { renderTable, wrapText } from '../output/table.ts';

/** A plan as text: the layouts, the settings of the smallest number of zones, and what the engine says of it. */
export function planLines(
  planned: readonly PlannedCluster[],
  wanted: Wanted,
  { width, asked }: { readonly width: number; readonly asked: string },
): string[] {
  const [first] = planned;
  const writable = wanted.isWritable ? ', and go on with acks=all writes' : '';
  if (first === undefined) {
    return wrapText(`Nothing that is looked at survives ${asked}${writable}.`, width);
  }
  const titles = [
    'zones',
    'nodes',
    'brokers',
    'controllers',
    'copies',
    'min ISR',
    'lost at worst',
    'checked',
  ];
  const rows = planned.map(each => [
    ...[each.zones, sizeOf(each, wanted), each.brokers, each.voters].map(String),
    ...[each.replicationFactor, each.minInsyncReplicas].map(String),
    `${each.replicasLost} of ${each.replicationFactor} copies`,
    checkedWord(each),
  ]);
  const columns = titles.map(title => ({ title }));
  return [
    ...wrapText(`Smallest clusters that survive ${asked}${writable}:`, width),
    '',
    ...renderTable({ columns, rows }, { width }),
    '',
    ...wrapText(`Settings of all nodes, for ${counted(first.zones, 'zone')}:`, width),
    ...settingsOf(first).map(line => `  ${line}`),
    ...(first.zones > 1 ? ['  broker.rack=<its zone>, on controllers as well'] : []),
    '',
    ...notes(planned, wanted).flatMap(note => wrapText(note, width)),
  ];
}

function checkedWord(each: PlannedCluster): string {
  if (losesSomething(each)) return 'LOSES RECORDS';
  return isExplored(each) ? 'explored' : 'counted';
}

function notes(planned: readonly PlannedCluster[], { isCombined }: Wanted): readonly string[] {
  const words = planned.map(checkedWord);
  return [
    ...(words.includes('explored')
      ? [
          'explored: no acknowledged record is lost by the crash or power loss of one broker, every state looked at.',
        ]
      : []),
    ...(words.includes('counted')
      ? [
          'counted: so many copies are too many to explore; the minimum is above the copies that are lost.',
        ]
      : []),
    ...(words.includes('LOSES RECORDS')
      ? [
          'LOSES RECORDS: this release loses acknowledged records all the same; try another --kafka-version.',
        ]
      : []),
    'min ISR is one more than the copies that are lost, so that each acknowledged record is on one that is left.',
    ...(isCombined
      ? []
      : ['Controllers are nodes of their own; --combined makes brokers of them.']),
    ...(planned.length > 1
      ? ['More zones take fewer nodes: a zone then holds fewer copies and voters.']
      : []),
  ];
}

/** The same as JSON. */
export function planJson(planned: readonly PlannedCluster[], wanted: Wanted, asked: string) {
  return {
    survive: asked,
    writable: wanted.isWritable,
    combined: wanted.isCombined,
    layouts: planned.map(each => ({
      ...numbersOf(each),
      nodes: sizeOf(each, wanted),
      settings: settingsOf(each),
      files: each.files.map(({ name, text }) => ({ name, text })),
      votersMayFail: each.votersMayFail ?? null,
      explored: isExplored(each),
      losesRecords: losesSomething(each),
      answer: each.answer === undefined ? null : answerJson(each.answer),
    })),
  };
}

function numbersOf({
  zones,
  brokers,
  voters,
  replicationFactor,
  minInsyncReplicas,
  replicasLost,
  votersLost,
}: Layout) {
  return { zones, brokers, voters, replicationFactor, minInsyncReplicas, replicasLost, votersLost };
}
