import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { runAll } from '../tasks/runAll.ts';
import type { Surroundings } from '../tasks/surroundings.ts';
import type { Limits, Task, TaskResult } from '../tasks/task.ts';
import { boundsOf, type Cell, configOf, hasTwoRecords } from './cell.ts';
import { type AnsweredCell, answered, withAnswersOfOneFailure } from './matrix.ts';
import { questions, readDifferently } from './questions.ts';
import { continueWithSecondRecord } from './secondRecord.ts';

/** The guarantee matrix, or the cells of some generations of it. */
export interface Matrix {
  readonly cells: readonly AnsweredCell[];
  /** Whether an interrupt came before every cell was explored. */
  readonly interrupted: boolean;
}

/**
 * Explores these cells completely, and answers the questions of the matrix.
 *
 * @throws ModelError when the model crashes.
 */
export async function exploreMatrix(
  cells: readonly Cell[],
  limits: Limits,
  surroundings: Surroundings,
): Promise<Matrix> {
  const tasks = cells.map(cell => taskOf(cell, limits));
  const second = cells.map(cell =>
    hasTwoRecords(cell) ? taskOfTwoRecords(cell, limits) : undefined,
  );
  const all = [...tasks, ...second.flatMap(task => task ?? [])];
  const results = await runAll(all, surroundings);
  const resultOf = (task: Task | undefined) => task && results.get(task);
  const each: AnsweredCell[] = [];
  for (const [index, cell] of cells.entries()) {
    const outcome = resultOf(tasks[index]);
    const outcomes = { outcome, twoRecords: resultOf(second[index]) };
    each.push(await withContinuation(answered(cell, outcomes), outcome, surroundings.project));
  }
  const wasStopped = [...results.values()].some(({ result }) => result.stopped === 'interrupted');
  return {
    cells: each.map(cell => withAnswersOfOneFailure(cell, each)),
    interrupted: wasStopped || results.size < all.length,
  };
}

/** The exploration of one cell. */
export function taskOf(cell: Cell, limits: Limits): Task {
  return {
    model: 'replication',
    request: {
      config: { ...configOf(cell) },
      bounds: { ...boundsOf(cell) },
      defects: [],
    },
    engine: { kind: 'exhaustive', symmetry: false, keepGoing: true },
    properties: questions.flatMap(({ property }) => (property === readDifferently ? [] : property)),
    limits,
  };
}

/** The exploration of one cell with a second record, which may take the place of a lost one. */
function taskOfTwoRecords(cell: Cell, limits: Limits): Task {
  const task = taskOf(cell, limits);
  const { config, bounds, defects } = task.request;
  const request = {
    config: { ...config, acks: ['all'] },
    bounds: { ...bounds, records: 2 },
    defects,
  };
  return { ...task, request, properties: [readDifferently] };
}

/** Where a readable record can be lost, whether another one can be read in its place. */
async function withContinuation(
  cell: AnsweredCell,
  outcome: TaskResult | undefined,
  { models }: { readonly models: readonly ModelEntry[] },
): Promise<AnsweredCell> {
  const lost = outcome?.traces.find(({ property }) => property.name === 'exposed-records-survive');
  const open = cell.answers.find(({ property }) => property === readDifferently);
  if (outcome === undefined || lost === undefined || open?.answer !== 'unasked') return cell;
  const story = await continueWithSecondRecord(lost, outcome.task, models);
  if (story === undefined) return cell;
  const steps = story.steps.length;
  const answer = { property: readDifferently, answer: 'yes', steps, story } as const;
  return { ...cell, answers: cell.answers.map(each => (each === open ? answer : each)) };
}
