import { rateOf } from '../measure.ts';
import { exploreNaively } from '../naiveExplorer.ts';
import { type Manner, type Measured, measure } from './run.ts';
import { type Subject, specify } from './subjects.ts';
import { tableOf } from './table.ts';

const NAIVE_STATES = 3_000;
const subjects: readonly Subject[] = [
  { name: 'two-phase commit', scope: 'managers=7' },
  { name: 'KIP-320, published', scope: 'replicas=3 epoch=2' },
  { name: 'replication', scope: 'records=3' },
  { name: 'kraft', scope: '' },
];
const manners: readonly Manner[] = [
  { workers: 1, symmetry: false },
  { workers: 2, symmetry: false },
  { workers: 1, symmetry: true },
  { workers: 2, symmetry: true },
];

/** Generated states a second of breadth-first search as one would first write it. */
function naiveRate(subject: Subject): Promise<number> {
  const { model, properties } = specify(subject);
  return rateOf(() => exploreNaively(model, properties, NAIVE_STATES).generatedStates);
}

/**
 * Explores fixed scopes completely, with all properties on: with one worker and with two, without
 * symmetry and with it, beside a naive baseline in the same run.
 */
export async function measureExploration(): Promise<{
  readonly table: string;
  readonly figures: Readonly<Record<string, unknown>>;
}> {
  const rows: Measured[] = [];
  const naive = new Map<string, number>();
  for (const subject of subjects) {
    naive.set(`${subject.name} ${subject.scope}`, await naiveRate(subject));
    for (const manner of manners) rows.push(await measure(subject, manner));
  }
  const figures = { naiveGeneratedPerSecond: Object.fromEntries(naive), rows };
  return { table: tableOf(rows, naive), figures };
}
