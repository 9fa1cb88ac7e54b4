import {
  boundsOf,
  type Cell,
  cellName,
  cellsOf,
  configOf,
  hasTwoRecords,
} from '../../application/matrix/cell.ts';
import {
  type AnsweredCell,
  answered,
  withAnswersOfOneFailure,
} from '../../application/matrix/matrix.ts';
import { questions, readDifferently } from '../../application/matrix/questions.ts';
import { continueWithSecondRecord } from '../../application/matrix/secondRecord.ts';
import type { Task, TaskResult } from '../../application/tasks/task.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import type { Generation } from '../../models/replication/generation.ts';
import type { CheckOptions } from '../check/options.ts';
import { exitCodes } from '../exitCodes.ts';
import { limitsOf } from '../options/limits.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';
import { runWithProgress } from '../output/runWithProgress.ts';
import { makeOutFolder, saveTrace } from '../output/saveTrace.ts';
import { stylerFor } from '../output/style.ts';
import { matrixText } from './matrixText.ts';

/**
 * Computes the guarantee matrix: explores every cell of it completely and prints what can be lost.
 *
 * @throws UsageError when the folder for traces cannot be made; ModelError when the model crashes.
 */
export async function runMatrix(
  wanted: readonly Generation[],
  options: CheckOptions,
  io: CommandIo,
): Promise<void> {
  const cells = cellsOf(wanted);
  const tasks = cells.map(cell => taskOf(cell, options));
  const second = cells.map(cell =>
    hasTwoRecords(cell) ? taskOfTwoRecords(cell, options) : undefined,
  );
  if (options.out !== undefined) makeOutFolder(options.out);
  const all = [...tasks, ...second.flatMap(task => task ?? [])];
  const { jobs, quiet = false } = options;
  const run = { jobs, quiet, title: `exploring ${all.length} cells with ${jobs} jobs` };
  const label = (_: Task, done: number) => `${done} of ${all.length} cells done`;
  const results = await runWithProgress(all, { ...run, label }, io);
  const stories = new Stories(options.out);
  const resultOf = (task: Task | undefined) => task && results.get(task);
  const each: AnsweredCell[] = [];
  for (const [index, cell] of cells.entries()) {
    const outcome = resultOf(tasks[index]);
    const outcomes = { outcome, twoRecords: resultOf(second[index]) };
    const save = (property: string, trace: TraceFile) => stories.keep(cell, property, trace);
    each.push(await withContinuation(answered(cell, outcomes, save), outcome, save));
  }
  const matrix = each.map(cell => withAnswersOfOneFailure(cell, each));
  if (options.json) printJson(io.stdout, 'check --matrix', { questions, cells: matrix });
  else {
    const layout = { width: io.stdout.columns, style: stylerFor(io.stdout, options.color) };
    io.stdout.write(`${matrixText(matrix, layout).join('\n')}\n`);
  }
  io.finish(exitCodeOf([...results.values()], all.length, matrix));
}

/** The exploration of one cell. */
export function taskOf(cell: Cell, options: CheckOptions): Task {
  return {
    model: 'replication',
    request: {
      config: { ...configOf(cell) },
      bounds: { ...boundsOf(cell) },
      defects: [],
    },
    engine: { kind: 'exhaustive', symmetry: false, keepGoing: true },
    properties: questions.flatMap(({ property }) => (property === readDifferently ? [] : property)),
    limits: limitsOf(options),
  };
}

/** The exploration of one cell with a second record, which may take the place of a lost one. */
export function taskOfTwoRecords(cell: Cell, options: CheckOptions): Task {
  const task = taskOf(cell, options);
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
  save: (property: string, trace: TraceFile) => string | undefined,
): Promise<AnsweredCell> {
  const story = outcome?.traces.find(({ property }) => property.name === 'exposed-records-survive');
  const open = cell.answers.find(({ property }) => property === readDifferently);
  if (outcome === undefined || story === undefined || open?.answer !== 'unasked') return cell;
  const trace = await continueWithSecondRecord(story, outcome.task);
  if (trace === undefined) return cell;
  const path = save(readDifferently, trace);
  const yes = { property: readDifferently, answer: 'yes', steps: trace.steps.length } as const;
  const answer = path === undefined ? yes : { ...yes, trace: path };
  return { ...cell, answers: cell.answers.map(each => (each === open ? answer : each)) };
}

/** Saves the story of each yes, but not again where one failure has the same story as two. */
class Stories {
  readonly #folder: string | undefined;
  readonly #kept = new Map<string, { readonly steps: number; readonly path: string }>();

  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  keep(cell: Cell, property: string, trace: TraceFile): string | undefined {
    if (this.#folder === undefined) return undefined;
    const key = `${cellName({ ...cell, count: 1, lag: false })}--${property}`;
    const known = this.#kept.get(key);
    const steps = trace.steps.length;
    if (known?.steps === steps) return known.path;
    const path = saveTrace(this.#folder, `${cellName(cell)}--${property}`, trace);
    if (!cell.lag) this.#kept.set(key, { steps, path });
    return path;
  }
}

function exitCodeOf(
  results: readonly TaskResult[],
  wanted: number,
  matrix: readonly AnsweredCell[],
): number {
  const interrupted = results.some(({ result }) => result.stopped === 'interrupted');
  if (interrupted || results.length < wanted) return exitCodes.interrupted;
  const open = matrix.some(({ answers }) => answers.some(({ answer }) => answer === 'open'));
  return open ? exitCodes.inconclusive : exitCodes.holds;
}
