import { statesOf } from '../../checker/trace/statesOf.ts';
import type { TraceFile, TraceJson } from '../../checker/trace/traceFile.ts';
import { clusterView } from '../../viewer/page/frames/cluster/clusterView.ts';
import { kraftView } from '../../viewer/page/frames/kraft/kraftView.ts';
import { placeOf } from '../../viewer/page/frames/place.ts';
import { replicationView } from '../../viewer/page/frames/replication/replicationView.ts';
import { transactionsView } from '../../viewer/page/frames/transactions/transactionsView.ts';
import { cellWords } from '../../viewer/page/frames/view/logStrip.ts';
import type { Said } from '../../viewer/page/frames/view/said.ts';
import type { LogStrip, Part, Section } from '../../viewer/page/frames/view/view.ts';
import { zooKeeperView } from '../../viewer/page/frames/zookeeper/zooKeeperView.ts';

/** The trace of a run that never left its first state. */
export function stillTrace(like: TraceFile, state: TraceJson): TraceFile {
  return { ...like, initial: { ...like.initial, state }, steps: [] };
}

const views = {
  replication: replicationView,
  kraft: kraftView,
  cluster: clusterView,
  transactions: transactionsView,
  zookeeper: zooKeeperView,
};

/** What the view of a model shows after a step; of the last one where none is named. */
export function viewAt(
  trace: TraceFile,
  model: keyof typeof views,
  step = trace.steps.length,
): readonly Section[] {
  return views[model](trace, placeOf(statesOf(trace), step), step);
}

type PartOf<Kind extends Part['kind']> = Extract<Part, { kind: Kind }>;

/** All parts of a kind, in order. */
export function partsOf<Kind extends Part['kind']>(
  sections: readonly Section[],
  kind: Kind,
): readonly PartOf<Kind>[] {
  return sections
    .flatMap(({ parts }) => parts)
    .filter((part): part is PartOf<Kind> => part.kind === kind);
}

/** A value in one line; what the step changed in brackets with what it was. */
export function line({ text, changed, was }: Said): string {
  return changed ? `${text} [${was ?? '?'}]` : text;
}

/** The log of each node as its cells say it. */
export function logsOf(sections: readonly Section[]): Record<string, string[]> {
  const rows = partsOf(sections, 'nodes').flatMap(part => part.rows);
  return Object.fromEntries(rows.map(({ name, strip }) => [name, cellsOf(strip)]));
}

/** The cells of a strip in words. */
export function cellsOf({ slots }: LogStrip): string[] {
  return slots.flatMap(({ cell }) => (cell === undefined ? [] : cellWords(cell)));
}

/** The rows of the first table whose title begins so, each in one line. */
export function tableOf(sections: readonly Section[], title: string): string[] {
  const part = partsOf(sections, 'table').find(one => one.title.startsWith(title));
  return (part?.table.rows ?? []).map(({ name, note, cells }) => {
    const who = note === undefined ? name : `${name} (${note.text})`;
    return `${who}: ${cells.map(line).join(' | ')}`;
  });
}

/** The facts of the first part with this title, each in one line. */
export function factsOf(sections: readonly Section[], title: string): string[] {
  const part = partsOf(sections, 'facts').find(one => one.title === title);
  return (part?.facts ?? []).map(fact => `${fact.label}: ${line(fact)}`);
}
