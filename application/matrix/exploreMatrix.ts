import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { runAll } from '../tasks/runAll.ts';
import type { Surroundings } from '../tasks/surroundings.ts';
import type { Limits, Task, TaskResult } from '../tasks/task.ts';
import { boundsOf, type Cell, configOf, isSameCell, scenarioOf, scenarios } from './cell.ts';
import {
  type Answer,
  type AnsweredCell,
  answered,
  asksByLeader,
  knownAnswers,
  questionsOf,
  takesTwoRecords,
} from './matrix.ts';
import { acknowledgedByLeader, readDifferently } from './questions.ts';
import { continueWithSecondRecord } from './secondRecord.ts';

/** The guarantee matrix, or some cells of it. */
export interface Matrix {
  readonly cells: readonly AnsweredCell[];
  /** Whether an interrupt came before every cell was explored. */
  readonly interrupted: boolean;
}

/**
 * Explores these cells completely, and answers the questions of the matrix. What can happen in a part of
 * a cell's scenario is not looked for again.
 *
 * @throws ModelError when the model crashes.
 */
export async function exploreMatrix(
  cells: readonly Cell[],
  limits: Limits,
  surroundings: Surroundings,
): Promise<Matrix> {
  const each: AnsweredCell[] = [];
  let interrupted = false;
  for (const { name } of scenarios) {
    if (interrupted) break;
    const planned = cells
      .filter(({ scenario }) => scenario === name)
      .map(cell => planOf(cell, knownAnswers(cell, each), limits));
    const tasks = planned.flatMap(({ task, twoRecords, byLeader }) =>
      [task, twoRecords, byLeader].flatMap(one => one ?? []),
    );
    const results = await runAll(tasks, surroundings);
    for (const plan of planned) each.push(await answersTo(plan, results, surroundings.project));
    interrupted =
      results.size < tasks.length ||
      [...results.values()].some(({ result }) => result.stopped === 'interrupted');
  }
  const inOrder = cells.flatMap(cell => each.find(known => isSameCell(known, cell)) ?? []);
  return { cells: inOrder, interrupted };
}

/** A cell with what is known of it before, and what is explored for the rest. */
interface CellPlan {
  readonly cell: Cell;
  readonly known: readonly Answer[];
  readonly task?: Task;
  readonly twoRecords?: Task;
  readonly byLeader?: Task;
}

function planOf(cell: Cell, known: readonly Answer[], limits: Limits): CellPlan {
  const properties = questionsOf(cell, known).map(({ property }) => property);
  return {
    cell,
    known,
    ...(properties.length === 0 ? {} : { task: taskOf(cell, properties, limits) }),
    ...(takesTwoRecords(cell, known) ? { twoRecords: taskOfTwoRecords(cell, limits) } : {}),
    ...(asksByLeader(cell, known) ? { byLeader: taskByLeader(cell, limits) } : {}),
  };
}

async function answersTo(
  { cell, known, task, twoRecords, byLeader }: CellPlan,
  results: ReadonlyMap<Task, TaskResult>,
  { models }: { readonly models: readonly ModelEntry[] },
): Promise<AnsweredCell> {
  const resultOf = (of: Task | undefined) => of && results.get(of);
  const outcome = resultOf(task);
  const apart = { twoRecords: resultOf(twoRecords), byLeader: resultOf(byLeader) };
  const own = answered(cell, known, { outcome, ...apart });
  return withContinuation(own, outcome, models);
}

/** The exploration of one cell, with these properties. */
function taskOf(cell: Cell, properties: readonly string[], limits: Limits): Task {
  const { maxStates } = scenarioOf(cell);
  return {
    model: 'replication',
    request: {
      config: { ...configOf(cell) },
      bounds: { ...boundsOf(cell) },
      defects: [],
    },
    engine: { kind: 'exhaustive', symmetry: true, keepGoing: true },
    properties,
    limits: maxStates === undefined ? limits : { states: maxStates, ...limits },
  };
}

/** The exploration of one cell with a second record, which may take the place of a lost one. */
function taskOfTwoRecords(cell: Cell, limits: Limits): Task {
  const task = taskOf(cell, [readDifferently], limits);
  const { config, bounds, defects } = task.request;
  const request = {
    config: { ...config, acks: ['all'] },
    bounds: { ...bounds, records: 2 },
    defects,
  };
  return { ...task, request };
}

/** The exploration of one cell with acks=1 alone. */
function taskByLeader(cell: Cell, limits: Limits): Task {
  const task = taskOf(cell, [acknowledgedByLeader], limits);
  const { config, bounds, defects } = task.request;
  return { ...task, request: { config: { ...config, acks: ['1'] }, bounds, defects } };
}

/** Where a readable record can be lost, whether another one can be read in its place. */
async function withContinuation(
  cell: AnsweredCell,
  outcome: TaskResult | undefined,
  models: readonly ModelEntry[],
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
