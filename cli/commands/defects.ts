import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import type { DefectEntry, ModelEntry } from '../catalogue/modelEntry.ts';
import { catalogue, findModel } from '../catalogue.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { addOutputOptions, type OutputOptions } from '../options/common.ts';
import { addLimitOptions, addStateLimit, type LimitOptions, limitsOf } from '../options/limits.ts';
import { addName, wholeNumber } from '../options/values.ts';
import { type DefectOutcome, defectJson, defectLines, outcomeOf } from '../output/defectReport.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';
import { ProgressReporter } from '../output/progress.ts';
import { makeOutFolder, saveTrace } from '../output/saveTrace.ts';
import { stylerFor } from '../output/style.ts';
import { runTasks } from '../tasks/pool.ts';
import type { Limits, Task, TaskResult } from '../tasks/task.ts';

interface DefectsOptions extends OutputOptions, LimitOptions {
  readonly model?: readonly string[];
  readonly jobs: number;
  readonly out?: string;
}

/** A defect to switch on, and the exploration that should notice it. */
export interface DefectTask {
  readonly defect: DefectEntry;
  /** For a masked defect, together with the defect that takes the masking rule away. */
  readonly task: Task;
  /** For a masked defect, on its own: then nothing may break. */
  readonly alone?: Task;
}

const MOST_JOBS = 256;

const help = `
Switches each deliberate defect on, in the smallest scope that shows it, and explores until
the property that should catch it is broken: a property that lets its defect pass is too weak.
A defect that another rule of the protocol hides is masked: alone it must break nothing in the
whole scope, and without that rule it must be caught.

Exit codes: 0 all are as expected; 1 one is not; 2 wrong use; 3 inconclusive: a limit
ended a search; 70 the model crashed; 130 interrupted.`;

/** Adds `defects`. */
export function addDefectsCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('defects')
    .summary('show that every deliberate defect is caught')
    .description('switch each deliberate defect on and report which property catches it')
    .argument('[name...]', 'only these defects')
    .option('--model <name>', 'only the defects of this model (repeatable)', addName)
    .option(
      '-j, --jobs <n>',
      'searches at the same time',
      wholeNumber(1, MOST_JOBS),
      availableParallelism(),
    )
    .option('--out <folder>', 'save the trace of every defect there; nothing is overwritten');
  addStateLimit(command);
  addLimitOptions(command);
  addOutputOptions(command);
  command.addHelpText('after', help);
  command.action((names: string[], options: DefectsOptions) => runDefects(io, names, options));
}

async function runDefects(
  io: CommandIo,
  names: readonly string[],
  options: DefectsOptions,
): Promise<void> {
  const tasks = defectTasks(modelsOf(options.model), names, limitsOf(options));
  if (options.out !== undefined) makeOutFolder(options.out);
  const results = await runAll(io, tasks, options);
  const outcomes = tasks.map((defectTask): DefectOutcome => {
    const resultOf = (task: Task | undefined) => results.find(result => result.task === task);
    const [result, alone] = [resultOf(defectTask.task), resultOf(defectTask.alone)];
    const path = savedTrace(defectTask.defect, result, options.out);
    return outcomeOf(defectTask, { result, alone }, path);
  });
  if (options.json) printJson(io.stdout, 'defects', { defects: outcomes.map(defectJson) });
  else {
    const layout = { width: io.stdout.columns, style: stylerFor(io.stdout, options.color) };
    io.stdout.write(`${defectLines(outcomes, layout).join('\n')}\n`);
  }
  io.finish(exitCodeOf(outcomes));
}

function modelsOf(names: readonly string[] | undefined): readonly ModelEntry[] {
  return names === undefined ? catalogue : names.map(findModel);
}

/**
 * One exploration for each defect, in the order of the catalogue.
 *
 * @throws UsageError when a name is no defect of these models.
 */
export function defectTasks(
  models: readonly ModelEntry[],
  names: readonly string[],
  limits: Limits,
): DefectTask[] {
  const known = models.flatMap(({ defects }) => defects.map(({ name }) => name));
  for (const name of names) {
    if (!known.includes(name)) throw UsageError.unknown('defect', name, known);
  }
  return models.flatMap(entry =>
    entry.defects
      .filter(({ name }) => names.length === 0 || names.includes(name))
      .map(defect => tasksOf(entry, defect, limits)),
  );
}

function tasksOf(entry: ModelEntry, defect: DefectEntry, limits: Limits): DefectTask {
  const { name, config, bounds, caughtBy, masked } = defect;
  const exploring = (defects: readonly string[], properties?: readonly string[]): Task => ({
    model: entry.name,
    request: { config, bounds: { ...entry.quietScope, ...bounds }, defects },
    engine: { kind: 'exhaustive', symmetry: true, keepGoing: false },
    limits,
    ...(properties === undefined ? {} : { properties }),
  });
  if (masked === undefined) return { defect, task: exploring([name], [caughtBy]) };
  const together = exploring([name, masked.unmaskedBy], [caughtBy]);
  return { defect, task: together, alone: exploring([name]) };
}

async function runAll(
  io: CommandIo,
  tasks: readonly DefectTask[],
  options: DefectsOptions,
): Promise<TaskResult[]> {
  const reporter = new ProgressReporter(io.stderr, { quiet: options.quiet === true });
  reporter.begin(`${tasks.length} defects ...`);
  const all = tasks.flatMap(({ task, alone }) => (alone === undefined ? [task] : [task, alone]));
  try {
    return await runTasks(all, {
      jobs: options.jobs,
      interrupt: io.interrupt,
      onProgress: (index, progress) => {
        const [name] = all[index]?.request.defects ?? [];
        reporter.update(`defects: ${name}`, progress);
      },
    });
  } finally {
    reporter.end();
  }
}

function savedTrace(
  defect: DefectEntry,
  result: TaskResult | undefined,
  out: string | undefined,
): string | undefined {
  const trace = result?.traces[0];
  if (trace === undefined || out === undefined) return undefined;
  return saveTrace(out, `${defect.name}--${trace.property.name}`, trace);
}

function exitCodeOf(outcomes: readonly DefectOutcome[]): number {
  const verdicts = new Set(outcomes.map(({ verdict }) => verdict));
  if (verdicts.has('interrupted')) return exitCodes.interrupted;
  if (verdicts.has('not caught') || verdicts.has('not masked')) return exitCodes.violated;
  return verdicts.has('inconclusive') ? exitCodes.inconclusive : exitCodes.holds;
}
